import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askList } from './ask.ts'
import { askChat, eventsIn } from './ask-chat.ts'
import { CHAT_FAULTS, type ChatFaultId, FAULTS, type FaultId } from './faults/index.ts'
import { SIMULATED_PROVIDERS, type SimulatedProvider } from './simulated-provider.ts'
import { createSimulator, type Simulator } from './simulator.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(() => simulator.close())

/** What came until it ended, or until nothing came for so long. */
async function see(
  provider: SimulatedProvider,
  patienceMs = 10_000,
): Promise<{ status: number; text: string; end: string }> {
  const controller = new AbortController()
  let timer = setTimeout(() => controller.abort(), 10_000)
  const seen = { status: 0, text: '', end: 'whole' }
  try {
    const response = await askChat(simulator, provider, { signal: controller.signal })
    seen.status = response.status
    clearTimeout(timer)
    timer = setTimeout(() => controller.abort(), patienceMs)
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      seen.text += decoder.decode(chunk, { stream: true })
      if (seen.text.length > 40_000_000) controller.abort()
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(), patienceMs)
    }
  } catch {
    seen.end = controller.signal.aborted ? 'gave up' : 'cut'
  }
  clearTimeout(timer)
  return { ...seen, text: seen.text.replace(/"(created|created_at)":\d{10}/g, '') }
}

const waits: ChatFaultId[] = ['K4-open', 'K5', 'K5-comments', 'K5-first']
const ids = Object.keys(CHAT_FAULTS) as ChatFaultId[]

/** They never end, and have tests of their own. */
const endless: ChatFaultId[] = ['K4', 'K4-flood', 'K8-line', 'K5-comments', 'K3']

/** Nothing of it is seen in bytes that are whole, or it only concerns what the provider counts. */
const sameText: ChatFaultId[] = ['K4-open']

describe('every fault of an answer shows itself at every provider, and goes', () => {
  const well = new Map<string, string>()

  beforeAll(async () => {
    for (const provider of SIMULATED_PROVIDERS) well.set(provider, (await see(provider)).text)
  })

  it.each(ids.filter((id) => !endless.includes(id)))('%s', async (id) => {
    await Promise.all(
      SIMULATED_PROVIDERS.map(async (provider) => {
        await simulator.set(provider, { fault: id })
        const { status, text, end } = await see(provider, waits.includes(id) ? 300 : undefined)
        expect([provider, end]).toEqual([
          provider,
          waits.includes(id) ? 'gave up' : id === 'K2-reset' ? 'cut' : 'whole',
        ])
        expect(status).toBe(id.startsWith('K13') ? 400 : 200)
        if (sameText.includes(id)) expect(text).toBe(well.get(provider))
        else expect(text).not.toBe(well.get(provider))
        // lists know nothing of it
        expect((await askList(simulator, provider)).status).toBe(200)
      }),
    )
    await simulator.reset()
    for (const provider of SIMULATED_PROVIDERS) expect((await see(provider)).text).toBe(well.get(provider))
  })

  it('the others show on an answer as they do on a list', async () => {
    const statuses: [FaultId, number][] = [
      ['D7', 401],
      ['D9', 403],
      ['D21', 429],
      ['D27-500', 500],
      ['D31-529', 529],
      ['F1', 200],
    ]
    for (const [fault, status] of statuses) {
      await simulator.set('anthropic', { fault })
      const response = await askChat(simulator, 'anthropic')
      expect([fault, response.status]).toEqual([fault, status])
      if (fault === 'D21') expect(response.headers.get('retry-after')).toBe('1')
      await response.text()
    }
    await simulator.reset()
    expect(Object.keys(FAULTS).filter((id) => ids.includes(id as ChatFaultId))).toEqual([])
  })
})

describe('answers without end', () => {
  it.each(['K4', 'K4-flood', 'K5-comments', 'K8-line'] as const)(
    '%s goes on until the client leaves',
    async (id) => {
      const fresh = await createSimulator({ size: 'small' })
      await fresh.set('groq', { fault: id })
      const controller = new AbortController()
      const response = await askChat(fresh, 'groq', { signal: controller.signal })
      let chunks = 0
      for await (const _chunk of response.body ?? []) if (++chunks === 8) break
      controller.abort()
      expect(chunks).toBe(8)
      await expect.poll(() => fresh.openConnections('groq')).toBe(0)
      await fresh.close()
    },
  )

  it('makes none of a flood before the client takes it', async () => {
    await simulator.set('groq', { fault: 'K8-line' })
    const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
    const controller = new AbortController()
    const before = held()
    await askChat(simulator, 'groq', { signal: controller.signal })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(held() - before).toBeLessThan(50_000_000)
    controller.abort()
    await simulator.reset()
  })
})

describe('what single faults say', () => {
  it('repeats the key, whole in an error and cut in two in an answer', async () => {
    const key = simulator.keys.anthropic
    await simulator.set('anthropic', { fault: 'K12' })
    expect((await see('anthropic')).text).toContain(key)
    await simulator.set('anthropic', { fault: 'K12-text' })
    const { text } = await see('anthropic')
    expect(text).not.toContain(key)
    const said = eventsIn(text).map((event) => (event as { delta?: { text?: string } }).delta?.text ?? '')
    expect(said.join('')).toContain(key)
    await simulator.reset()
  })

  it('drips at its own pace', async () => {
    await simulator.set('groq', { fault: 'K3', tokens: 2 })
    const start = performance.now()
    await (await askChat(simulator, 'groq', { model: 'groq/compound' })).text()
    expect(performance.now() - start).toBeGreaterThan(350)
    await simulator.reset()
  })
})

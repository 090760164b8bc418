import { PROVIDERS } from '@rollcall/core'
import { createSimulator, type SimulatedProvider, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import { createPlace, DIALECTS, startTestServer } from '../../packages/server/src/testing/test-server.ts'
import { askAtOnce } from './ask-at-once.ts'
import { addCrowd } from './crowd.ts'

const PATH = '/api/available-models'
const FORCED = `${PATH}?force_refresh=true`

describe.each(DIALECTS)('the cache on %s', (dialect) => {
  let simulator: Simulator

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
  })
  afterEach(() => simulator.reset())
  afterAll(() => simulator.close())

  const asked = (provider: SimulatedProvider) =>
    simulator.requests.filter((seen) => seen.provider === provider).length
  const latency = (latencyMs: number) =>
    Promise.all(PROVIDERS.map(({ key }) => simulator.set(key as SimulatedProvider, { latencyMs })))

  it('makes one discovery per provider of a thousand forced refreshes at once', async () => {
    const server = await startTestServer({ dialect, simulator })
    const { token } = await server.register()
    await server.saveKeys(token)
    await server.call('GET', PATH, { token })
    await simulator.reset()
    // until the last of them has come
    await latency(6_000)

    // the same question by two names, and another one that wants the same lists
    const paths = [FORCED, '/available-models?force_refresh=true', `${FORCED}&kind=chat`]
    const answers = await askAtOnce([server], token, paths, 1_000)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const bodies = paths.map(
      (path) => new Set(answers.filter((one) => one.path === path).map(({ body }) => body)),
    )
    expect(bodies.map(({ size }) => size)).toEqual([1, 1, 1])
    expect(bodies[1]).toEqual(bodies[0])
    const { statuses } = JSON.parse(answers[0]?.body ?? '')
    for (const status of statuses) expect(status).toMatchObject({ status: 'fresh', code: null })
    for (const { key } of PROVIDERS) expect(asked(key as SimulatedProvider), key).toBe(1)
    await server.remove()
  })

  it('answers a herd of expiries at once, and sends no storm', async () => {
    let now = Date.now()
    const place = await createPlace(dialect)
    // nothing ends by itself
    const environment = { ROLLCALL_PROVIDER_TIMEOUT_MS: '120000' }
    const first = await startTestServer({ place, simulator })
    const { token } = await first.register()
    await first.saveKeys(token, ['groq', 'openai'])
    await first.call('GET', PATH, { token })
    await first.close()
    const tokens = await addCrowd(place, simulator, {
      users: 500,
      providers: ['openai', 'groq'],
      fetchedAt: now - 2 * 3_600_000,
    })
    const server = await startTestServer({ place, simulator, environment, now: () => now })
    const statuses = async (of: string) => {
      const { status, json } = await server.call('GET', PATH, { token: of })
      expect(status).toBe(200)
      return json.statuses as { provider_key: string; status: string; code: string | null }[]
    }
    let most = 0
    const sampling = setInterval(() => {
      most = Math.max(most, simulator.openConnections('groq'))
    }, 1)

    // none of the reads waits for the one that hangs
    await simulator.set('groq', { fault: 'C1' })
    const before = asked('groq')
    for (const read of await Promise.all(tokens.map(statuses))) {
      expect(read).toMatchObject([
        { status: 'stale', code: null },
        { status: 'stale', code: null },
      ])
    }
    await eventually(() => expect(simulator.openConnections('groq')).toBe(32))
    // nor do the lists of the other provider
    await vi.waitFor(
      async () => {
        for (const of of tokens.slice(-20)) expect((await statuses(of))[0]?.status).toBe('cached')
      },
      { timeout: 30_000, interval: 200 },
    )
    expect(most).toBe(32)

    // who asks for it need not stand in line
    const last = tokens.at(-1)
    const forced = server.call('GET', `${FORCED}&provider=groq`, { token: last })
    await eventually(() => expect(simulator.openConnections('groq')).toBe(33))
    clearInterval(sampling)

    // it recovers by itself: those still in line, and those that were cut off as soon as they are due again
    await simulator.set('groq', {})
    expect((await forced).status).toBe(200)
    let pending = tokens
    await vi.waitFor(
      async () => {
        now += 60_000
        const reads = await Promise.all(pending.map(statuses))
        pending = pending.filter((_, index) => reads[index]?.some(({ status }) => status !== 'cached'))
        expect(pending).toHaveLength(0)
      },
      { timeout: 45_000, interval: 500 },
    )
    expect(asked('groq') - before).toBeGreaterThanOrEqual(500)
    await server.remove()
  }, 90_000)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ask, askList, keyHeaders } from './ask.ts'
import { CHAT_FAULTS, FAULTS, type FaultId } from './faults/index.ts'
import { SIMULATED_PROVIDERS } from './simulated-provider.ts'
import { createSimulator, type Simulator } from './simulator.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

describe('behaviours', () => {
  it('hold for the first n matching requests', async () => {
    await simulator.set('groq', { fault: 'D27-500', times: 2 })
    const statuses = []
    for (let count = 0; count < 3; count++) statuses.push((await askList(simulator, 'groq')).status)
    expect(statuses).toEqual([500, 500, 200])
  })

  it('hold for one path, or for one page', async () => {
    await simulator.set('openrouter', { fault: 'D7', path: '/key' })
    const headers = keyHeaders('openrouter', 'any')
    expect((await askList(simulator, 'openrouter')).status).toBe(200)
    expect((await ask(`${simulator.bases.openrouter}/key`, { headers })).status).toBe(401)
    await simulator.set('openrouter', { fault: 'D27-500', page: 2 })
    const list = `${simulator.bases.openrouter}/models/user?limit=3`
    expect((await ask(list, { headers })).status).toBe(200)
    expect((await ask(`${list}&offset=3`, { headers })).status).toBe(500)
  })

  it('delay the first byte', async () => {
    await simulator.set('mistral', { latencyMs: 80 })
    const start = performance.now()
    expect((await askList(simulator, 'mistral')).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(75)
  })

  it('switch on an unchanged address a thousand times in little time', async () => {
    const start = performance.now()
    for (let count = 0; count < 500; count++) {
      await simulator.set('openai', { fault: count % 10 === 0 ? 'A7' : 'D7' })
      await simulator.reset()
    }
    expect(performance.now() - start).toBeLessThan(4_000)
    expect((await askList(simulator, 'openai')).status).toBe(200)
  })

  it('meet kept-alive sockets: C10 resets at the second request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    await simulator.set('openai', { fault: 'C10' })
    expect((await askList(simulator, 'openai', { agent })).status).toBe(200)
    expect((await askList(simulator, 'openai', { agent })).failure).toBe('ECONNRESET')
    agent.destroy()
  })

  // Only Linux is known to drop SYNs when a listener's queue is full.
  it.skipIf(process.platform !== 'linux')(
    'drop SYNs with A8, so that connecting neither succeeds nor fails',
    async () => {
      await simulator.set('openai', { fault: 'A8' })
      const port = Number(new URL(simulator.bases.openai).port)
      const socket = connect({ host: '127.0.0.1', port })
      const outcome = await new Promise((resolve) => {
        socket.once('connect', () => resolve('connected'))
        socket.once('error', resolve)
        setTimeout(() => resolve('still connecting'), 300)
      })
      socket.destroy()
      expect(outcome).toBe('still connecting')
    },
  )
})

describe('what was seen', () => {
  it('names headers and never keeps their values', async () => {
    await askList(simulator, 'anthropic')
    expect(simulator.requests).toHaveLength(1)
    expect(simulator.requests[0]).toMatchObject({
      provider: 'anthropic',
      method: 'GET',
      path: '/v1/models?limit=1000',
      headerNames: expect.arrayContaining(['x-api-key', 'anthropic-version']),
    })
    expect(JSON.stringify(simulator.requests)).not.toContain(simulator.keys.anthropic)
  })

  it('counts open sockets, and has none after close', async () => {
    const short = await createSimulator({ size: 'small' })
    const agent = new Agent({ keepAlive: true })
    await askList(short, 'groq', { agent })
    expect([short.openConnections('groq'), short.openConnections()]).toEqual([1, 1])
    await short.set('google', { fault: 'C1' })
    const pending = askList(short, 'google')
    await short.close()
    expect((await pending).failure).toBeDefined()
    expect(short.openConnections()).toBe(0)
    agent.destroy()
  })

  it('puts every listener where it is told to', async () => {
    const { start, fixed } = await startAt(14_000)
    expect(fixed.controlUrl).toBe(`http://127.0.0.1:${start}`)
    expect(fixed.bases.openai).toBe(`http://127.0.0.1:${start + 1}/v1`)
    expect(fixed.bases.openrouter).toBe(`http://127.0.0.1:${start + 9}/api/v1`)
    await expect(createSimulator({ port: start })).rejects.toThrow(/Cannot listen on 127.0.0.1/)
    await fixed.close()
  })
})

/** The first ten free ports in a row, for another program may hold any of them. */
async function startAt(start: number): Promise<{ start: number; fixed: Simulator }> {
  try {
    return { start, fixed: await createSimulator({ port: start }) }
  } catch (error) {
    if (start > 17_000) throw error
    return startAt(start + 20)
  }
}

describe('with TLS', () => {
  let secure: Simulator

  beforeAll(async () => {
    secure = await createSimulator({ size: 'small', tls: true })
  })
  afterAll(() => secure.close())

  it('speaks https with a certificate of its authority', async () => {
    for (const provider of SIMULATED_PROVIDERS) {
      const { status } = await askList(secure, provider, { ca: secure.caCertificatePem ?? '' })
      expect(status).toBe(200)
    }
    expect((await askList(secure, 'openai')).failure).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  })

  const refused: [FaultId, RegExp][] = [
    ['B1', /^CERT_HAS_EXPIRED$/],
    ['B2', /^DEPTH_ZERO_SELF_SIGNED_CERT$/],
    ['B3', /^ERR_TLS_CERT_ALTNAME_INVALID$/],
    ['B4', /^timeout$/],
    ['B5', /^EPROTO$/],
    ['B5-old-tls', /^EPROTO$/],
    ['A7', /^ECONNREFUSED$/],
    ['A9', /^ECONNRESET$/],
    ['C7', /^(ECONNRESET|cut off)$/],
  ]

  it.each(refused)('%s is refused, and well again after', async (fault, failure) => {
    const ca = secure.caCertificatePem ?? ''
    await secure.set('groq', { fault })
    const { failure: seen } = await askList(secure, 'groq', { ca, timeoutMs: fault === 'B4' ? 60 : 2_000 })
    expect(seen).toMatch(failure)
    await secure.reset()
    expect((await askList(secure, 'groq', { ca })).status).toBe(200)
  })
})

describe('the control door', () => {
  const put = (path: string, body: string) => fetch(simulator.controlUrl + path, { method: 'PUT', body })

  it('says what runs', async () => {
    const page = await (await fetch(simulator.controlUrl)).text()
    expect(page).toContain(`export ROLLCALL_GROQ_BASE_URL=${simulator.bases.groq}`)
    expect(page).toContain(`export GEMINI_API_KEY=${simulator.keys.google}`)
    const faults = (await (await fetch(`${simulator.controlUrl}/faults`)).json()) as object
    expect(faults).toMatchObject({ A7: { row: 'A7', level: 'connection' } })
  })

  it('sets and resets behaviours', async () => {
    expect((await put('/behaviours/groq', '{"fault":"D29-503","times":1}')).status).toBe(200)
    expect(await (await fetch(`${simulator.controlUrl}/behaviours`)).json()).toMatchObject({
      groq: { fault: 'D29-503' },
    })
    expect((await askList(simulator, 'groq')).status).toBe(503)
    expect(await (await fetch(`${simulator.controlUrl}/requests`)).json()).toHaveLength(1)
    expect((await fetch(`${simulator.controlUrl}/behaviours`, { method: 'DELETE' })).status).toBe(200)
    expect(simulator.requests).toHaveLength(0)
  })

  it.each([
    ['/behaviours/groq', 'not json', /not JSON/],
    ['/behaviours/groq', '[]', /JSON object/],
    ['/behaviours/groq', '{"fault":"Z1"}', /no fault named "Z1"/],
    ['/behaviours/groq', '{"latencyMs":-1}', /latencyMs/],
    ['/behaviours/groq', '{"moon":1}', /"moon" is not/],
    ['/behaviours/nobody', '{}', /no provider "nobody"/],
  ])('turns down %s %s with a sentence', async (path, body, sentence) => {
    const response = await put(path, body)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: string }).error).toMatch(sentence)
  })
})

describe('the README', () => {
  it('names every fault', async () => {
    const text = await readFile(new URL('../README.md', import.meta.url), 'utf8')
    const words = new Set(text.split(/[\s|;,]+/))
    expect(Object.keys({ ...FAULTS, ...CHAT_FAULTS }).filter((id) => !words.has(id))).toEqual([])
  })
})

describe('started alone', () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))

  it('says in a sentence what it cannot understand', async () => {
    const child = spawn(process.execPath, [main, '--port', 'many'])
    child.stderr.setEncoding('utf8')
    let text = ''
    child.stderr.on('data', (chunk: string) => {
      text += chunk
    })
    const [code] = await once(child, 'close')
    expect(code).toBe(2)
    expect(text).toContain('--port takes a whole number')
  })

  it('prints where everything is, and stops when told', async () => {
    const child = spawn(process.execPath, [main])
    child.stdout.setEncoding('utf8')
    let text = ''
    for await (const chunk of child.stdout) {
      text += chunk
      if (text.includes('export OPENROUTER_API_KEY=')) child.kill('SIGTERM')
    }
    for (const provider of SIMULATED_PROVIDERS) {
      expect(text).toContain(`export ROLLCALL_${provider.toUpperCase()}_BASE_URL=http://127.0.0.1:`)
    }
    expect(child.exitCode ?? (await once(child, 'close'))[0]).toBe(0)
  })
})

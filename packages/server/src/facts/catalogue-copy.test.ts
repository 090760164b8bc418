import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Model } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listenToEvents } from '../testing/events.ts'
import { eventually } from '../testing/eventually.ts'
import { registerLastingUser } from '../testing/lasting-user.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const DAY_MS = 86_400_000
const CATALOGUE = {
  openai: {
    models: {
      'gpt-5.5': {
        limit: { context: 400_000, output: 128_000 },
        cost: { input: 1.75, output: 14 },
        tool_call: true,
        modalities: { input: ['text'], output: ['text'] },
      },
    },
  },
}

describe.each(DIALECTS)('the catalogue on %s', (dialect) => {
  let simulator: Simulator
  let shelf: Server
  let asked: IncomingHttpHeaders[]
  let answer: number | 'never'
  let now: number
  let servers: TestServer[]

  beforeEach(async () => {
    now = Date.parse('2026-11-22T12:00:00Z')
    asked = []
    answer = 200
    servers = []
    simulator = await createSimulator({ size: 'small' })
    shelf = createServer((request, response) => {
      asked.push(request.headers)
      if (answer === 'never') return
      const isKnown = answer === 200 && request.headers['if-none-match'] === '"one"'
      response
        .writeHead(isKnown ? 304 : answer, { etag: '"one"' })
        .end(isKnown ? '' : JSON.stringify(CATALOGUE))
    })
    await new Promise<void>((resolve) => shelf.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    const [first, ...others] = servers.toReversed()
    for (const server of others) await server.close()
    await first?.remove()
    shelf.closeAllConnections()
    shelf.close()
    await simulator.close()
  })

  async function start(place?: TestServer['place']): Promise<TestServer> {
    const url = `http://127.0.0.1:${(shelf.address() as AddressInfo).port}/api.json`
    const server = await startTestServer({
      dialect,
      simulator,
      now: () => now,
      environment: { ROLLCALL_CATALOGUE_URL: url },
      ...(place ? { place } : {}),
    })
    servers.push(server)
    return server
  }
  async function read(server: TestServer, token: string): Promise<{ model: Model; etag: string | null }> {
    const { json, headers } = await server.call('GET', '/api/available-models', { token })
    const models: Model[] = json.providers[0].models
    const model = models.find(({ id }) => id === 'openai/gpt-5.5')
    if (!model) throw new Error('it is not listed')
    return { model, etag: headers.get('etag') }
  }
  const windowOf = async (server: TestServer, token: string) => {
    const { model } = await read(server, token)
    return [model.context_window, model.sources?.context_window]
  }
  async function userOf(server: TestServer): Promise<string> {
    const { token } = await registerLastingUser(server)
    await server.saveKeys(token, ['openai'])
    return token
  }

  it('fills holes with its source and date, and is asked for once a day, by what is known of it', async () => {
    const server = await start()
    const token = await userOf(server)
    await eventually(async () =>
      expect(await windowOf(server, token)).toEqual([400_000, { from: 'models.dev', date: '2026-11-22' }]),
    )
    now += DAY_MS - 1
    await read(server, token)
    expect(asked).toHaveLength(1)
    now += 1
    await eventually(async () =>
      expect(await windowOf(server, token)).toEqual([400_000, { from: 'models.dev', date: '2026-11-23' }]),
    )
    expect(asked.map((headers) => headers['if-none-match'])).toEqual([undefined, '"one"'])
    expect(asked.some((headers) => 'authorization' in headers)).toBe(false)
  })

  it('gives an answer its price before any list is known', async () => {
    const server = await start()
    await simulator.set('openai', { latencyMs: 60_000, path: '/models' })
    const { token } = await server.register()
    await server.saveKeys(token, ['openai'])
    await eventually(async () => {
      const body = { models: ['openai/gpt-5.5'], prompt: 'Why?' }
      const { json } = await server.call('POST', '/api/runs', { token, body })
      await expect
        .poll(async () => (await server.call('GET', `/api/runs/${json.id}`, { token })).json)
        .toMatchObject({
          status: 'finished',
          answers: [
            {
              pricing: { input: 1.75, output: 14 },
              pricing_source: { from: 'models.dev', date: '2026-11-22' },
              cost: expect.any(Number),
            },
          ],
        })
    })
  })

  it('is not waited for; pages hear of it, and the answer is another one', async () => {
    answer = 503
    const server = await start()
    const token = await userOf(server)
    const { token: session } = await server.register()
    const before = await read(server, token)
    expect(before.model.context_window).toBeUndefined()
    await eventually(() => expect(asked).toHaveLength(1))
    const events = await listenToEvents(server, '/api/events', session)
    expect(await events.next()).toMatchObject({ event: 'open' })
    answer = 'never'
    now += 3_600_000
    await read(server, token)
    await eventually(() => expect(asked).toHaveLength(2))
    answer = 200
    // whoever asked in vain may ask again an hour later
    shelf.closeAllConnections()
    now += 3_600_000
    await eventually(async () => expect((await windowOf(server, token))[0]).toBe(400_000))
    expect(await events.next()).toEqual({ event: 'change', data: { kind: 'facts' } })
    events.close()
    expect((await read(server, token)).etag).not.toBe(before.etag)
  })

  it('outlives a restart, with its date, also where it cannot be had any more', async () => {
    const first = await start()
    const token = await userOf(first)
    await eventually(async () => expect((await windowOf(first, token))[0]).toBe(400_000))
    await first.close()
    servers.pop()
    answer = 500
    now += 3 * DAY_MS
    const second = await start(first.place)
    expect(await windowOf(second, token)).toEqual([400_000, { from: 'models.dev', date: '2026-11-22' }])
    await eventually(() => expect(asked).toHaveLength(2))
    expect(await windowOf(second, token)).toEqual([400_000, { from: 'models.dev', date: '2026-11-22' }])
  })

  it.runIf(dialect === 'postgres')('is asked for by one of several processes, and known to all', async () => {
    const one = await start()
    const token = await userOf(one)
    await eventually(async () => expect((await windowOf(one, token))[0]).toBe(400_000))
    const other = await start(one.place)
    expect((await windowOf(other, token))[0]).toBe(400_000)
    now += DAY_MS
    await Promise.all([read(one, token), read(other, token)])
    for (const server of [one, other]) {
      await eventually(async () =>
        expect((await windowOf(server, token))[1]).toEqual({ from: 'models.dev', date: '2026-11-23' }),
      )
    }
    expect(asked).toHaveLength(2)
  })
})

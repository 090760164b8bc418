import { AvailableModels, ProviderModels, ProviderStatus } from '@rollcall/core/schema'
import { createSimulator, type SimulatedProvider, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { listenToEvents, type ToldEvent } from '../testing/events.ts'
import { eventually } from '../testing/eventually.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const PATH = '/api/available-models'
const STREAM = `${PATH}/stream`
const ProviderEvent = z.strictObject({ provider: ProviderModels.nullable(), status: ProviderStatus.strict() })

describe.each(DIALECTS)('the stream on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({
      dialect,
      simulator,
      environment: { ROLLCALL_PROVIDER_TIMEOUT_MS: '4000' },
    })
  })
  afterEach(() => simulator.reset())
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const listen = (token: string, query = '') => listenToEvents(server, `${STREAM}${query}`, token)
  const read = async (token: string, query = '') =>
    (await server.call('GET', `${PATH}${query}`, { token })).json
  const asked = (provider: SimulatedProvider) =>
    simulator.requests.filter((request) => request.provider === provider).length
  async function userOf(providers?: readonly SimulatedProvider[]): Promise<string> {
    const { token } = await server.register()
    await server.saveKeys(token, providers)
    return token
  }
  /** Until nothing is asked for behind any more. */
  async function settled(token: string): Promise<void> {
    await eventually(async () => {
      const { json } = await server.call('GET', '/api/api-keys', { token })
      for (const key of json.api_keys) expect(key).toMatchObject({ is_refreshing: false, status: {} })
    })
  }

  /** The shapes of the contract, and their order. */
  function check(told: ToldEvent[]) {
    const [first, ...rest] = told
    expect(first?.event).toBe('snapshot')
    expect(AvailableModels.strict().parse(first?.data)).toEqual(first?.data)
    expect(rest.map(({ event }) => event)).toEqual([...Array(rest.length - 1).fill('provider'), 'done'])
    expect(rest.at(-1)?.data).toEqual({})
    return {
      snapshot: AvailableModels.parse(first?.data),
      events: rest.slice(0, -1).map(({ data }) => {
        expect(ProviderEvent.parse(data)).toEqual(data)
        return ProviderEvent.parse(data)
      }),
    }
  }

  it('tells what is known, then each provider, then that it is done', async () => {
    const token = await userOf()
    const stream = await listen(token, '?force_refresh=true')
    expect(stream.status).toBe(200)
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(stream.headers.get('cache-control')).toBe('no-store')
    expect(stream.headers.has('content-encoding')).toBe(false)
    const { events } = check(await stream.all())
    expect(events).toHaveLength(9)
    for (const { provider, status } of events) {
      expect(status.status).toBe('fresh')
      expect(provider?.provider_key).toBe(status.provider_key)
      expect(provider?.models).toHaveLength(status.model_count)
    }
    // all told together are the answer
    const { providers } = await read(token)
    const inOrder = (all: { provider_key: string }[]) =>
      all.toSorted((a, b) => a.provider_key.localeCompare(b.provider_key))
    expect(inOrder(events.flatMap(({ provider }) => provider ?? []))).toEqual(inOrder(providers.slice(0, -1)))
  })

  it('says nothing more where all is known', async () => {
    const token = await userOf(['openai', 'groq'])
    await settled(token)
    const before = simulator.requests.length
    const { snapshot, events } = check(await (await listen(token)).all())
    expect(snapshot).toEqual(await read(token))
    expect(events).toEqual([])
    expect(simulator.requests).toHaveLength(before)
  })

  it('asks those that are not known yet', async () => {
    const { token } = await server.register()
    expect(check(await (await listen(token)).all())).toEqual({
      snapshot: { providers: [expect.objectContaining({ provider_key: 'custom' })], statuses: [] },
      events: [],
    })
    await simulator.set('groq', { latencyMs: 1_500 })
    await server.saveKeys(token, ['groq'])
    const { snapshot, events } = check(await (await listen(token)).all())
    expect(snapshot.statuses).toEqual([])
    expect(events).toMatchObject([{ provider: { provider_key: 'groq' }, status: { status: 'fresh' } }])
    // it shared what the saving had begun
    expect(asked('groq')).toBe(1)
  })

  it('tells also of what somebody else has asked for', async () => {
    const token = await userOf(['groq'])
    await settled(token)
    await simulator.set('groq', { latencyMs: 1_500 })
    const before = asked('groq')
    // the same key again: its list is still good, and is refreshed behind
    await server.saveKeys(token, ['groq'])
    const { snapshot, events } = check(await (await listen(token)).all())
    expect(snapshot.statuses).toMatchObject([{ status: 'cached' }])
    expect(events).toMatchObject([{ status: { status: 'fresh' } }])
    expect(asked('groq')).toBe(before + 1)
  })

  it('does not let one that hangs hold up the others', async () => {
    const token = await userOf()
    await settled(token)
    await simulator.set('mistral', { fault: 'C1' })
    const stream = await listen(token, '?force_refresh=true')
    expect((await stream.next())?.event).toBe('snapshot')
    const first: string[] = []
    for (let count = 0; count < 8; count++) {
      const told = await stream.next()
      expect(told).toMatchObject({ event: 'provider', data: { status: { status: 'fresh' } } })
      first.push(told?.data.status.provider_key)
    }
    expect(first).not.toContain('mistral')
    // while it still hangs
    expect(simulator.openConnections('mistral')).toBe(1)
    expect(await stream.next()).toMatchObject({
      event: 'provider',
      data: {
        provider: { provider_key: 'mistral' },
        status: { status: 'stale', code: 'timeout', message: expect.stringContaining('timed out') },
      },
    })
    expect(await stream.next()).toEqual({ event: 'done', data: {} })
    expect(await stream.next()).toBeUndefined()
  })

  it('tells a provider that offers nothing as null', async () => {
    const token = await userOf(['groq'])
    await simulator.set('groq', { fault: 'D7' })
    const { events } = check(await (await listen(token, '?force_refresh=true')).all())
    expect(events).toMatchObject([{ provider: null, status: { status: 'failed', code: 'key_rejected' } }])
  })

  it('tells all keys of a provider together, and a status for each', async () => {
    const { token } = await server.register()
    for (const [label, key] of [
      ['home', simulator.keys.openai],
      ['old', 'sk-an-invalid-key-00001'],
      ['work', simulator.keys.openai],
    ]) {
      await server.call('POST', '/api/api-keys', { token, body: { provider: 'openai', key, label } })
    }
    const { events } = check(await (await listen(token, '?force_refresh=true')).all())
    expect(events.map(({ status }) => [status.label, status.status]).sort()).toEqual([
      ['home', 'fresh'],
      ['old', 'failed'],
      ['work', 'fresh'],
    ])
    // once one of them has answered, its list is offered whichever key is told of
    const last = events.at(-1)
    expect(last?.provider?.models).toHaveLength(
      events.find(({ status }) => status.label === 'home')?.status.model_count ?? 0,
    )
  })

  it('narrows as the answer does', async () => {
    const token = await userOf(['openai', 'groq', 'cohere'])
    await settled(token)
    const { snapshot, events } = check(
      await (await listen(token, '?force_refresh=true&provider=openai,cohere&kind=embedding')).all(),
    )
    expect(snapshot.statuses.map(({ provider_key }) => provider_key)).toEqual(['openai', 'cohere'])
    expect(events.map(({ status }) => status.provider_key).sort()).toEqual(['cohere', 'openai'])
    for (const { provider } of events) {
      expect(provider?.models.length).toBeGreaterThan(0)
      for (const { kind } of provider?.models ?? []) expect(kind).toBe('embedding')
    }
  })

  it('leaves alone who wants to be, also when forced', async () => {
    const token = await userOf(['openai', 'groq'])
    await settled(token)
    await simulator.set('groq', { fault: 'D22' })
    await read(token, '?force_refresh=true')
    await simulator.set('groq', {})
    const before = asked('groq')
    const { snapshot, events } = check(await (await listen(token, '?force_refresh=true')).all())
    expect(snapshot.statuses).toMatchObject([{ status: 'cached' }, { status: 'stale', code: 'rate_limited' }])
    expect(events).toMatchObject([{ status: { provider_key: 'openai', status: 'fresh' } }])
    expect(asked('groq')).toBe(before)
  })

  it('ends without a trace where callers hang up, and ends nothing that others wait for', async () => {
    const token = await userOf(['groq'])
    await settled(token)
    await simulator.set('groq', { latencyMs: 1_500 })
    const before = asked('groq')
    const timers = timersOf()
    const streams = await Promise.all(Array.from({ length: 20 }, () => listen(token, '?force_refresh=true')))
    for (const stream of streams) expect((await stream.next())?.event).toBe('snapshot')
    await eventually(() => expect(asked('groq')).toBe(before + 1))
    const other = read(token, '?force_refresh=true')
    expect(timersOf()).toBeGreaterThanOrEqual(timers + 20)
    for (const stream of streams) stream.close()
    await eventually(() => expect(timersOf()).toBeLessThan(timers + 10))
    // while it is still being asked for
    const { json } = await server.call('GET', '/api/api-keys', { token })
    expect(json.api_keys).toMatchObject([{ is_refreshing: true }])
    expect(await other).toMatchObject({ statuses: [{ status: 'fresh', code: null }] })
    expect(asked('groq')).toBe(before + 1)
  })

  it('goes on to be fetched where nobody waits any more', async () => {
    const token = await userOf(['groq'])
    await settled(token)
    await simulator.set('groq', { latencyMs: 300 })
    const [{ fetched_at: before }] = (await read(token)).statuses
    const stream = await listen(token, '?force_refresh=true')
    await stream.next()
    stream.close()
    await eventually(async () => expect((await read(token)).statuses[0].fetched_at).not.toBe(before))
  })

  it('ends where the account is signed out', async () => {
    const { token, cookie } = await server.register()
    await server.saveKeys(token, ['groq'])
    await settled(token)
    await simulator.set('groq', { fault: 'C1' })
    const stream = await listen(token, '?force_refresh=true')
    await stream.next()
    await server.call('POST', '/api/auth/logout', { token, headers: { cookie } })
    expect(await stream.next()).toBeUndefined()
  })

  it('ends at once where the server closes', async () => {
    // longer than any test waits
    const environment = { ROLLCALL_PROVIDER_TIMEOUT_MS: '600000' }
    const own = await startTestServer({ dialect, simulator, environment })
    const { token } = await own.register()
    const before = simulator.openConnections('groq')
    await simulator.set('groq', { fault: 'C1' })
    await own.saveKeys(token, ['groq'])
    const stream = await listenToEvents(own, `${STREAM}?force_refresh=true`, token)
    expect((await stream.next())?.event).toBe('snapshot')
    await eventually(() => expect(simulator.openConnections('groq')).toBe(before + 1))
    const removed = own.remove()
    // there is no `done`: it is not
    expect(await stream.next()).toBeUndefined()
    await removed
    await eventually(() => expect(simulator.openConnections('groq')).toBe(before))
  })

  it('is for who may see models', async () => {
    expect((await server.call('GET', STREAM)).status).toBe(401)
  })
})

/** Timers of this process that are under way. */
function timersOf(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
}

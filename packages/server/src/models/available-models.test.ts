import { freshnessPolicy, type KnownList } from '@rollcall/core'
import { AvailableModels } from '@rollcall/core/schema'
import { createSimulator, SIMULATED_PROVIDERS, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { registerLastingUser } from '../testing/lasting-user.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'
import { createAvailableModels } from './available-models.ts'
import type { KeyState, ListStore } from './list-store.ts'
import { askedProviders } from './provider-config.ts'
import type { Refresher } from './refresh.ts'

const PATH = '/api/available-models'
const IN_ORDER = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'groq',
  'together',
  'cohere',
  'fireworks',
  'openrouter',
]
const CUSTOM = {
  name: 'Custom',
  provider_key: 'custom',
  models: [{ id: 'custom', name: 'Custom Model', description: 'Enter a model id as provider/model-name' }],
}

describe.each(DIALECTS)('available models on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let now = Date.parse('2026-11-22T12:00:00Z')

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ dialect, simulator, now: () => now })
  })
  afterEach(() => simulator.reset())
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  async function read(token: string, query = '') {
    const { status, text, json } = await server.call('GET', `${PATH}${query}`, { token })
    expect(status).toBe(200)
    expect(AvailableModels.strict().parse(json)).toEqual(json)
    return { text, json: AvailableModels.parse(json) }
  }
  const saveKey = async (token: string, body: Record<string, string | null>) => {
    const { status } = await server.call('POST', '/api/api-keys', { token, body })
    expect(status).toBe(201)
  }
  const keysOf = ({ providers }: AvailableModels) => providers.map(({ provider_key }) => provider_key)

  it('are all that the keys can use, in the order of the registry, and known the second time', async () => {
    const { token } = await registerLastingUser(server)
    await server.saveKeys(token, SIMULATED_PROVIDERS.toReversed())
    const first = await read(token)
    expect(keysOf(first.json)).toEqual([...IN_ORDER, 'custom'])
    expect(first.json.providers.at(-1)).toEqual(CUSTOM)
    expect(first.json.statuses.map(({ provider_key }) => provider_key)).toEqual(IN_ORDER)
    for (const [index, { provider_key, name, models }] of first.json.providers.slice(0, -1).entries()) {
      const status = first.json.statuses[index]
      expect(status).toMatchObject({
        name,
        label: null,
        code: null,
        http_status: 200,
        model_count: models.length,
      })
      expect(models.length).toBeGreaterThan(3)
      for (const { id } of models) expect(id.startsWith(`${provider_key}/`)).toBe(true)
    }
    const before = simulator.requests.length
    const second = await server.call('GET', '/available-models', { token })
    expect(second.json.statuses.map(({ status }: { status: string }) => status)).toEqual(
      Array(9).fill('cached'),
    )
    expect(second.json.providers).toEqual(first.json.providers)
    expect(simulator.requests).toHaveLength(before)
  })

  it('are Custom alone where there is no key', async () => {
    const { token } = await registerLastingUser(server)
    expect((await read(token)).json).toEqual({ providers: [CUSTOM], statuses: [] })
    expect((await read(token, '?force_refresh=true')).json).toEqual({ providers: [CUSTOM], statuses: [] })
    expect(simulator.requests).toEqual([])
  })

  it('hold nothing that changes by itself with time', async () => {
    const { token } = await registerLastingUser(server)
    await server.saveKeys(token)
    await simulator.set('anthropic', { fault: 'D22' })
    await simulator.set('groq', { fault: 'D19' })
    // a failure and a static list among them
    await read(token, '?force_refresh=true')
    const { text } = await read(token)
    for (const seconds of [1, 30, 29]) {
      now += seconds * 1_000 - 1
      expect((await read(token)).text).toBe(text)
    }
  })

  describe('narrowed', () => {
    it('to providers, ask only those and say only theirs', async () => {
      const { token } = await registerLastingUser(server)
      await simulator.set('google', { latencyMs: 50 })
      await server.saveKeys(token)
      const { json } = await read(token, '?provider=groq,openai')
      expect(keysOf(json)).toEqual(['openai', 'groq', 'custom'])
      expect(json.statuses.map(({ provider_key }) => provider_key)).toEqual(['openai', 'groq'])
      // one of which there is no key is just not there
      const { token: other } = await registerLastingUser(server)
      expect((await read(other, '?provider=cohere')).json).toEqual({ providers: [CUSTOM], statuses: [] })
    })

    it('to kinds, offer only such models and count all', async () => {
      const { token } = await registerLastingUser(server)
      await server.saveKeys(token, ['openai', 'anthropic', 'cohere'])
      const all = (await read(token)).json
      const { json } = await read(token, '?kind=embedding,rerank')
      for (const { provider_key, models } of json.providers.slice(0, -1)) {
        const whole = all.providers.find((one) => one.provider_key === provider_key)?.models ?? []
        expect(models).toEqual(whole.filter(({ kind }) => kind === 'embedding' || kind === 'rerank'))
        expect(models.length).toBeGreaterThan(0)
      }
      // Anthropic has none, Custom is always there
      expect(keysOf(json)).toEqual(['openai', 'cohere', 'custom'])
      expect(json.statuses).toHaveLength(3)
      expect(json.statuses.map((status) => status.model_count)).toEqual(
        all.statuses.map((status) => status.model_count),
      )
      const both = await read(token, '?kind=chat&provider=anthropic')
      expect(keysOf(both.json)).toEqual(['anthropic', 'custom'])
    })

    it.each([
      ['provider=nobody', 'provider'],
      ['provider=openai,custom', 'provider'],
      ['kind=poem', 'kind'],
      ['force_refresh=yes', 'force_refresh'],
      ['colour=red', undefined],
    ])('by %s are refused', async (query, field) => {
      const { token } = await registerLastingUser(server)
      for (const path of [PATH, `${PATH}/stream`]) {
        const { status, json } = await server.call('GET', `${path}?${query}`, { token })
        expect(status).toBe(422)
        expect(json.error).toMatchObject({ code: 'invalid_request', message: expect.stringMatching(/\.$/) })
        if (field) expect(json.error.field).toBe(field)
        // what was asked is not repeated
        expect(json.error.message).not.toMatch(/nobody|poem|yes|red/)
      }
    })

    it('by nothing are all', async () => {
      const { token } = await registerLastingUser(server)
      await server.saveKeys(token, ['groq'])
      await read(token)
      expect((await read(token, '?provider=&kind=')).json.providers).toHaveLength(2)
    })
  })

  describe('of several keys of one provider', () => {
    it('are one list, with a status for each key', async () => {
      const { token } = await registerLastingUser(server)
      await saveKey(token, { provider: 'openai', key: 'sk-an-invalid-key-00001', label: 'old' })
      await saveKey(token, { provider: 'openai', key: simulator.keys.openai, label: 'home' })
      await saveKey(token, { provider: 'openai', key: simulator.keys.openai, label: null })
      const { json } = await read(token)
      expect(keysOf(json)).toEqual(['openai', 'custom'])
      expect(json.statuses.map(({ label, status, code }) => [label, status === 'failed', code])).toEqual([
        [null, false, null],
        ['home', false, null],
        ['old', true, 'key_rejected'],
      ])
      const [{ models } = { models: [] }] = json.providers
      expect(models).toHaveLength(json.statuses[0]?.model_count ?? 0)
      expect(new Set(models.map(({ id }) => id)).size).toBe(models.length)
      await eventually(async () => {
        const again = (await read(token)).json
        expect(again.statuses.map(({ status }) => status)).toEqual(['cached', 'cached', 'failed'])
        expect(again.providers).toEqual(json.providers)
      })
    })

    it('are what any of them can use', async () => {
      const { token } = await registerLastingUser(server)
      for (const label of ['first', 'second'])
        await saveKey(token, { provider: 'groq', key: simulator.keys.groq, label })
      await read(token)
      // one of the two, whichever comes first, gets less than half of the list
      await simulator.set('groq', { fault: 'G14', times: 1 })
      const { json } = await read(token, '?force_refresh=true')
      const counts = json.statuses.map((status) => status.model_count).sort((a, b) => a - b)
      expect(counts[0]).toBeLessThan(counts[1] ?? 0)
      expect(json.providers[0]?.models).toHaveLength(counts[1] ?? 0)
    })
  })
})

describe('an answer', () => {
  const HOUR_MS = 3_600_000
  const policy = freshnessPolicy()

  /** Of one key, of which this is known. */
  function pathOf(known: KnownList, now: number) {
    const asked = askedProviders(new Map()).get('groq')
    if (!asked) throw new Error('no such provider')
    const inTurn: number[] = []
    const state: KeyState = {
      id: 1,
      userId: 'ada',
      label: null,
      asked,
      version: 1,
      sealed: '',
      fingerprint: new Uint8Array(),
      preview: null,
      createdAt: 0,
      updatedAt: 0,
      known,
      content: 'hash',
    }
    const store = { ofUser: async () => [state], text: async () => '[]' } as unknown as ListStore
    const refresher = { refreshInTurn: ({ id }: KeyState) => inTurn.push(id) } as unknown as Refresher
    const facts = { ofList: async () => '[]', ofModels: async () => '[]' }
    const path = createAvailableModels({
      store,
      refresher,
      facts,
      marks: { corrections: async () => ({}) },
      policy,
      timeoutMs: 10_000,
      now: () => now,
    })
    return { inTurn, path }
  }
  const list = (fetchedAt: number): KnownList => ({
    list: { fetchedAt, modelCount: 0, droppedCount: 0 },
    trouble: null,
  })

  it('holds until a list is due', async () => {
    const { path, inTurn } = pathOf(list(1_000), 2_000)
    expect(await path.collect('ada', { isForced: false })).toMatchObject({ holdsUntil: 1_000 + HOUR_MS })
    expect(inTurn).toEqual([])
  })

  it('holds not for long while one is refreshed behind, which may come to nothing', async () => {
    const now = 3 * HOUR_MS
    const { path, inTurn } = pathOf(list(1_000), now)
    expect(await path.collect('ada', { isForced: false })).toMatchObject({
      holdsUntil: now + policy.failureTtlMs,
      isFresh: false,
    })
    expect(inTurn).toEqual([1])
  })
})

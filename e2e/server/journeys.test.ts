import { PROVIDERS } from '@rollcall/core'
import { AvailableModels, StoredKeys } from '@rollcall/core/schema'
import { createSimulator, type FaultId, type SimulatedProvider, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listenToEvents } from '../../packages/server/src/testing/events.ts'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import { registerLastingUser } from '../../packages/server/src/testing/lasting-user.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'

const PATH = '/api/available-models'
const FORCED = `${PATH}?force_refresh=true`
const HOUR_MS = 3_600_000
const CUSTOM = {
  name: 'Custom',
  provider_key: 'custom',
  models: [{ id: 'custom', name: 'Custom Model', description: 'Enter a model id as provider/model-name' }],
}

/**
 * The journeys as far as they lead through the API. "Custom model" and "Run again" are about what a run is given, and
 * there are no runs yet.
 */
describe('journeys', () => {
  let simulator: Simulator
  let server: TestServer
  let now = Date.parse('2026-11-22T12:00:00Z')

  beforeAll(async () => {
    simulator = await createSimulator()
    server = await startTestServer({
      simulator,
      now: () => now,
      environment: { ROLLCALL_PROVIDER_TIMEOUT_MS: '4000' },
    })
  })
  afterEach(() => simulator.reset())
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const asked = (provider: SimulatedProvider) =>
    simulator.requests.filter((request) => request.provider === provider).length
  const nameOf = (provider: SimulatedProvider) => PROVIDERS.find(({ key }) => key === provider)?.name ?? ''

  async function somebody(providers: readonly SimulatedProvider[] = []) {
    const { token } = await registerLastingUser(server)
    await server.saveKeys(token, providers)
    const models = async (path = PATH) => {
      const { status, json } = await server.call('GET', path, { token })
      expect(status).toBe(200)
      const answer = AvailableModels.parse(json)
      expect(answer.providers.at(-1)).toEqual(CUSTOM)
      return {
        ...answer,
        groups: answer.providers.map(({ name }) => name),
        statusOf: (provider: SimulatedProvider) =>
          answer.statuses.find(({ provider_key }) => provider_key === provider),
        modelsOf: (provider: SimulatedProvider) =>
          answer.providers.find(({ provider_key }) => provider_key === provider)?.models ?? [],
      }
    }
    const keys = async () => {
      const { status, json } = await server.call('GET', '/api/api-keys', { token })
      expect(status).toBe(200)
      return StoredKeys.parse(json).api_keys
    }
    const settled = () =>
      eventually(async () => {
        for (const key of await keys()) expect(key).toMatchObject({ is_refreshing: false, status: {} })
      })
    return { token, models, keys, settled }
  }

  it('No API keys', async () => {
    const { models, keys, token } = await somebody()
    expect(await models()).toMatchObject({ providers: [CUSTOM], statuses: [] })
    expect(await keys()).toEqual([])
    // what Settings invites to add
    const { json } = await server.call('GET', '/api/providers', { token })
    expect(json.providers.map(({ name }: { name: string }) => name)).toEqual(
      PROVIDERS.map(({ name }) => name),
    )
    for (const { keys_url } of json.providers) expect(keys_url).toMatch(/^https:/)
    expect(simulator.requests).toEqual([])
  })

  it('One provider', async () => {
    const { models, keys, token } = await somebody()
    await simulator.set('openai', { latencyMs: 1_500 })
    const saved = await server.call('POST', '/api/api-keys', {
      token,
      body: { provider: 'openai', key: simulator.keys.openai },
    })
    // at once, before the provider has answered
    expect(saved.status).toBe(201)
    expect(saved.json).toMatchObject({
      provider: 'openai',
      name: 'OpenAI',
      is_refreshing: true,
      status: null,
    })
    expect(await keys()).toMatchObject([{ is_refreshing: true, status: null }])
    const refreshed = await eventually(async () => {
      const [key] = await keys()
      expect(key?.is_refreshing).toBe(false)
      return key
    })
    expect(refreshed?.status).toMatchObject({ status: 'cached', code: null })
    const answer = await models()
    expect(answer.groups).toEqual(['OpenAI', 'Custom'])
    expect(answer.modelsOf('openai')).toHaveLength(refreshed?.status?.model_count ?? 0)
    expect(answer.modelsOf('openai').length).toBeGreaterThan(50)
    expect(asked('openai')).toBe(1)
  })

  it('Several providers', async () => {
    const three = ['openai', 'anthropic', 'google'] as const
    const { models, settled } = await somebody(three)
    await settled()
    for (const provider of three) await simulator.set(provider, { fault: 'C1' })
    const before = three.map((provider) => asked(provider))
    const answering = models(FORCED)
    // all are asked before any has answered
    await eventually(() =>
      expect(three.map((provider) => asked(provider))).toEqual(before.map((count) => count + 1)),
    )
    await answering
    await simulator.reset()
    const answer = await models(FORCED)
    expect(answer.groups).toEqual(['OpenAI', 'Anthropic', 'Google', 'Custom'])
    for (const provider of three) {
      expect(answer.statusOf(provider)).toMatchObject({ status: 'fresh', code: null })
      for (const { id } of answer.modelsOf(provider)) expect(id.startsWith(`${provider}/`)).toBe(true)
    }
  })

  it('An invalid key', async () => {
    const { models, keys, token, settled } = await somebody(['openai', 'google'])
    await server.call('POST', '/api/api-keys', {
      token,
      body: { provider: 'anthropic', key: 'sk-ant-an-invalid-key-0001' },
    })
    const answer = await models()
    // Anthropic has a static list, which a rejected key is not offered either
    expect(answer.groups).toEqual(['OpenAI', 'Google', 'Custom'])
    const rejected = {
      status: 'failed',
      code: 'key_rejected',
      http_status: 401,
      model_count: 0,
      message: expect.stringMatching(/^Anthropic rejected this key \(401\): replace it .*https:\/\/.*\.$/),
    }
    expect(answer.statusOf('anthropic')).toMatchObject(rejected)
    expect(answer.statusOf('openai')).toMatchObject({ code: null })
    await settled()
    const row = (await keys()).find(({ provider }) => provider === 'anthropic')
    expect(row?.status).toMatchObject(rejected)
    // and once it is replaced
    await server.saveKeys(token, ['anthropic'])
    expect((await models()).groups).toEqual(['OpenAI', 'Anthropic', 'Google', 'Custom'])
  })

  it('A provider that hangs', async () => {
    const { models, token } = await somebody()
    await simulator.set('mistral', { fault: 'C1' })
    await server.saveKeys(token)
    const stream = await listenToEvents(server, `${PATH}/stream?force_refresh=true`, token)
    expect((await stream.next())?.event).toBe('snapshot')
    // the others are usable while it hangs
    for (let count = 0; count < 8; count++) {
      const told = await stream.next()
      expect(told?.data.status).toMatchObject({ status: 'fresh', code: null })
    }
    expect(simulator.openConnections('mistral')).toBe(1)
    const late = await stream.next()
    expect(late?.data).toMatchObject({
      provider: null,
      status: {
        provider_key: 'mistral',
        status: 'failed',
        code: 'timeout',
        message: expect.stringMatching(/^Mistral timed out: .* try again/),
      },
    })
    expect((await stream.next())?.event).toBe('done')
    // nothing is blocked, and a retry helps as soon as it is well
    expect((await models()).statusOf('mistral')).toMatchObject({ status: 'failed', code: 'timeout' })
    await simulator.set('mistral', {})
    const again = await models(`${FORCED}&provider=mistral`)
    expect(again.statusOf('mistral')).toMatchObject({ status: 'fresh', code: null })
    expect((await models()).groups).toHaveLength(10)
  })

  it('The cache', async () => {
    const { models, token, settled } = await somebody(['openai', 'groq'])
    expect((await models()).groups).toEqual(['OpenAI', 'Groq', 'Custom'])
    await settled()
    const counts = () => [asked('openai'), asked('groq')]
    const first = counts()
    expect(first).toEqual([1, 1])
    for (let times = 0; times < 3; times++) {
      expect((await models()).statuses.map(({ status }) => status)).toEqual(['cached', 'cached'])
    }
    expect(counts()).toEqual(first)
    // after an hour
    now += HOUR_MS
    const fetchedAt = new Date(now).toISOString()
    expect((await models()).statuses.map(({ status }) => status)).toEqual(['stale', 'stale'])
    await eventually(async () => {
      for (const status of (await models()).statuses)
        expect(status).toMatchObject({ status: 'cached', fetched_at: fetchedAt })
    })
    expect(counts()).toEqual([2, 2])
    // any change of a key refreshes that provider
    await server.saveKeys(token, ['groq'], () => 'gsk_another_key_of_mine_0001')
    await settled()
    expect(counts()).toEqual([2, 3])
    expect((await models()).statuses.map(({ status }) => status)).toEqual(['cached', 'cached'])
    // and this always asks
    expect((await models(FORCED)).statuses.map(({ status }) => status)).toEqual(['fresh', 'fresh'])
    expect(counts()).toEqual([3, 4])
    await server.call('DELETE', '/api/api-keys/groq', { token })
    expect((await models()).groups).toEqual(['OpenAI', 'Custom'])
  })

  it('What each provider offers', async () => {
    const { models } = await somebody(PROVIDERS.map(({ key }) => key as SimulatedProvider))
    const all = await models()
    const chat = await models(`${PATH}?kind=chat`)
    for (const { key, name } of PROVIDERS) {
      const provider = key as SimulatedProvider
      const offered = all.modelsOf(provider)
      const ids = offered.map(({ id }) => id)
      expect(new Set(ids).size, name).toBe(ids.length)
      for (const model of offered) {
        expect(model.id.startsWith(`${key}/`), model.id).toBe(true)
        expect(model.name, model.id).toMatch(/^\S.*\S$|^\S$/)
        // as people write it, not as machines do
        expect(model.name, model.id).not.toMatch(/^(accounts|models)\/|^[a-z0-9]+(-[a-z0-9]+){2,}$/)
        expect(model.kind, model.id).toBeDefined()
      }
      const forRuns = chat.modelsOf(provider)
      expect(forRuns, name).toEqual(offered.filter(({ kind }) => kind === 'chat'))
      expect(forRuns.length, name).toBeGreaterThan(0)
    }
    const kindOf = (id: string) =>
      all.providers.flatMap(({ models }) => models).find((model) => model.id === id)?.kind
    expect(kindOf('openai/text-embedding-3-small')).toBe('embedding')
    expect(kindOf('cohere/rerank-v3.5')).toBe('rerank')
    expect(kindOf('groq/whisper-large-v3')).toBe('audio')
    expect(kindOf('anthropic/claude-opus-5')).toBe('chat')
    // what is not for a run can still be found
    expect(all.providers.flatMap(({ models }) => models).length).toBeGreaterThan(
      chat.providers.flatMap(({ models }) => models).length,
    )
  })

  describe('Error states', () => {
    const CAUSES: [name: string, fault: FaultId, code: string][] = [
      ['401', 'D7', 'key_rejected'],
      ['403', 'D9', 'no_permission'],
      ['429', 'D22', 'rate_limited'],
      ['500', 'D27-500', 'upstream_error'],
      ['unreadable answer', 'F1', 'bad_response'],
      ['nobody there', 'A7', 'unreachable'],
    ]

    it.each(CAUSES)('%s', async (_name, fault, code) => {
      const provider = 'groq'
      // nothing is known: it is skipped
      const fresh = await somebody()
      await simulator.set(provider, { fault })
      await server.saveKeys(fresh.token, ['openai', provider])
      const skipped = await fresh.models()
      expect(skipped.groups).toEqual(['OpenAI', 'Custom'])
      const said = { code, message: expect.stringContaining(nameOf(provider)) }
      expect(skipped.statusOf(provider)).toMatchObject({ status: 'failed', ...said })
      // a list is known: it is shown as stale, unless the key is no good
      await simulator.set(provider, {})
      const known = await somebody(['openai', provider])
      const before = (await known.models()).modelsOf(provider)
      await simulator.set(provider, { fault })
      const after = await known.models(FORCED)
      const isOver = code === 'key_rejected'
      expect(after.statusOf(provider)).toMatchObject({ status: isOver ? 'failed' : 'stale', ...said })
      expect(after.modelsOf(provider)).toEqual(isOver ? [] : before)
      expect(after.statusOf('openai')).toMatchObject({ status: 'fresh', code: null })
      // and a reload says the same
      expect((await known.models()).statusOf(provider)).toEqual(after.statusOf(provider))
    })

    it('no network at all', async () => {
      const providers = PROVIDERS.map(({ key }) => key as SimulatedProvider)
      for (const provider of providers) await simulator.set(provider, { fault: 'A7' })
      const { models } = await somebody(providers)
      for (let reload = 0; reload < 2; reload++) {
        const answer = await models()
        // Anthropic's static list, and a custom model
        expect(answer.groups).toEqual(['Anthropic', 'Custom'])
        for (const status of answer.statuses) {
          expect(status).toMatchObject({
            status: status.provider_key === 'anthropic' ? 'static' : 'failed',
            code: 'unreachable',
          })
        }
      }
      await simulator.reset()
      expect((await models(FORCED)).groups).toHaveLength(10)
    })
  })
})

import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, askList, entriesIn, keyHeaders } from './ask.ts'
import { SIMULATED_PROVIDERS, type SimulatedProvider } from './simulated-provider.ts'
import { createSimulator, type Simulator } from './simulator.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await createSimulator()
})
afterAll(() => simulator.close())

async function bodyAt(path: string, provider: SimulatedProvider, of = simulator): Promise<never> {
  const headers = keyHeaders(provider, of.keys[provider])
  const { body } = await ask(new URL(of.bases[provider]).origin + path, { headers })
  return JSON.parse(body.toString()) as never
}

const expected: Record<SimulatedProvider, [entries: number, leastKb: number, mostKb: number]> = {
  openai: [130, 12, 18],
  anthropic: [12, 8, 20],
  google: [59, 18, 30],
  mistral: [55, 30, 42],
  groq: [20, 8, 16],
  together: [280, 400, 470],
  cohere: [31, 6, 10],
  fireworks: [18, 15, 30],
  openrouter: [414, 500, 620],
}

describe('the realistic lists', () => {
  it.each(SIMULATED_PROVIDERS)('%s has the size of the real one', async (provider) => {
    const { status, headers, body } = await askList(simulator, provider)
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^application\/json/)
    expect(headers['content-encoding']).toBeUndefined()
    const [entries, leastKb, mostKb] = expected[provider]
    expect(entriesIn(JSON.parse(body.toString()))).toHaveLength(entries)
    expect(body.length / 1_000).toBeGreaterThan(leastKb)
    expect(body.length / 1_000).toBeLessThan(mostKb)
  })

  it.each(SIMULATED_PROVIDERS)('%s zips the same bytes where that is accepted', async (provider) => {
    const plain = await askList(simulator, provider)
    const zipped = await askList(simulator, provider, { headers: { 'accept-encoding': 'gzip, deflate' } })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(entriesIn(JSON.parse(gunzipSync(zipped.body).toString()))).toHaveLength(
      entriesIn(JSON.parse(plain.body.toString())).length,
    )
  })

  it('keeps each envelope', async () => {
    expect(await bodyAt('/v1/models', 'together')).toBeInstanceOf(Array)
    expect(await bodyAt('/v1/models', 'openai')).toMatchObject({ object: 'list' })
    expect(await bodyAt('/v1/models', 'anthropic')).toMatchObject({
      has_more: false,
      first_id: 'claude-opus-5',
      last_id: 'claude-3-haiku-20240307',
    })
    expect(await bodyAt('/api/v1/models/user', 'openrouter')).toMatchObject({
      total_count: 414,
      links: { next: null },
    })
    expect(await bodyAt('/api/v1/models/user?output_modalities=all', 'openrouter')).toMatchObject({
      total_count: 426,
    })
    expect(await bodyAt('/api/v1/key', 'openrouter')).toMatchObject({ data: { is_management_key: false } })
  })

  it('keeps the oddities that clients trip over', async () => {
    const mistral = entriesIn(await bodyAt('/v1/models', 'mistral'))
    expect(new Set(mistral.map(({ id }) => id)).size).toBe(mistral.length - 2)
    expect(Math.abs(Number(mistral[0]?.created) - Date.now() / 1_000)).toBeLessThan(5)
    const together = JSON.stringify(await bodyAt('/v1/models', 'together'))
    expect(together).toContain('"created":0,')
    expect(together).toContain('0.13999999999999999')
    const openrouter = JSON.stringify(await bodyAt('/api/v1/models', 'openrouter'))
    for (const oddity of [
      '"prompt":"-1"',
      ':free"',
      '"~anthropic/',
      'alias_target',
      'utc_start',
      '2098-12-31',
    ]) {
      expect(openrouter).toContain(oddity)
    }
  })

  it('lists what runs in OpenAI shape on the Fireworks inference path, and everything without a filter', async () => {
    const inference = entriesIn(await bodyAt('/inference/v1/models', 'fireworks'))
    expect(inference).toHaveLength(18)
    expect(inference[0]).toMatchObject({ object: 'model', supports_chat: true })
    expect(await bodyAt('/v1/accounts/fireworks/models?pageSize=999', 'fireworks')).toMatchObject({
      totalSize: 300,
      models: { length: 200 },
    })
  })
})

describe('paging', () => {
  const pages: [SimulatedProvider, string, string, (body: never) => string | undefined][] = [
    ['google', '/v1beta/models?', 'pageToken', (body: { nextPageToken?: string }) => body.nextPageToken],
    ['cohere', '/v1/models?', 'page_token', (body: { next_page_token?: string }) => body.next_page_token],
    [
      'fireworks',
      '/v1/accounts/fireworks/models?',
      'pageToken',
      (body: { nextPageToken: string }) => body.nextPageToken || undefined,
    ],
    [
      'anthropic',
      '/v1/models?limit=5&',
      'after_id',
      (body: { has_more: boolean; last_id: string }) => (body.has_more ? body.last_id : undefined),
    ],
  ]

  it.each(pages)('%s gives every id once', async (provider, path, parameter, nextOf) => {
    const ids: unknown[] = []
    let cursor: string | undefined = ''
    let count = 0
    while (cursor !== undefined) {
      const body: never = await bodyAt(
        `${path}${cursor ? `${parameter}=${encodeURIComponent(cursor)}` : ''}`,
        provider,
      )
      ids.push(...entriesIn(body).map(({ id, name }) => id ?? name))
      cursor = nextOf(body)
      count += 1
    }
    expect(count).toBeGreaterThan(1)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(provider === 'fireworks' ? 300 : expected[provider][0])
  })

  it('openrouter links to the next page on the same host', async () => {
    const first: { links: { next: string } } = await bodyAt('/api/v1/models/user?limit=300', 'openrouter')
    expect(new URL(first.links.next).host).toBe(new URL(simulator.bases.openrouter).host)
    const { pathname, search } = new URL(first.links.next)
    const second = await bodyAt(pathname + search, 'openrouter')
    expect(entriesIn(second)).toHaveLength(114)
    expect(second).toMatchObject({ links: { next: null } })
  })

  it('has the defaults and limits of each provider', async () => {
    expect(entriesIn(await bodyAt('/v1beta/models', 'google'))).toHaveLength(50)
    expect(entriesIn(await bodyAt('/v1/models', 'cohere'))).toHaveLength(20)
    expect(entriesIn(await bodyAt('/v1/accounts/fireworks/models', 'fireworks'))).toHaveLength(50)
    expect(await bodyAt('/v1/models?limit=1001', 'anthropic')).toMatchObject({ type: 'error' })
    expect(await bodyAt('/v1beta/models?pageToken=nonsense', 'google')).toMatchObject({
      error: { code: 400 },
    })
  })

  it('never gives more than the cap', async () => {
    const capped = await createSimulator({ pageSizeCap: 3 })
    expect(entriesIn(await bodyAt('/v1beta/models?pageSize=1000', 'google', capped))).toHaveLength(3)
    expect(entriesIn(await bodyAt('/api/v1/models/user', 'openrouter', capped))).toHaveLength(3)
    expect(entriesIn(await bodyAt('/v1/models', 'openai', capped))).toHaveLength(130)
    await capped.close()
  })
})

describe('keys', () => {
  const bad: Record<SimulatedProvider, [status: number, part: object]> = {
    openai: [401, { error: { code: 'invalid_api_key' } }],
    anthropic: [401, { error: { type: 'authentication_error', message: 'invalid x-api-key' } }],
    google: [400, { error: { status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] } }],
    mistral: [401, { detail: 'Invalid API Key' }],
    groq: [401, { error: { code: 'invalid_api_key' } }],
    together: [401, { error: { message: 'Unauthorized' } }],
    cohere: [401, { message: 'invalid api token' }],
    fireworks: [403, { error: { code: 'UNAUTHORIZED' } }],
    openrouter: [401, { error: { code: 401, message: 'User not found.' } }],
  }

  it.each(SIMULATED_PROVIDERS)('%s turns a bad key down in its own way', async (provider) => {
    const headers = keyHeaders(provider, 'sk-a-bad-key')
    const { status, body } = await askList(simulator, provider, { headers })
    const [expectedStatus, part] = bad[provider]
    expect(status).toBe(expectedStatus)
    expect(JSON.parse(body.toString())).toMatchObject(part)
  })

  it.each(SIMULATED_PROVIDERS)('%s misses a missing key, and knows no other path', async (provider) => {
    const version = { 'anthropic-version': '2023-06-01' }
    const { origin } = new URL(simulator.bases[provider])
    const path = provider === 'openrouter' ? '/models/user' : '/models'
    const missing = await ask(simulator.bases[provider] + path, { headers: version })
    expect(missing.status).toBe(provider === 'google' ? 403 : 401)
    const lost = await ask(`${origin}/nowhere`, { headers: keyHeaders(provider, simulator.keys[provider]) })
    expect(lost.status).toBe(404)
    expect(() => JSON.parse(lost.body.toString())).not.toThrow()
  })

  it('openrouter answers its public list to any key and to none', async () => {
    const list = `${simulator.bases.openrouter}/models`
    expect((await ask(list)).status).toBe(200)
    expect((await ask(list, { headers: keyHeaders('openrouter', 'invalid') })).status).toBe(200)
    expect(
      (await ask(`${simulator.bases.openrouter}/key`, { headers: keyHeaders('openrouter', 'invalid') }))
        .status,
    ).toBe(401)
  })

  it('fireworks answers 401 on the inference path, and anthropic wants its version', async () => {
    const inference = `${simulator.bases.fireworks}/models`
    expect((await ask(inference, { headers: keyHeaders('fireworks', 'bad') })).status).toBe(401)
    const unversioned = await ask(`${simulator.bases.anthropic}/models`, { headers: { 'x-api-key': 'any' } })
    expect(unversioned.status).toBe(400)
  })
})

describe('sizes', () => {
  it('pads all lists to about the count asked for', async () => {
    const large = await createSimulator({ modelCount: 10_000, size: 'small' })
    let total = 0
    for (const provider of SIMULATED_PROVIDERS) {
      const isPaged = provider === 'fireworks'
      const body = JSON.parse((await askList(large, provider)).body.toString())
      total += isPaged
        ? body.totalSize
        : provider === 'openrouter'
          ? body.total_count
          : entriesIn(body).length
    }
    expect(total).toBeGreaterThan(9_000)
    expect(total).toBeLessThanOrEqual(10_000)
    await large.close()
  })

  it('keeps small lists between 4 and 8', async () => {
    const little = await createSimulator({ size: 'small' })
    for (const provider of SIMULATED_PROVIDERS) {
      const count = entriesIn(JSON.parse((await askList(little, provider)).body.toString())).length
      expect(count).toBeGreaterThanOrEqual(4)
      expect(count).toBeLessThanOrEqual(8)
    }
    await little.close()
  })
})

describe('the catalogue', () => {
  it('covers the nine and knows a client that has it', async () => {
    const { body, headers } = await ask(simulator.catalogueUrl)
    const catalogue = JSON.parse(body.toString())
    expect(Object.keys(catalogue)).toEqual([
      'openai',
      'anthropic',
      'google',
      'mistral',
      'groq',
      'togetherai',
      'cohere',
      'fireworks-ai',
      'openrouter',
    ])
    expect(catalogue.openai.models['gpt-5.2']).toMatchObject({
      cost: { input: 1.75, output: 14, cache_read: 0.175 },
      limit: { context: 400_000, output: 128_000 },
      modalities: { input: ['text', 'image'], output: ['text'] },
    })
    expect(headers.etag).toMatch(/^W\/"/)
    const again = await ask(simulator.catalogueUrl, { headers: { 'if-none-match': String(headers.etag) } })
    expect([again.status, again.body.length]).toEqual([304, 0])
  })
})

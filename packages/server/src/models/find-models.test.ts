import { FoundModels, type Model } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerLastingUser } from '../testing/lasting-user.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(DIALECTS)('search over the API on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let token: string
  let all: Model[]

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'realistic' })
    server = await startTestServer({ dialect, simulator })
    token = (await registerLastingUser(server)).token
    await server.saveKeys(token)
    const { json } = await server.call('GET', '/api/available-models', { token })
    all = json.providers.slice(0, -1).flatMap(({ models }: { models: Model[] }) => models)
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  async function find(query: string): Promise<FoundModels> {
    const { status, json } = await server.call('GET', `/api/models?${query}`, { token })
    expect(status).toBe(200)
    return FoundModels.strict().parse(json)
  }
  const can = (model: Model, name: string) => model.capabilities?.[name] === true
  const price = ({ pricing }: Model) => pricing?.input ?? Number.POSITIVE_INFINITY

  it('answers "which is cheapest with tools and 200k context"', async () => {
    const { models, total, statuses } = await find('capability=tools&min_context=200000&sort=price')
    const expected = all.filter((model) => can(model, 'tools') && (model.context_window ?? 0) >= 200_000)
    expect(total).toBe(expected.length)
    expect(total).toBeGreaterThan(20)
    expect(models[0]?.pricing?.input).toBe(Math.min(...expected.map(price)))
    expect(statuses).toHaveLength(9)
  })

  it.each<[string, (model: Model) => boolean]>([
    ['q=claude haiku', ({ id, name }) => /claude/i.test(id + name) && /haiku/i.test(id + name)],
    ['provider=groq,cohere', ({ id }) => /^(groq|cohere)\//.test(id)],
    ['kind=embedding,rerank', ({ kind }) => kind === 'embedding' || kind === 'rerank'],
    ['capability=tools,vision', (model) => can(model, 'tools') && can(model, 'vision')],
    ['modality=image', ({ modalities }) => modalities?.input?.includes('image') ?? false],
    ['output_modality=image', ({ modalities }) => modalities?.output?.includes('image') ?? false],
    ['min_output=64000', ({ max_output_tokens: most = 0 }) => most >= 64_000],
    ['max_input_price=0.5', (model) => price(model) <= 0.5],
    ['max_output_price=1.25', ({ pricing }) => (pricing?.output ?? 9e9) <= 1.25],
    ['released_since=2025-06-01', ({ released_at = '' }) => released_at >= '2025-06-01'],
    ['free=true', ({ pricing }) => pricing?.input === 0 && pricing.output === 0],
    ['deprecated=true', (model) => isGoing(model)],
    ['deprecated=false', (model) => !isGoing(model)],
  ])('%s finds those, and no other', async (query, fits) => {
    const { models, total } = await find(`${query}&limit=500`)
    const expected = all.filter(fits).map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.length).toBeLessThan(all.length)
    expect(total).toBe(expected.length)
    expect(models).toHaveLength(Math.min(expected.length, 500))
    expect(models.filter((model) => !fits(model))).toEqual([])
  })

  it('gives every model once, page by page', async () => {
    const ids: string[] = []
    let after = ''
    for (;;) {
      const { models, next, total } = await find(`sort=-released&limit=100${after}`)
      ids.push(...models.map(({ id }) => id))
      expect(total).toBe(all.length)
      if (next === null) break
      after = `&after=${encodeURIComponent(next)}`
    }
    expect(ids.toSorted()).toEqual(all.map(({ id }) => id).sort())
  })

  it.each([
    ['sort=best', 'sort is not one of id, name, provider'],
    ['kind=chatty', 'kind is not one of chat, completion'],
    ['modality=smell', 'modality is not one of text, image'],
    ['provider=acme', 'provider names one that is not known; there are: openai'],
    ['max_input_price=cheap', 'max_input_price is no price in USD per million tokens, as 2.5.'],
    ['min_context=-1', 'min_context is no number of tokens.'],
    ['released_since=2026-13-01', 'released_since is no day, as 2026-01-31.'],
    ['limit=0', 'limit is less than 1.'],
    ['after=openai/nothing', 'after names a model that is not among these any more: begin anew.'],
    ['colour=blue', 'colour is not known here'],
  ])('%s is refused in a sentence that says what is wrong', async (query, message) => {
    const { status, json } = await server.call('GET', `/api/models?${query}`, { token })
    expect(status).toBe(422)
    expect(json.error.message).toContain(message)
  })

  it('shows what has changed at once', async () => {
    const { total } = await find('')
    await server.call('DELETE', '/api/api-keys/openrouter', { token })
    const left = all.filter(({ id }) => !id.startsWith('openrouter/'))
    expect((await find('')).total).toBe(left.length)
    expect(total).toBe(all.length)
  })
})

function isGoing({ deprecated, deprecated_at, retires_at }: Model): boolean {
  return deprecated === true || deprecated_at !== undefined || retires_at !== undefined
}

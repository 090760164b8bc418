import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Catalogue, readCatalogue } from './catalogue.ts'
import { enrich, type PriceList } from './enrich.ts'
import { sourceOf } from './schema/facts.ts'
import { Model } from './schema/model.ts'

const DATE = '2026-11-24'
const FROM = { from: 'models.dev', date: DATE }

/** A catalogue that knows these models of one provider. */
function knowing(models: Record<string, unknown>, provider = 'openai', date = DATE): Catalogue {
  const body = new TextEncoder().encode(JSON.stringify({ [provider]: { models } }))
  const catalogue = readCatalogue(body, date)
  if (!catalogue) throw new Error('no catalogue')
  return catalogue
}

function chat(id: string, rest: Partial<Model> = {}): Model {
  return { id, name: id, kind: 'chat', ...rest }
}

const costs = (input: number, output: number, cached?: number) => ({
  cost: { input, output, ...(cached === undefined ? {} : { cache_read: cached }) },
})

function pricesOf(pricing: Model['pricing'], date = '2026-09-23'): PriceList {
  return { quote: () => (pricing ? { pricing, source: { from: 'genai-prices', date } } : undefined) }
}

const only = (models: readonly Model[]) => models[0] as Model

describe('filling holes', () => {
  it('adds what is missing, with its source and day', () => {
    const catalogue = knowing({
      'gpt-x': { ...costs(2.5, 10), limit: { context: 128_000, output: 16_384 }, tool_call: true },
    })
    expect(enrich([chat('openai/gpt-x')], { catalogue })).toEqual([
      {
        ...chat('openai/gpt-x'),
        context_window: 128_000,
        max_output_tokens: 16_384,
        pricing: { input: 2.5, output: 10 },
        capabilities: { tools: true },
        sources: { context_window: FROM, max_output_tokens: FROM, pricing: FROM, capabilities: FROM },
      },
    ])
  })

  it('leaves every word of the provider, and says of parts which are not its own', () => {
    const catalogue = knowing({
      'gpt-x': {
        ...costs(2.5, 10, 1.25),
        limit: { context: 128_000 },
        tool_call: true,
        reasoning: true,
        modalities: { input: ['text'], output: ['text'] },
      },
    })
    const own = chat('openai/gpt-x', {
      context_window: 1_000,
      pricing: { input: 2.5, output: 10 },
      capabilities: { tools: false },
      modalities: { input: ['text', 'audio'] },
    })
    const filled = only(enrich([own], { catalogue }))
    expect(filled).toMatchObject({
      context_window: 1_000,
      pricing: { input: 2.5, output: 10, cached_input: 1.25 },
      capabilities: { tools: false, reasoning: true },
      modalities: { input: ['text', 'audio'], output: ['text'] },
    })
    expect(sourceOf(filled, 'pricing.input')).toBeUndefined()
    expect(sourceOf(filled, 'pricing.cached_input')).toEqual(FROM)
    expect(sourceOf(filled, 'capabilities.tools')).toBeUndefined()
    expect(sourceOf(filled, 'modalities.output')).toEqual(FROM)
    expect(sourceOf(filled, 'context_window')).toBeUndefined()
  })

  it('gives back as it is what nobody knows more of', () => {
    const models = [chat('openai/unknown')]
    expect(only(enrich(models, { catalogue: knowing({ other: {} }) }))).toBe(models[0])
    expect(only(enrich(models, {}))).toBe(models[0])
  })

  it('never takes another provider’s or a gateway’s entry', () => {
    const catalogue = knowing({ 'openai/gpt-x': costs(9, 9) }, 'openrouter')
    expect(enrich([chat('openai/gpt-x')], { catalogue })).toEqual([chat('openai/gpt-x')])
  })

  it('says that one is deprecated, unless its provider names days', () => {
    const catalogue = knowing({ old: { status: 'deprecated' } })
    expect(only(enrich([chat('openai/old')], { catalogue })).deprecated).toBe(true)
    const dated = chat('openai/old', { retires_at: '2027-01-01' })
    expect(only(enrich([dated], { catalogue })).deprecated).toBeUndefined()
  })

  it('takes for chat what can call tools, where the provider names no kind', () => {
    const entry = { tool_call: true, modalities: { input: ['text'], output: ['text'] } }
    const catalogue = knowing({ talks: entry, classifies: { ...entry, tool_call: false } })
    const models = ['talks', 'classifies'].map((id) => ({
      ...chat(`openai/${id}`),
      kind: 'unknown' as const,
    }))
    const [talks, classifies] = enrich(models, { catalogue })
    expect(talks).toMatchObject({ kind: 'chat', sources: { kind: FROM } })
    expect(classifies?.kind).toBe('unknown')
  })
})

describe('traps', () => {
  it('an embedding has no output limit, no output price and no words of its own', () => {
    const catalogue = knowing({
      embed: {
        ...costs(0.02, 0.1),
        limit: { context: 8_191, output: 1_536 },
        modalities: { input: ['text'], output: ['text'] },
        reasoning: false,
      },
    })
    const filled = only(enrich([{ ...chat('openai/embed'), kind: 'embedding' }], { catalogue }))
    expect(filled).toMatchObject({
      context_window: 8_191,
      pricing: { input: 0.02 },
      modalities: { input: ['text'] },
    })
    expect(filled.max_output_tokens).toBeUndefined()
    expect(filled.pricing).not.toHaveProperty('output')
    expect(filled.modalities).not.toHaveProperty('output')
    expect(filled.capabilities).toBeUndefined()
  })

  it.each(['image', 'audio', 'video'] as const)('what makes %s is not paid by the token', (kind) => {
    const catalogue = knowing({ x: costs(0.3, 30) })
    const prices = pricesOf({ input: 0.3, output: 2.5 })
    expect(only(enrich([{ ...chat('openai/x'), kind }], { catalogue, prices })).pricing).toBeUndefined()
  })

  it('an output limit that does not fit the provider’s own window is not believed', () => {
    const catalogue = knowing({ x: { limit: { context: 131_072, output: 65_536 } } })
    const filled = only(enrich([chat('openai/x', { context_window: 32_768 })], { catalogue }))
    expect(filled.max_output_tokens).toBeUndefined()
  })

  it('an output limit is not believed where the provider has none', () => {
    const catalogue = knowing({ x: { limit: { context: 131_072, output: 16_384 } } }, 'mistral')
    expect(only(enrich([chat('mistral/x')], { catalogue })).max_output_tokens).toBeUndefined()
  })

  it.each(['together', 'openrouter'])('what %s sells has the price it says, or none', (provider) => {
    const catalogue = knowing({ x: costs(1, 2) }, provider === 'together' ? 'togetherai' : provider)
    const prices = pricesOf({ input: 1, output: 2 })
    expect(only(enrich([chat(`${provider}/x`)], { catalogue, prices })).pricing).toBeUndefined()
    const half = chat(`${provider}/x`, { pricing: { input: 1 } })
    expect(only(enrich([half], { catalogue, prices })).pricing).toEqual({ input: 1, output: 2 })
  })

  it('modalities that contradict what the provider says of pictures are not believed', () => {
    const catalogue = knowing({ x: { modalities: { input: ['text', 'image'], output: ['text'] } } })
    const blind = only(enrich([chat('openai/x', { capabilities: { vision: false } })], { catalogue }))
    expect(blind.modalities).toBeUndefined()
    const deaf = only(enrich([chat('openai/x', { modalities: { input: ['text'] } })], { catalogue }))
    expect(deaf.capabilities).toBeUndefined()
  })

  it('a release that contradicts the date in the id is not believed', () => {
    const catalogue = knowing(
      { 'mistral-large-2512': { release_date: '2024-11-01', ...costs(0.5, 1.5) } },
      'mistral',
    )
    const filled = only(enrich([chat('mistral/mistral-large-2512')], { catalogue }))
    expect(filled.pricing).toEqual({ input: 0.5, output: 1.5 })
    expect(filled.released_at).toBeUndefined()
  })

  it('a price list that contradicts the provider’s own price adds nothing to it', () => {
    const catalogue = knowing({ x: costs(0.88, 0.88, 0.44) })
    const own = chat('openai/x', { pricing: { input: 0.6, output: 0.6 } })
    expect(only(enrich([own], { catalogue }))).toBe(own)
  })
})

describe('matching', () => {
  const match = (models: Model[], entries: Record<string, unknown>, provider = 'mistral') =>
    enrich(models, { catalogue: knowing(entries, provider) }).map(({ context_window }) => context_window)
  const window = (context: number, updated?: string) => ({
    limit: { context },
    ...(updated ? { last_updated: updated } : {}),
  })

  it('goes by the exact id, then by aliases, then by the undated name', () => {
    const model = chat('mistral/m-2508', { aliases: ['mistral/m-alias-2508'] })
    const entries = { 'm-2508': window(1), 'm-alias-2508': window(2), m: window(3, '2025-08-12') }
    expect(match([model], entries)).toEqual([1])
    expect(match([model], { 'm-alias-2508': window(2), m: window(3, '2025-08-12') })).toEqual([2])
    expect(match([model], { m: window(3, '2025-08-12') })).toEqual([3])
  })

  it('never goes by likeness', () => {
    const entries = { 'M-2508': window(1), 'm-2508-instruct': window(2), m2508: window(3), 'm-25': window(4) }
    expect(match([chat('mistral/m-2508')], entries)).toEqual([undefined])
  })

  it('does not take an entry that is older than the snapshot, which is of another model', () => {
    const moving = chat('mistral/m-latest', { aliases: ['mistral/m-2512'] })
    expect(match([moving], { 'm-latest': window(1, '2024-10-04') })).toEqual([undefined])
    expect(match([moving], { 'm-latest': window(1, '2025-12-02') })).toEqual([1])
    expect(match([moving], { 'm-latest': window(1, '2024-10-04'), 'm-2512': window(2) })).toEqual([2])
    expect(match([moving], { 'm-latest': window(1) })).toEqual([undefined])
    expect(match([chat('mistral/m-2512')], { m: window(1, '2024-10') })).toEqual([undefined])
  })

  it('takes what stands under the dated name first, where one only stands for it', () => {
    const catalogue = knowing(
      {
        'm-latest': { release_date: '2025-12-02', last_updated: '2025-12-02' },
        'm-2512': { release_date: '2025-12-09', last_updated: '2025-12-09' },
      },
      'mistral',
    )
    const models = [chat('mistral/m-latest', { aliases: ['mistral/m-2512'] })]
    expect(only(enrich(models, { catalogue })).released_at).toBe('2025-12-09')
  })

  it('takes nothing for a name that is pointed at every new release', () => {
    const ids = ['gemini-flash-latest', 'gemini-flash-lite-latest', 'gemini-2.5-flash-native-audio-latest']
    const catalogue = knowing(Object.fromEntries(ids.map((id) => [id, costs(0.3, 2.5)])), 'google')
    const filled = enrich(
      ids.map((id) => chat(`google/${id}`)),
      { catalogue },
    )
    expect(filled.map(({ pricing }) => pricing?.input)).toEqual([undefined, undefined, 0.3])
  })

  it('does not take the undated name where several snapshots share it', () => {
    const entries = { 'gpt-x': window(1, '2025-08-07') }
    const snapshots = [chat('openai/gpt-x-2025-03-01'), chat('openai/gpt-x-2025-08-07')]
    expect(match(snapshots, entries, 'openai')).toEqual([undefined, undefined])
    expect(match(snapshots.slice(1), entries, 'openai')).toEqual([1])
  })

  it('strips four digits only where the provider means a date by them', () => {
    expect(match([chat('fireworks/kimi-k2-0905')], { 'kimi-k2': window(1) }, 'fireworks-ai')).toEqual([
      undefined,
    ])
    const old = chat('openai/gpt-4-0613', { snapshot_of: 'openai/gpt-4' })
    expect(match([old], { 'gpt-4': window(8_192) }, 'openai')).toEqual([8_192])
  })
})

describe('prices of two sources', () => {
  const price = (first: unknown, second: Model['pricing'], catalogueDate = '2026-11-24') => {
    const catalogue = knowing({ x: first }, 'openai', catalogueDate)
    return only(enrich([chat('openai/x')], { catalogue, prices: pricesOf(second) }))
  }

  it('come from the catalogue, then from the list that is installed', () => {
    expect(price(costs(1, 2), undefined).sources).toEqual({ pricing: FROM })
    const filled = price({}, { input: 3, output: 4 })
    expect(filled).toMatchObject({
      pricing: { input: 3, output: 4 },
      sources: { pricing: { from: 'genai-prices' } },
    })
  })

  it('are joined where they agree, each part with its source', () => {
    const filled = price(costs(1, 2), { input: 1, output: 2, cached_input: 0.1 })
    expect(filled.pricing).toEqual({ input: 1, output: 2, cached_input: 0.1 })
    expect(sourceOf(filled, 'pricing.output')).toEqual(FROM)
    expect(sourceOf(filled, 'pricing.cached_input')).toEqual({ from: 'genai-prices', date: '2026-09-23' })
  })

  it('are without a cached price that is above the price', () => {
    const catalogue = knowing({ 'gpt-x': costs(0.5, 1.5, 1.25) })
    expect(only(enrich([chat('openai/gpt-x')], { catalogue })).pricing).toEqual({ input: 0.5, output: 1.5 })
  })

  it('are the later one’s alone where they contradict each other', () => {
    expect(price(costs(1, 2, 0.5), { input: 3, output: 2, cached_input: 0.1 }).pricing).toEqual({
      input: 1,
      output: 2,
      cached_input: 0.5,
    })
    expect(price(costs(1, 2, 0.5), { input: 3, output: 2 }, '2026-02-19').pricing).toEqual({
      input: 3,
      output: 2,
    })
  })

  it('are the later one’s for a cached price, unless the other only has more digits', () => {
    const cached = (a: number, b: number, date?: string) =>
      price(costs(1, 2, a), { input: 1, output: 2, cached_input: b }, date).pricing?.cached_input
    expect(cached(0.31, 0.125, '2026-02-19')).toBe(0.125)
    expect(cached(0.31, 0.125)).toBe(0.31)
    expect(cached(0.13, 0.125)).toBe(0.125)
    expect(cached(0.125, 0.13, '2026-02-19')).toBe(0.125)
    expect(cached(0.08, 0.075)).toBe(0.075)
  })
})

describe('whatever is sent', () => {
  const ids = ['gpt-x', 'gpt-x-2025-08-07', 'm-2508', 'm-latest', '__proto__', 'constructor']
  const pricing = fc.record(
    { input: fc.nat(9), output: fc.nat(9), cached_input: fc.nat(9) },
    { requiredKeys: [] },
  )
  const words = fc.subarray(['text', 'image', 'audio'] as const, { minLength: 1 })
  const capabilities = fc.dictionary(
    fc.constantFrom('tools', 'vision', 'reasoning', '__proto__'),
    fc.boolean(),
  )
  const model: fc.Arbitrary<Model> = fc
    .record(
      {
        id: fc.constantFrom(...ids).map((id) => `openai/${id}`),
        kind: fc.constantFrom('chat', 'embedding', 'image', 'unknown'),
        context_window: fc.integer({ min: 1, max: 300_000 }),
        pricing: pricing.filter((some) => Object.keys(some).length > 0),
        modalities: fc.record({ input: words, output: words }, { requiredKeys: [] }),
        capabilities,
        released_at: fc.constantFrom('2024-01-01', '2025-08-07'),
        aliases: fc.subarray(ids.map((id) => `openai/${id}`)),
      },
      { requiredKeys: ['id', 'kind'] },
    )
    .map((some) => ({ name: some.id, ...some }))
  const wire = fc.record(
    {
      cost: fc.oneof(
        fc.record({ input: fc.nat(9), output: fc.nat(9), cache_read: fc.nat(9) }),
        fc.jsonValue(),
      ),
      limit: fc.oneof(fc.record({ context: fc.nat(300_000), output: fc.nat(300_000) }), fc.jsonValue()),
      modalities: fc.oneof(fc.record({ input: words, output: words }), fc.jsonValue()),
      tool_call: fc.oneof(fc.boolean(), fc.jsonValue()),
      reasoning: fc.boolean(),
      release_date: fc.constantFrom('2025-08-07', '2025-08', 'soon', null),
      last_updated: fc.constantFrom('2025-08-07', '2024-01', 7),
      status: fc.constantFrom('deprecated', 'beta', null),
    },
    { requiredKeys: [] },
  )
  const list = fc.uniqueArray(model, { selector: ({ id }) => id, maxLength: 6 })
  const facts = fc.record({
    entries: fc.dictionary(fc.constantFrom(...ids), wire, { minKeys: 1 }),
    prices: fc.option(pricing),
    date: fc.constantFrom('2026-02-19', '2026-11-24'),
  })

  const check = (property: (before: Model[], after: Model[], again: () => Model[]) => void) =>
    fc.assert(
      fc.property(list, facts, (models, { entries, prices, date }) => {
        const known = {
          catalogue: knowing({ ...entries, anything: {} }, 'openai', date),
          prices: prices && Object.keys(prices).length > 0 ? pricesOf(prices) : undefined,
        }
        const copy = structuredClone(models)
        const after = enrich(models, known)
        expect(models).toEqual(copy)
        property(models, after, () => enrich(after, known))
      }),
      { numRuns: 500 },
    )

  /** Every fact by its field, a field with parts by each of them. */
  const flat = (some: Model) =>
    Object.entries(some).flatMap(([field, value]) =>
      ['pricing', 'modalities', 'capabilities'].includes(field)
        ? Object.entries(value as object).map(
            ([part, inner]) => [`${field}.${part}`, JSON.stringify(inner)] as const,
          )
        : field === 'sources'
          ? []
          : [[field, JSON.stringify(value)] as const],
    )

  it('no word of a provider changes', () => {
    check((before, after) => {
      for (const [index, own] of before.entries()) {
        const now = new Map(flat(after[index] as Model))
        for (const [field, value] of flat(own)) {
          // "unknown" is our own word
          if (field === 'kind' && value === '"unknown"') continue
          expect(now.get(field)).toBe(value)
          expect(sourceOf(after[index] as Model, field)).toBeUndefined()
        }
      }
    })
  })

  it('nothing is added without a source, and the result is a model', () => {
    check((before, after) => {
      for (const [index, now] of after.entries()) {
        expect(Model.strict().safeParse(now).error).toBeUndefined()
        const own = new Set(flat(before[index] as Model).map(([field]) => field))
        for (const [field] of flat(now)) if (!own.has(field)) expect(sourceOf(now, field)).toBeDefined()
      }
    })
  })

  it('a second time adds nothing', () => {
    check((_, after, again) => expect(again()).toEqual(after))
  })
})

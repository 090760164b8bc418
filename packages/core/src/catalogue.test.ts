import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATALOGUE_BYTES, Catalogue, readCatalogue } from './catalogue.ts'
import { PROVIDERS } from './providers/index.ts'

const DATE = '2026-11-24'
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const read = (models: unknown, provider = 'openai') => readCatalogue(bytes({ [provider]: { models } }), DATE)
/** A good catalogue, but for what stands beside. */
const withBeside = (json: string) =>
  new TextEncoder().encode(`{"openai":{"models":{"a":{"reasoning":true}}},"beside":${json}}`)
const entryOf = (wire: unknown, id = 'some-model') => read({ [id]: wire })?.providers.openai?.[0]

describe('the catalogue', () => {
  it('is read to what we use, by our own provider keys', () => {
    const model = {
      release_date: '2025-01-02',
      last_updated: '2025-03',
      name: 'X',
      cost: { input: 1, output: 2 },
    }
    const shelf = (id: string) => ({ id, env: [], models: { m: model } })
    const names = ['openai', 'togetherai', 'fireworks-ai', 'some-gateway']
    const catalogue = readCatalogue(bytes(Object.fromEntries(names.map((name) => [name, shelf(name)]))), DATE)
    expect(catalogue?.source).toEqual({ from: 'models.dev', date: DATE })
    const entry = { id: 'm', pricing: { input: 1, output: 2 }, released_at: '2025-01-02', updated: '2025-03' }
    expect(catalogue?.providers).toEqual({ openai: [entry], together: [entry], fireworks: [entry] })
    expect(Catalogue.parse(JSON.parse(JSON.stringify(catalogue)))).toEqual(catalogue)
  })

  it('reads every field', () => {
    const entry = entryOf({
      reasoning: true,
      tool_call: true,
      structured_output: false,
      open_weights: false,
      release_date: '2025-03-20',
      last_updated: '2025-06-05',
      modalities: { input: ['text', 'image', 'smell'], output: ['text'] },
      limit: { context: 200_000, output: 64_000 },
      cost: {
        input: 3,
        output: 15,
        cache_read: 0.30000000000000004,
        cache_write: 3.75,
        input_audio: 40,
        context_over_200k: { input: 6, output: 22.5 },
        tiers: [{ input: 6, output: 22.5, tier: { size: 200_000 } }],
      },
      status: 'deprecated',
      base_model: 'anthropic/claude-x',
    })
    expect(entry).toEqual({
      id: 'some-model',
      context_window: 200_000,
      max_output_tokens: 64_000,
      // what is paid up to the first tier, and for text
      pricing: { input: 3, output: 15, cached_input: 0.3 },
      modalities: { input: ['text', 'image'], output: ['text'] },
      capabilities: {
        tools: true,
        vision: true,
        reasoning: true,
        structured_output: false,
        open_weights: false,
      },
      released_at: '2025-03-20',
      deprecated: true,
      updated: '2025-06-05',
      base: 'anthropic/claude-x',
    })
  })

  it.each<[string, unknown, string]>([
    ['a price of 0, which may be unknown', { cost: { input: 0, output: 0, cache_read: 0 } }, 'pricing'],
    ['a day that is only a month', { release_date: '2025-03' }, 'released_at'],
    ['the first of a month, which stands for the month', { release_date: '2024-11-01' }, 'released_at'],
    ['a day to come', { release_date: '2027-03-01' }, 'released_at'],
    ['an output as long as the window', { limit: { context: 8_192, output: 8_192 } }, 'max_output_tokens'],
    ['an output without a window', { limit: { output: 8_192 } }, 'max_output_tokens'],
    ['a window of 0', { limit: { context: 0, output: 0 } }, 'context_window'],
    ['a negative window', { limit: { context: -1, output: 1 } }, 'context_window'],
    ['a price in a text', { cost: { input: '3', output: 15 } }, 'pricing.input'],
    ['a negative price', { cost: { input: -1, output: 15 } }, 'pricing.input'],
    ['a status that is not the end', { status: 'beta' }, 'deprecated'],
    ['a base that cannot be trusted', { base_model: 'a\u202eb' }, 'base'],
  ])('does not believe %s', (_, wire, field) => {
    expect(entryOf(wire)).toBeDefined()
    expect(entryOf(wire)).not.toHaveProperty(field)
  })

  it('leaves out what the provider’s own page contradicts', () => {
    const limit = { context: 400_000, output: 128_000 }
    const catalogue = read({ 'gpt-5-chat-latest': { limit }, 'gpt-5': { limit } })
    const [chat, other] = catalogue?.providers.openai ?? []
    expect(chat).toEqual({ id: 'gpt-5-chat-latest' })
    expect(other).toMatchObject({ context_window: 400_000 })
  })

  it('believes 0 where the id says that it is free', () => {
    const catalogue = read({ 'a/b:free': { cost: { input: 0, output: 0 } } }, 'openrouter')
    expect(catalogue?.providers.openrouter?.[0]?.pricing).toEqual({ input: 0, output: 0 })
  })

  it('is read whatever stands beside it within bounds', () => {
    expect(readCatalogue(withBeside('[[{}]]'), DATE)).toBeDefined()
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['no JSON', new TextEncoder().encode('<html>')],
    ['another JSON', bytes([1, 2])],
    ['a cut one', bytes({ openai: { models: { a: {} } } }).slice(0, -1)],
    ['a deep one', withBeside(`${'['.repeat(1e6)}${']'.repeat(1e6)}`)],
    ['one of millions of values', withBeside(`[${'{},'.repeat(2e6)}{}]`)],
    ['one that is too long', withBeside(`${' '.repeat(CATALOGUE_BYTES)}1`)],
    ['one of nobody we ask', bytes({ 'some-gateway': { models: { a: {} } } })],
    ['one whose models are a list', bytes({ openai: { models: [{ id: 'a' }] } })],
  ])('is not %s', (_, body) => {
    expect(readCatalogue(body, DATE)).toBeUndefined()
  })

  it('keeps names that every object has apart', () => {
    const text =
      '{"openai":{"models":{"__proto__":{"cost":{"input":7}},"constructor":{"reasoning":true},"toString":5}}}'
    const catalogue = readCatalogue(new TextEncoder().encode(text), DATE)
    expect(catalogue?.providers.openai?.map(({ id }) => id)).toEqual(['__proto__', 'constructor'])
    expect(catalogue?.providers.openai?.[0]?.pricing).toEqual({ input: 7 })
    expect(readCatalogue(new TextEncoder().encode('{"__proto__":{"models":{"a":{}}}}'), DATE)).toBeUndefined()
    expect(Object.keys({})).toEqual([])
  })

  it('survives anything in the place of its parts', () => {
    const ids = PROVIDERS.map(({ key, catalogueId = key }) => catalogueId)
    const fields = [
      'cost',
      'limit',
      'modalities',
      'release_date',
      'last_updated',
      'tool_call',
      'status',
      'base_model',
    ]
    const wire = fc.dictionary(fc.constantFrom(...fields, '__proto__'), fc.jsonValue({ maxDepth: 2 }))
    const models = fc.oneof(
      fc.dictionary(fc.string(), fc.oneof(wire, fc.jsonValue({ maxDepth: 1 }))),
      fc.jsonValue(),
    )
    const shelf = fc.oneof(fc.record({ models }), fc.jsonValue({ maxDepth: 1 }))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ids, '__proto__', 'other'), shelf), (body) => {
        const catalogue = readCatalogue(bytes(body), DATE)
        if (catalogue) expect(Catalogue.parse(JSON.parse(JSON.stringify(catalogue)))).toEqual(catalogue)
      }),
      { numRuns: 300 },
    )
  })
})

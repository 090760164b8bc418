import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from './limits.ts'
import type { ModelFacts, Provider } from './provider.ts'
import { openai as provider } from './providers/openai.ts'
import { Model } from './schema/model.ts'
import { isUsableId, toModel } from './to-model.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const RIGHT_TO_LEFT = '\u202e'

function modelOf(facts: Partial<ModelFacts>): Model {
  const model = toModel(provider satisfies Provider, { id: 'm', kind: 'chat', ...facts }, NOW)
  expect(Model.strict().parse(model)).toEqual(model)
  return model
}

it('says nothing where nothing is said', () => {
  expect(modelOf({})).toEqual({ id: 'openai/m', name: 'M', kind: 'chat' })
})

describe('tokens', () => {
  it.each([
    [128_000, 128_000],
    [128_000.9, 128_000],
    [1_000_000_000, 1_000_000_000],
    [0, undefined],
    [0.4, undefined],
    [-1, undefined],
    [1_000_000_001, undefined],
    [1e300, undefined],
    [Number.NaN, undefined],
    [null, undefined],
  ])('%s becomes %s', (said, tokens) => {
    const model = modelOf({ context_window: said, max_output_tokens: said })
    expect(model.context_window).toBe(tokens)
    expect(model.max_output_tokens).toBe(tokens)
    expect(Object.hasOwn(model, 'context_window')).toBe(tokens !== undefined)
  })
})

it.each([
  ['openai/gpt-oss-120b', 'openai/gpt-oss-120b'],
  ['https://huggingface.co/zai-org/GLM-5.1', 'zai-org/GLM-5.1'],
  ['https://huggingface.co/api/models/Qwen/Qwen3.5-9B', 'Qwen/Qwen3.5-9B'],
  ['https://huggingface.co/models/GLM-5.1', undefined],
  ['https://elsewhere.example/zai-org/GLM-5.1', undefined],
  ['no-owner', undefined],
  ['a/b c', undefined],
  ['a/b\n', undefined],
  ['', undefined],
  [null, undefined],
])('%j names the weights %s', (said, weights) => {
  expect(modelOf({ hugging_face_id: said }).hugging_face_id).toBe(weights)
})

describe('dates', () => {
  it.each([
    ['2026-03-31', '2026-03-31'],
    ['2026-03-31T12:00:00Z', '2026-03-31T12:00:00Z'],
    ['2026-03-31T12:00:00.123456Z', '2026-03-31T12:00:00Z'],
    ['2026-03-31T14:00:00+02:00', '2026-03-31T12:00:00Z'],
    ['2026-03-31T12:00:00', '2026-03-31T12:00:00Z'],
    ['2026-03-31T12:00', '2026-03-31T12:00:00Z'],
    ['2026-03-31t12:00:00z', '2026-03-31T12:00:00Z'],
    ['2026-03-31t12:00', '2026-03-31T12:00:00Z'],
    ['2026-03-31t14:00:00.5+0200', '2026-03-31T12:00:00Z'],
    ['2026-03-31T23:59:59-00:30', '2026-04-01T00:29:59Z'],
    ['2026-03-31T24:00:00Z', undefined],
    ['2026-03-31T24:00', undefined],
    ['2026-03-31T12:60:00Z', undefined],
    ['2026-03-31T12:00:00+99:99', undefined],
    ['2026-03-31T', undefined],
    ['2026-03-31 12:00:00Z', undefined],
    ['2026-03-31\n', undefined],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', undefined],
    ['2026-02-30T00:00:00Z', undefined],
    ['2026-13-01', undefined],
    ['2026-00-00', undefined],
    ['2026-00-15', undefined],
    ['2026-04-31', undefined],
    ['1970-01-01T00:00:00Z', undefined],
    ['1999-12-31', undefined],
    ['2098-12-31', undefined],
    ['9999-12-31', undefined],
    ['31.03.2026', undefined],
    ['2026-3-31', undefined],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%s becomes %s', (said, moment) => {
    const model = modelOf({ released_at: said, deprecated_at: said, retires_at: said })
    expect([model.released_at, model.deprecated_at, model.retires_at]).toEqual([moment, moment, moment])
  })

  it('are in the form of the schema, or left out, whatever is said', () => {
    const number = (digits: number) =>
      fc.nat(10 ** digits).map((value) => String(value).padStart(digits, '0'))
    const date = fc
      .tuple(fc.integer({ min: 1990, max: 2100 }).map(String), number(2), number(2))
      .map((parts) => parts.join('-'))
    const time = fc
      .tuple(number(2), fc.constantFrom(':', ''), number(2), fc.option(number(2)), fc.option(fc.nat()))
      .map(([hour, colon, minute, second, fraction]) =>
        [
          hour,
          colon,
          minute,
          second === null ? '' : `:${second}`,
          fraction === null ? '' : `.${fraction}`,
        ].join(''),
      )
    const zone = fc.oneof(
      fc.constantFrom('', 'Z', 'z', 'UTC', ' Z'),
      fc
        .tuple(fc.constantFrom('+', '-', '−'), number(2), fc.constantFrom(':', ''), number(2))
        .map((parts) => parts.join('')),
    )
    const odd = fc.oneof(
      fc.tuple(date, fc.constantFrom('T', 't', ' ', ''), time, zone).map((parts) => parts.join('')),
      fc.date({ noInvalidDate: true }).map((day) => day.toISOString()),
      date,
      fc.string(),
    )
    fc.assert(
      fc.property(odd, (said) => {
        // `modelOf` parses with the schema
        const { released_at: released, retires_at: retires } = modelOf({
          released_at: said,
          retires_at: said,
        })
        for (const moment of [released, retires]) {
          if (moment !== undefined) expect(new Date(moment).toISOString()).toContain(moment.slice(0, 19))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('a release may lie at most a day ahead, a retirement years', () => {
    expect(modelOf({ released_at: '2026-11-23' }).released_at).toBe('2026-11-23')
    expect(modelOf({ released_at: '2026-11-24' }).released_at).toBeUndefined()
    expect(modelOf({ retires_at: '2031-01-01' }).retires_at).toBe('2031-01-01')
  })

  it.each([
    [1_775_000_000, '2026-03-31T23:33:20Z'],
    [1_693_721_698.9, '2023-09-03T06:14:58Z'],
    [946_684_800, '2000-01-01T00:00:00Z'],
    [NOW / 1000 + 2 * 86_400, undefined],
    [946_684_799, undefined],
    [1_775_000_000_000, undefined],
    [0, undefined],
    [-1, undefined],
    [1e300, undefined],
    [Number.NaN, undefined],
  ])('in Unix seconds: %s becomes %s', (said, moment) => {
    expect(modelOf({ released_at: said }).released_at).toBe(moment)
  })
})

describe('prices', () => {
  it.each([
    [
      { input: 1.4, output: 4.4, cached_input: 0.26 },
      { input: 1.4, output: 4.4, cached_input: 0.26 },
    ],
    [
      { input: 0, output: 0 },
      { input: 0, output: 0 },
    ],
    [{ input: -1, output: 2 }, { output: 2 }],
    [{ input: Number.NaN, output: Number.POSITIVE_INFINITY }, undefined],
    [{ input: 100_001 }, undefined],
    [{ input: undefined }, undefined],
    [{}, undefined],
  ])('%j become %j', (said, pricing) => {
    expect(modelOf({ pricing: said }).pricing).toEqual(pricing)
  })
})

describe('modalities', () => {
  it.each([
    [
      ['text', 'image'],
      ['text', 'image'],
    ],
    [['file', 'pdf'], ['pdf']],
    [
      ['speech', 'transcription'],
      ['audio', 'text'],
    ],
    [['text', 'smell', 'constructor', '__proto__'], ['text']],
    [['smell'], undefined],
    [[], undefined],
    [null, undefined],
  ])('%j become %j', (said, known) => {
    expect(modelOf({ modalities: { input: said } }).modalities).toEqual(known && { input: known })
  })
})

it('keeps only the capabilities that are said', () => {
  const capabilities = { tools: true, vision: false, reasoning: undefined, citations: null }
  expect(modelOf({ capabilities }).capabilities).toEqual({ tools: true, vision: false })
  expect(modelOf({ capabilities: { tools: null } })).not.toHaveProperty('capabilities')
})

it('prefixes the ids it refers to, and never refers to itself', () => {
  const model = modelOf({ replacement: 'n', aliases: ['m', 'a', 'a', `b${RIGHT_TO_LEFT}`, '', 'c/d'] })
  expect(model.replacement).toBe('openai/n')
  expect(model.aliases).toEqual(['openai/a', 'openai/c/d'])
  expect(modelOf({ replacement: '', aliases: ['m'] })).toEqual(modelOf({}))
  const many = Array.from({ length: 100 }, (_, index) => `alias-${index}`)
  expect(modelOf({ aliases: ['m', ...many] }).aliases).toEqual(
    many.slice(0, LIMITS.aliases).map((alias) => `openai/${alias}`),
  )
})

describe('names', () => {
  it.each([
    ['  GPT-4o  ', 'GPT-4o'],
    ['', 'M'],
    ['   ', 'M'],
    [null, 'M'],
    [`abc${RIGHT_TO_LEFT}def`, `abc${RIGHT_TO_LEFT}def`],
    ['half \ud83d', 'half \ufffd'],
    ['x'.repeat(512), 'x'.repeat(512)],
    ['x'.repeat(1_000_000), `${'x'.repeat(512)}…`],
    ['😀'.repeat(512), '😀'.repeat(512)],
    ['😀'.repeat(500_000), `${'😀'.repeat(512)}…`],
    [`x${'😀'.repeat(1_000)}`, `x${'😀'.repeat(511)}…`],
  ])('%.20s…', (said, name) => {
    expect(modelOf({ name: said }).name).toBe(name)
    expect(name.isWellFormed()).toBe(true)
  })

  it('cuts descriptions later', () => {
    expect(modelOf({ description: 'x'.repeat(20_000) }).description).toHaveLength(20_000)
    expect(modelOf({ description: 'x'.repeat(20_001) }).description).toBe(`${'x'.repeat(20_000)}…`)
    expect(modelOf({ description: '' })).not.toHaveProperty('description')
  })
})

describe('isUsableId', () => {
  it.each([
    'gpt-4o',
    '~anthropic/claude-sonnet-latest',
    'accounts/fireworks/models/glm-5p1',
    'ft:gpt-4o:acme::x',
    '../../etc?#%20',
    'mødel-日本',
    '__proto__',
    'x'.repeat(256),
    '😀'.repeat(256),
  ])('takes %s', (id) => {
    expect(isUsableId(id)).toBe(true)
  })

  it.each([
    '',
    '  ',
    'a\nb',
    'a\0b',
    '\u001b[31m',
    `a${RIGHT_TO_LEFT}b`,
    'zero\u200bwidth',
    'line\u2028separator',
    'half\ud83d',
    'x'.repeat(257),
    '😀'.repeat(257),
    null,
    undefined,
    5,
    {},
  ])('refuses %j', (id) => {
    expect(isUsableId(id)).toBe(false)
  })
})

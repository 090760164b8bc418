import { Kind, Modality } from '@rollcall/core/schema'
import { SORT_KEYS } from '@rollcall/core/select-models'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModelView, NO_FILTER, readView, writeView } from './model-view.ts'

const NOTHING: ModelView = { search: '', ...NO_FILTER, sort: undefined, model: undefined }

describe('the view in the address', () => {
  it('is nothing where everything is as usual', () => {
    expect(readView('')).toEqual(NOTHING)
    expect(writeView(NOTHING)).toBe('')
  })

  it('reads as a person would write it', () => {
    const query =
      '?q=claude+haiku&provider=openai,groq&capability=tools,structured_output&min_context=128000&sort=-context&model=openrouter/a/b:free'
    expect(readView(query)).toEqual({
      ...NOTHING,
      search: 'claude haiku',
      providers: ['openai', 'groq'],
      capabilities: ['tools', 'structured_output'],
      leastContext: 128_000,
      sort: { by: 'context', isDescending: true },
      model: 'openrouter/a/b:free',
    })
    expect(writeView(readView(query))).toBe(query)
  })

  it('comes back as it went, whatever it is', () => {
    const some = <T>(values: readonly T[]) =>
      fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { nil: undefined })
    const view: fc.Arbitrary<ModelView> = fc.record({
      search: fc.string({ unit: 'grapheme' }).map((text) => text.toWellFormed()),
      providers: some(['openai', 'my-own_1']),
      kinds: some(Kind.options),
      capabilities: some(['tools', 'open_weights', 'a-new-one']),
      input: some(Modality.options),
      output: some(Modality.options),
      mostInputPrice: fc.option(fc.constantFrom(0, 0.15, 15), { nil: undefined }),
      mostOutputPrice: fc.option(fc.constantFrom(0, 0.6), { nil: undefined }),
      isFree: fc.constantFrom(true, undefined),
      leastContext: fc.option(fc.nat({ max: 10_000_000 }), { nil: undefined }),
      leastOutput: fc.option(fc.nat({ max: 10_000_000 }), { nil: undefined }),
      favourite: fc.constantFrom(true, false, undefined),
      hidden: fc.constantFrom(true as const, undefined),
      releasedSince: fc.constantFrom('2025-01-31', undefined),
      deprecated: fc.constantFrom('hide', 'only', undefined),
      sort: fc.option(fc.record({ by: fc.constantFrom(...SORT_KEYS), isDescending: fc.boolean() }), {
        nil: undefined,
      }),
      model: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(view, (one) => {
        expect(readView(writeView(one))).toEqual(one)
      }),
    )
  })

  it.each([
    ['kind=chat,nonsense', { kinds: ['chat'] }],
    ['kind=nonsense', {}],
    ['modality=smell,image', { input: ['image'] }],
    ['min_context=-1', {}],
    ['min_context=1,2', {}],
    ['min_context=1e9', {}],
    ['min_output=NaN&free=yes', {}],
    ['max_input_price=9999999999', {}],
    ['released_since=2025-02-31x&released_since=2025-01-01', {}],
    ['released_since=2025-13-01', {}],
    ['hidden=false&favourite=maybe', {}],
    ['sort=constructor', {}],
    ['sort=--context', {}],
    ['provider=groq,,groq&capability=,', { providers: ['groq'] }],
    ['deprecated=maybe&nonsense=1&free=true', { isFree: true }],
    ['q=%E0%A4%A', { search: '\ufffd%A' }],
  ])('passes over what is broken in "%s"', (query, rest) => {
    expect(readView(query)).toEqual({ ...NOTHING, ...rest })
  })
})

import { Kind, Modality } from '@rollcall/core/schema'
import { SORT_KEYS } from '@rollcall/core/select-models'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAPABILITIES, type ModelView, NO_FILTER, readView, writeView } from './model-view.ts'

const NOTHING: ModelView = { search: '', ...NO_FILTER, sort: undefined, model: undefined }

describe('the view in the address', () => {
  it('is nothing where everything is as usual', () => {
    expect(readView('')).toEqual(NOTHING)
    expect(writeView(NOTHING)).toBe('')
  })

  it('reads as a person would write it', () => {
    const query =
      '?q=claude+haiku&provider=openai,groq&can=tools,json&context=128000&sort=-context&model=openrouter/a/b:free'
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
      capabilities: some(CAPABILITIES.map(({ capability }) => capability)),
      input: some(Modality.options),
      output: some(Modality.options),
      mostInputPrice: fc.option(fc.constantFrom(0, 0.15, 15), { nil: undefined }),
      mostOutputPrice: fc.option(fc.constantFrom(0, 0.6), { nil: undefined }),
      isFree: fc.constantFrom(true, undefined),
      leastContext: fc.option(fc.nat({ max: 10_000_000 }), { nil: undefined }),
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
    ['can=fly,tools', { capabilities: ['tools'] }],
    ['context=-1', {}],
    ['context=1e9', {}],
    ['context=NaN&free=yes', {}],
    ['price=9999999999', {}],
    ['since=2025-02-31x&since=2025-01-01', {}],
    ['since=2025-13-01', {}],
    ['sort=constructor', {}],
    ['sort=--context', {}],
    ['provider=<img>,groq', { providers: ['groq'] }],
    ['deprecated=maybe&nonsense=1&free=1', { isFree: true }],
    ['q=%E0%A4%A', { search: '\ufffd%A' }],
  ])('passes over what is broken in "%s"', (query, rest) => {
    expect(readView(query)).toEqual({ ...NOTHING, ...rest })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  listed,
  member,
  nextByToken,
  perMillion,
  texts,
  token,
  undated,
  usd,
  withoutFloatNoise,
} from './wire-values.ts'

describe('perMillion', () => {
  it.each([
    ['0.00000003', 0.03],
    ['0.000003', 3],
    ['0.0000028', 2.8],
    ['0.0000000028', 0.0028],
    ['.0000005', 0.5],
    ['1e-7', 0.1],
    ['1.5E-6', 1.5],
    ['2.5e-7', 0.25],
    ['1e0', 1_000_000],
    ['1', 1_000_000],
    ['0', 0],
    ['0.000', 0],
    ['0.00000013999999999999999', 0.14],
  ])('reads %s as %d', (text, dollars) => {
    expect(perMillion(text)).toBe(dollars)
  })

  it.each(['-1', '-0.000001', 'abc', '', ' ', '1.', '.', '0x10', '1e', 'NaN', 'Infinity', '1,5', '1 ', '$1'])(
    'takes "%s" for no price',
    (text) => {
      expect(perMillion(text)).toBeUndefined()
    },
  )

  it.each([undefined, null])('knows nothing of %s', (nothing) => {
    expect(perMillion(nothing)).toBeUndefined()
  })

  it('is exact for every price of up to six digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 9 }), (digits, places) => {
        // the same digits with the point 6 places further right, read by the language itself
        expect(perMillion(`${digits}e-${places + 6}`)).toBe(Number(`${digits}e-${places}`))
      }),
    )
  })

  it('gives up on a megabyte of digits as fast as on a few', () => {
    // a backtracking pattern needs hours for this, and the test its time limit
    expect(perMillion(`${'1'.repeat(1_000_000)}x`)).toBeUndefined()
  })
})

describe('withoutFloatNoise', () => {
  it.each([
    [0.13999999999999999, 0.14],
    [0.30000000000000004, 0.3],
    [1.4, 1.4],
    [0, 0],
    [0.0028, 0.0028],
    [123456, 123456],
  ])('reads %d as %d', (noisy, meant) => {
    expect(withoutFloatNoise(noisy)).toBe(meant)
  })
})

describe('undated', () => {
  it.each([
    ['gpt-4o-2024-08-06', '-2024-08-06', 'gpt-4o'],
    ['claude-opus-4-20250514', '-20250514', 'claude-opus-4'],
    ['command-r-08-2024', '-08-2024', 'command-r'],
    ['mistral-medium-2508', '-2508', 'mistral-medium'],
    ['gpt-4-0613', '-0613', 'gpt-4'],
  ] as const)('finds the date in %s', (id, form, alias) => {
    expect(undated(id, form)).toEqual([alias, `${alias}-latest`])
  })

  it.each([
    ['gpt-4o', '-2024-08-06'],
    ['gpt-4o-2024-08-06-preview', '-2024-08-06'],
    ['model-4096', '-0613'],
    ['model-1300', '-0613'],
    ['model-0000', '-0613'],
    ['model-4096', '-2508'],
    ['model-1300', '-2508'],
    ['model-2513', '-2508'],
    ['model-2500', '-2508'],
    ['model-19990101', '-20250514'],
    ['model-2025051', '-20250514'],
    ['command-a-03-1999', '-08-2024'],
  ] as const)('finds none in %s', (id, form) => {
    expect(undated(id, form)).toEqual([])
  })

  it('tries several forms, in their order', () => {
    expect(undated('gpt-4-0613', '-2024-08-06', '-0613')).toEqual(['gpt-4', 'gpt-4-latest'])
    expect(undated('gpt-4-0613')).toEqual([])
  })
})

describe('readers of odd JSON', () => {
  it('sees own members only', () => {
    expect(member({}, 'constructor')).toBeUndefined()
    expect(member(JSON.parse('{"__proto__": 1}'), '__proto__')).toBe(1)
    expect(member('text', 'length')).toBeUndefined()
  })

  it.each([
    [{ next: 'abc' }, 'abc'],
    [{ next: '' }, undefined],
    [{ next: null }, undefined],
    [{ next: 5 }, undefined],
    [{}, undefined],
  ])('the token of %j is %j', (page, expected) => {
    expect(token(page, 'next')).toBe(expected)
  })

  it('asks for the next page by the token, where there is one', () => {
    const next = nextByToken('next', 'page')
    expect(next({ next: 'abc' })).toEqual({ query: { page: 'abc' } })
    for (const last of [{ next: '' }, {}, [], null, 'next']) expect(next(last)).toBeUndefined()
  })

  it('takes a list of what is supported for all of it, and no list for nothing said', () => {
    const words = { tools: 'tools', vision: 'image' }
    expect(listed(['image', 'audio'], words)).toEqual({ tools: false, vision: true })
    expect(listed([], words)).toEqual({ tools: false, vision: false })
    expect(listed(null, words)).toEqual({})
    expect(listed(undefined, words)).toEqual({})
  })

  it('leaves out what is no text', () => {
    expect(texts.parse(['a', 1, null, 'b'])).toEqual(['a', 'b'])
    expect(texts.parse('a')).toBeUndefined()
    expect(texts.parse(null)).toBeNull()
  })

  it('takes a price as text or number', () => {
    expect(usd.parse('0.1')).toBe('0.1')
    expect(usd.parse(1e-7)).toBe('1e-7')
    expect(usd.parse({})).toBeUndefined()
  })
})

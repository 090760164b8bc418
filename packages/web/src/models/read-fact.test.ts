import { describe, expect, it } from 'vitest'
import { type FactForm, type FactValue, withChanges } from './fact-fields.ts'
import { readFact, writtenFact } from './read-fact.ts'

describe('a fact as it is written into a form', () => {
  it.each<[FactForm, string, FactValue | undefined]>([
    ['tokens', ' ', undefined],
    ['tokens', ' 128,000 ', 128_000],
    ['price', '0', 0],
    ['price', '$0.15', 0.15],
    ['modalities', 'Text, image text', ['text', 'image']],
    ['day', '2024-02-29', '2024-02-29'],
    ['day', '2026-03-31T12:00:00Z', '2026-03-31T12:00:00Z'],
    ['id', 'openai/gpt-4o', 'openai/gpt-4o'],
    ['yes-no', 'no', false],
    ['kind', 'embedding', 'embedding'],
  ])('%s: reads “%s”', (form, text, value) => {
    expect(readFact(form, text)).toEqual(value === undefined ? {} : { value })
    expect(readFact(form, writtenFact(form, value)).value).toEqual(value)
  })

  it.each<[FactForm, string, RegExp]>([
    ['tokens', '128k', /whole number of tokens/],
    ['tokens', '0', /above 0/],
    ['tokens', '1,28', /whole number/],
    ['tokens', '9'.repeat(20), /whole number/],
    ['price', '0,15', /with a point/],
    ['price', '-1', /with a point/],
    ['price', '9'.repeat(400), /with a point/],
    ['modalities', 'text, smell', /any of text, image/],
    ['day', '2026-02-30', /day of the calendar/],
    ['day', '31.3.2026', /year-month-day/],
    ['id', 'gpt-4o', /has no slash/],
  ])('%s: says what is wrong with “%s”', (form, text, problem) => {
    expect(readFact(form, text)).toEqual({ problem: expect.stringMatching(problem) })
  })

  it('writes the smallest price as digits', () => {
    expect(readFact('price', writtenFact('price', 1e-7))).toEqual({ value: 1e-7 })
  })
})

describe('corrected facts', () => {
  it('change field by field and keep all else', () => {
    const facts = { context_window: 9, pricing: { input: 1, output: 2 }, capabilities: { 'a.b': true } }
    const changes = new Map<string, FactValue | undefined>([
      ['context_window', undefined],
      ['pricing.input', 0],
      ['capabilities.a.b', undefined],
      ['capabilities.__proto__', false],
    ])
    const changed = withChanges(facts, changes)
    expect(changed?.pricing).toEqual({ input: 0, output: 2 })
    expect(Object.entries(changed?.capabilities ?? {})).toEqual([['__proto__', false]])
    expect(Object.keys(changed ?? {}).sort()).toEqual(['capabilities', 'pricing'])
  })

  it('are nothing once the last is taken away', () => {
    expect(withChanges({ pricing: { input: 1 } }, new Map([['pricing.input', undefined]]))).toBeNull()
  })
})

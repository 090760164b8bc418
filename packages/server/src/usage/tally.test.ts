import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadOf } from './spread.ts'
import { type CountedAnswer, count, newTally, toFigures } from './tally.ts'

const FINISHED: CountedAnswer = {
  id: 'a-run.0',
  status: 'finished',
  code: null,
  input_tokens: 10,
  output_tokens: 20,
  cached_input_tokens: null,
  reasoning_tokens: 5,
  cost: 0.1,
  first_token_ms: 100,
  duration_ms: 1_000,
}
const SILENT = { input_tokens: null, output_tokens: null, reasoning_tokens: null, cost: null }
const BEFORE_FIRST_WORD: CountedAnswer = {
  ...FINISHED,
  ...SILENT,
  status: 'failed',
  code: 'key_rejected',
  first_token_ms: null,
}

function figuresOf(...answers: Partial<CountedAnswer>[]) {
  const tally = newTally()
  for (const answer of answers) count(tally, { ...FINISHED, ...answer })
  return toFigures(tally)
}

describe('percentiles', () => {
  it('are the least value that enough others do not exceed, whatever the values', () => {
    const naive = (values: readonly number[], percent: number) =>
      values
        .toSorted((a, b) => a - b)
        .find((value) => values.filter((other) => other <= value).length * 100 >= percent * values.length)
    const value = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0, max: 600_000, noNaN: true }))
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 120 }), (values) => {
        // a zero is a zero
        const positive = values.map((one) => one + 0)
        expect(spreadOf(positive)).toEqual({ median: naive(positive, 50), p95: naive(positive, 95) })
      }),
    )
  })

  it.each([
    [[], null],
    [[7], { median: 7, p95: 7 }],
    [[2, 1], { median: 1, p95: 2 }],
    [Array.from({ length: 20 }, (_, index) => 20 - index), { median: 10, p95: 19 }],
    [Array.from({ length: 100 }, (_, index) => index + 1), { median: 50, p95: 95 }],
  ])('of %j are %j', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread)
  })
})

describe('what is counted of answers', () => {
  it('is nothing, and not zero, where there are none', () => {
    expect(figuresOf()).toEqual({
      runs: 0,
      answers: 0,
      finished: 0,
      failed: 0,
      cancelled: 0,
      interrupted: 0,
      not_asked: 0,
      error_rate: null,
      tokens: { input: null, output: null, cached_input: null, reasoning: null },
      tokens_unknown: 0,
      cost: null,
      cost_unknown: 0,
      first_token_ms: null,
      duration_ms: null,
    })
  })

  it('is runs, however many models each of them asks', () => {
    const figures = figuresOf({}, { id: 'a-run.1' }, { id: 'another.0' }, { id: 'another.3' })
    expect(figures).toMatchObject({ runs: 2, answers: 4 })
  })

  it('is summed of those of which it is known, and the others are told', () => {
    expect(figuresOf({}, { cost: 0.2, cached_input_tokens: 0 }, { ...SILENT })).toMatchObject({
      answers: 3,
      tokens: { input: 20, output: 40, cached_input: 0, reasoning: 10 },
      tokens_unknown: 1,
      // and not 0.30000000000000004
      cost: 0.3,
      cost_unknown: 1,
    })
    expect(figuresOf({ output_tokens: null })).toMatchObject({
      tokens: { input: 10, output: null },
      tokens_unknown: 1,
      cost_unknown: 0,
    })
  })

  it('holds nobody’s stop, the server’s end and a key that was not there against a provider', () => {
    const figures = figuresOf(
      {},
      { status: 'cancelled', code: 'cancelled' },
      { status: 'interrupted', code: 'interrupted' },
      { ...BEFORE_FIRST_WORD, code: 'no_key' },
      { ...BEFORE_FIRST_WORD, code: 'key_unreadable' },
      BEFORE_FIRST_WORD,
    )
    expect(figures).toMatchObject({
      answers: 6,
      finished: 1,
      failed: 1,
      cancelled: 1,
      interrupted: 1,
      not_asked: 2,
      error_rate: 0.5,
    })
    expect(figuresOf({ status: 'cancelled' }).error_rate).toBeNull()
  })

  it('misses no cost of what failed before its first word, but of all else that was asked', () => {
    const costUnknown = (answer: Partial<CountedAnswer>) => figuresOf({ ...SILENT, ...answer }).cost_unknown
    expect(costUnknown(BEFORE_FIRST_WORD)).toBe(0)
    expect(costUnknown({ ...BEFORE_FIRST_WORD, code: 'no_key' })).toBe(0)
    expect(costUnknown({ status: 'failed', code: 'upstream_error' })).toBe(1)
    expect(costUnknown({ status: 'cancelled', first_token_ms: null })).toBe(1)
    expect(costUnknown({ status: 'interrupted' })).toBe(1)
  })

  it('takes for a latency only what a finished answer took', () => {
    const quick = { first_token_ms: 1, duration_ms: 1 }
    const figures = figuresOf(
      {},
      { ...quick, status: 'failed' },
      { ...quick, status: 'cancelled' },
      { ...quick, status: 'interrupted' },
    )
    expect(figures.first_token_ms).toEqual({ median: 100, p95: 100 })
    expect(figures.duration_ms).toEqual({ median: 1_000, p95: 1_000 })
  })
})

import { expect, it } from 'vitest'
import { answerFacts } from './answer-facts.ts'
import type { RunFailed, RunFinish } from './run-part.ts'

const FINISH: RunFinish = {
  type: 'finish',
  reason: 'stop',
  usage: { input: 1_000_000, output: 301 },
  is_reasoning_shown: false,
  adjusted: [],
  first_token_ms: 500,
  duration_ms: 3_500,
}
const FAILURE: RunFailed = {
  type: 'failure',
  code: 'rate_limited',
  message: 'Slower.',
  http_status: 429,
  retry_after_ms: 60_000,
  first_token_ms: null,
  duration_ms: 20,
}
const PRICE = { pricing: { input: 2, output: 10 }, source: { from: 'models.dev', date: '2026-02-19' } }

it('tell speed and cost where they are known', () => {
  const facts = answerFacts('a/b', FINISH, PRICE, 0)
  expect(facts).toMatchObject({ status: 'finished', tokens_per_second: 100, pricing_source: PRICE.source })
  expect(facts.cost).toBeCloseTo(2.003_01, 10)
  expect(answerFacts('a/b', FINISH, undefined, 0)).toMatchObject({ pricing: null, cost: null })
})

it.each<[string, Partial<RunFinish>]>([
  ['that nobody counted', { usage: {} }],
  ['that came all at once', { first_token_ms: 3_500 }],
  ['of which none was shown', { first_token_ms: null }],
  ['of which there was one', { usage: { output: 1 } }],
  ['that were all reasoning but one', { usage: { output: 301, reasoning: 300 } }],
])('tell no speed of tokens %s', (_, change) => {
  expect(answerFacts('a/b', { ...FINISH, ...change }, PRICE, 0).tokens_per_second).toBeNull()
})

it.each([
  [false, 50],
  [true, 100],
])('count reasoning only where it was shown (%s)', (is_reasoning_shown, speed) => {
  const usage = { output: 301, reasoning: 150 }
  expect(answerFacts('a/b', { ...FINISH, usage, is_reasoning_shown }, PRICE, 0).tokens_per_second).toBe(speed)
})

it('tell why there is none, and when to try again', () => {
  expect(answerFacts('a/b', FAILURE, PRICE, 0)).toMatchObject({
    status: 'failed',
    failure: { code: 'rate_limited', http_status: 429, retry_at: '1970-01-01T00:01:00.000Z' },
    usage: {},
    cost: null,
  })
  expect(answerFacts('a/b', { ...FAILURE, code: 'cancelled' }, PRICE, 0).status).toBe('cancelled')
})

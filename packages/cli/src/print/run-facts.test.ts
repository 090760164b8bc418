import type { RunAnswerFacts } from '@rollcall/core/schema'
import { expect, it } from 'vitest'
import { adjustedSentence, factsLine } from './run-facts.ts'

const ANSWER: RunAnswerFacts = {
  model: 'openai/a',
  status: 'finished',
  finish_reason: 'stop',
  failure: null,
  usage: { input: 1200, output: 214, cached_input: 1000, reasoning: 24 },
  adjusted: [],
  first_token_ms: 420,
  duration_ms: 4_000,
  tokens_per_second: 59.8,
  pricing: null,
  pricing_source: null,
  cost: 0.00214,
}

it.each<[string, Partial<RunAnswerFacts>, RegExp]>([
  [
    'all',
    {},
    /^finished · first token 0\.42 s · all in 4\.00 s · 60 tokens\/s · 1,200 tokens in \(1,000 cached\), 214 out \(24 reasoning\) · \$0\.00214$/,
  ],
  ['a cost that is not known', { cost: null }, / · cost unknown$/],
  ['what is free', { cost: 0 }, / · free$/],
  ['a large cost', { cost: 1234.5 }, / · \$1,234\.50$/],
  ['a small one', { cost: 0.0000001234 }, / · \$0\.000000123$/],
  ['ten cents', { cost: 0.1 }, / · \$0\.10$/],
  ['tokens that nobody counted', { usage: {} }, / · tokens not counted · /],
  ['half of the tokens', { usage: { output: 3 } }, / · — tokens in, 3 out · /],
  ['a slow one', { tokens_per_second: 0.52 }, / · 0\.5 tokens\/s · /],
  ['no speed', { tokens_per_second: null, first_token_ms: null }, /^finished · all in 4\.00 s · 1,200/],
  ['why it ended', { finish_reason: 'length' }, /^cut at its token limit · /],
])('tells %s', (_, change, line) => {
  expect(factsLine({ ...ANSWER, ...change })).toMatch(line)
})

it('names what was sent otherwise', () => {
  expect(adjustedSentence(ANSWER)).toBeUndefined()
  expect(adjustedSentence({ ...ANSWER, adjusted: ['temperature', 'top_p'] })).toContain(
    '--temperature and --top-p',
  )
})

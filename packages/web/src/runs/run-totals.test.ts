import type { RunAnswerFacts } from '@rollcall/core/schema'
import { expect, it } from 'vitest'
import { longestDuration, totalCost, totalTokens } from './run-totals.ts'

function facts(cost: number | null, duration_ms: number | null = 1_000, usage: RunAnswerFacts['usage'] = {}) {
  const status = cost === null ? 'failed' : 'finished'
  return { status, cost, duration_ms, usage } as RunAnswerFacts
}

it.each<[string, RunAnswerFacts[]]>([
  ['$0.03', [facts(0.01), facts(0.02)]],
  ['≥ $0.01', [facts(0.01), facts(null)]],
  // one that was never asked cost nothing
  ['$0.01', [facts(0.01), facts(null, null)]],
  ['≥ $0.01', [facts(0.01), { ...facts(null, null), status: 'running' }]],
  ['—', [facts(null), facts(null)]],
  ['$0', [facts(0)]],
  ['—', []],
])('the cost is %s', (total, answers) => {
  expect(totalCost(answers)).toBe(total)
})

it('tokens and time are those that are known', () => {
  const answers = [facts(0, 500, { input: 10, output: 5 }), facts(0, null, { output: 7 }), facts(0, 900)]
  expect(totalTokens(answers)).toBe('≥ 22')
  const all = [facts(0, 500, { input: 1_000, output: 22 }), facts(null, null)]
  expect(totalTokens(all)).toBe('1,022')
  expect(longestDuration(answers)).toBe(900)
  expect(totalTokens([facts(0)])).toBeNull()
  expect(longestDuration([])).toBeNull()
})

import { expect, it } from 'vitest'
import { createRetryBudget } from './retry-budget.ts'

/** How many of these calls were retried, where each wants to be. */
function retriesIn(calls: number, budget = createRetryBudget(), providerKey = 'openai'): number {
  let retries = 0
  for (let call = 0; call < calls; call++) {
    budget.recordCall(providerKey)
    if (budget.takeRetry(providerKey)) retries++
  }
  return retries
}

it('allows the first few, then about one in ten', () => {
  expect(retriesIn(3)).toBe(3)
  expect(retriesIn(1_000)).toBeGreaterThanOrEqual(100)
  expect(retriesIn(1_000)).toBeLessThanOrEqual(104)
})

it('gives one more after ten calls, and not before', () => {
  const budget = createRetryBudget()
  while (budget.takeRetry('openai')) {
    // spent to the last one
  }
  for (let round = 0; round < 100; round++) {
    for (let call = 0; call < 9; call++) budget.recordCall('openai')
    expect(budget.takeRetry('openai')).toBe(false)
    budget.recordCall('openai')
    expect(budget.takeRetry('openai')).toBe(true)
    expect(budget.takeRetry('openai')).toBe(false)
  }
})

it('does not save up for later', () => {
  const budget = createRetryBudget()
  for (let call = 0; call < 1_000; call++) budget.recordCall('openai')
  let retries = 0
  while (budget.takeRetry('openai')) retries++
  expect(retries).toBe(3)
})

it('keeps providers apart', () => {
  const budget = createRetryBudget()
  retriesIn(100, budget)
  expect(retriesIn(3, budget, 'groq')).toBe(3)
})

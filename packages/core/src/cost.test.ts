import { expect, it } from 'vitest'
import { costOf } from './cost.ts'

const pricing = { input: 2, output: 8, cached_input: 0.5 }

it.each([
  [{ input: 1_000_000, output: 500_000 }, pricing, 6],
  [{ input: 1_000_000, output: 0, cached_input: 400_000 }, pricing, 1.4],
  // reasoning is a part of the output and not paid twice
  [{ input: 0, output: 1_000_000, reasoning: 900_000 }, pricing, 8],
  [{ input: 10, output: 10 }, { input: 0, output: 0 }, 0],
  [{ input: 10, output: 0 }, { input: 3 }, 0.000_03],
])('%j at %j costs %d USD', (usage, prices, cost) => {
  expect(costOf(usage, prices)).toBeCloseTo(cost, 12)
})

it.each([
  ['no price', { input: 1, output: 1 }, undefined],
  ['no price of output', { input: 1, output: 1 }, { input: 1 }],
  ['no count of input', { output: 1 }, pricing],
  ['no count of output', { input: 1 }, pricing],
  ['no price of what was cached', { input: 9, output: 1, cached_input: 4 }, { input: 1, output: 1 }],
])('is unknown with %s', (_, usage, prices) => {
  expect(costOf(usage, prices)).toBeUndefined()
})

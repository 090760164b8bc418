import { expect, it } from 'vitest'
import { dollars, percent } from './figures.ts'

it.each([
  [0, '$0'],
  [0.000_000_12, '$0.00000012'],
  [0.002_149, '$0.00215'],
  [0.5, '$0.50'],
  [0.214_9, '$0.215'],
  [0.999_9, '$1.00'],
  [1, '$1.00'],
  [1234.5, '$1,234.50'],
  [null, '—'],
  [undefined, '—'],
])('%s dollars are %s', (usd, words) => {
  expect(dollars(usd)).toBe(words)
})

it.each([
  [0, '0%'],
  [0.000_9, '<0.1%'],
  [0.021_4, '2.1%'],
  [1 / 3, '33.3%'],
  [1, '100%'],
  [null, '—'],
])('%s is %s', (part, words) => {
  expect(percent(part)).toBe(words)
})

import { expect, it } from 'vitest'
import { expiryText } from './expiry-text.ts'

it.each([
  [null, 'never expires'],
  ['2027-01-02T03:04:05.000Z', 'expires 2027-01-02'],
  ['2026-11-24T00:00:00.000Z', 'expired'],
])('%j is told as %j', (moment, text) => {
  expect(expiryText(moment, Date.parse('2026-11-24T00:00:00.000Z'))).toBe(text)
})

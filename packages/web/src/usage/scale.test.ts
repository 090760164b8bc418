import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scaleFor } from './scale.ts'

it.each([
  [0, [0, 1]],
  [1, [0, 0.25, 0.5, 0.75, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [0.0023, [0, 0.001, 0.002, 0.003]],
  [12_400, [0, 5_000, 10_000, 15_000]],
])('up to %d: %j', (most, lines) => {
  expect(scaleFor(most)).toEqual(lines)
})

it('holds every figure, in a few even steps', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (most) => {
      const lines = scaleFor(most)
      expect(lines.length).toBeLessThanOrEqual(5)
      expect(lines.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9))
      expect(lines.at(-2)).toBeLessThan(most)
    }),
  )
})

import type { UsageFigures } from '@rollcall/core/schema'

/** Of these values, the least one that at least half of them, or 95 in 100, do not exceed: one that did occur. */
export function spreadOf(values: readonly number[]): UsageFigures['duration_ms'] {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  // whole numbers until the division: 0.95 × 20 may come to more than 19
  const atPercent = (percent: number) => sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0
  return { median: atPercent(50), p95: atPercent(95) }
}

import { dollars } from '@rollcall/core/figures'
import type { RunAnswerFacts } from '@rollcall/core/schema'

type Facts = readonly RunAnswerFacts[]

/** "$0.0021"; "≥ $0.0021" where only some are known; "—" where none is. */
export function totalCost(answers: Facts): string {
  const known = answers.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  if (known.length === 0) return '—'
  // whoever was never asked cost nothing
  const isAll = answers.every(
    ({ cost, status, duration_ms }) => cost !== null || (status === 'failed' && duration_ms === null),
  )
  const sum = dollars(known.reduce((total, cost) => total + cost, 0))
  return isAll ? sum : `≥ ${sum}`
}

/** Of input and output together; null where nobody counted. */
export function totalTokens(answers: Facts): number | null {
  const counts = answers.flatMap(({ usage: { input, output } }) => [input, output])
  const known = counts.filter((count) => count !== undefined)
  return known.length === 0 ? null : known.reduce((total, count) => total + count, 0)
}

/** Of the answer that took longest, in ms; null where none has ended. */
export function longestDuration(answers: Facts): number | null {
  const durations = answers.flatMap(({ duration_ms }) => (duration_ms === null ? [] : [duration_ms]))
  return durations.length === 0 ? null : Math.max(...durations)
}

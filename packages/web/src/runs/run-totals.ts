import { dollars } from '@rollcall/core/figures'
import type { RunAnswerFacts } from '@rollcall/core/schema'

type Facts = readonly RunAnswerFacts[]

/** "$0.0021"; "≥ $0.0021" where only some are known; "—" where none is. */
export function totalCost(answers: Facts): string {
  const known = answers.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  if (known.length === 0) return '—'
  const isAll = answers.every((answer) => answer.cost !== null || wasNeverAsked(answer))
  const sum = dollars(known.reduce((total, cost) => total + cost, 0))
  return isAll ? sum : `≥ ${sum}`
}

/** Of input and output together: "1,022"; "≥ 1,022" where only some were counted; null where none was. */
export function totalTokens(answers: Facts): string | null {
  const asked = answers.filter((answer) => !wasNeverAsked(answer))
  const counts = asked.flatMap(({ usage: { input, output } }) => [input, output])
  const known = counts.filter((count) => count !== undefined)
  if (known.length === 0) return null
  const sum = known.reduce((total, count) => total + count, 0).toLocaleString('en')
  return known.length === counts.length ? sum : `≥ ${sum}`
}

/** Of the answer that took longest, in ms; null where none has ended. */
export function longestDuration(answers: Facts): number | null {
  const durations = answers.flatMap(({ duration_ms }) => (duration_ms === null ? [] : [duration_ms]))
  return durations.length === 0 ? null : Math.max(...durations)
}

/** Such a one cost nothing. */
function wasNeverAsked({ status, duration_ms }: RunAnswerFacts): boolean {
  return status === 'failed' && duration_ms === null
}

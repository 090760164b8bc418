import { MOST_USAGE_DAYS, USUAL_USAGE_DAYS } from '@rollcall/core/schema'
import type { Request } from '../http/bind.ts'
import { Refusal } from '../refusal.ts'

const DAY_MS = 24 * 60 * 60_000

/** Days of UTC as whole numbers since the epoch, both included. */
export interface UsageRange {
  from: number
  to: number
}

/** Which days are asked for. */
export function readRange(
  { days, from, to }: Pick<Request<'showUsage'>['query'], 'days' | 'from' | 'to'>,
  now: number,
): UsageRange | Refusal {
  const refuse = (field: string, message: string) => new Refusal('invalid_request', message, { field })
  if (from !== undefined && days !== undefined) {
    return refuse('days', 'days has no say beside from: give one of them.')
  }
  const last = to === undefined ? dayOf(now) : numberOf(to)
  const first = from === undefined ? last - (days ?? USUAL_USAGE_DAYS) + 1 : numberOf(from)
  if (first > last) return refuse('from', `from is after ${to === undefined ? 'today' : 'to'}.`)
  if (last - first >= MOST_USAGE_DAYS) {
    return refuse(
      'from',
      `from is more than ${MOST_USAGE_DAYS} days before the end of the range: ask for less at a time.`,
    )
  }
  return { from: first, to: last }
}

/** The day on which a moment lies. */
export function dayOf(moment: number): number {
  return Math.floor(moment / DAY_MS)
}

/** The moment at which a day begins. */
export function beginOf(day: number): number {
  return day * DAY_MS
}

/** As `2026-01-31`. */
export function dayText(day: number): string {
  return new Date(beginOf(day)).toISOString().slice(0, 10)
}

function numberOf(day: string): number {
  return dayOf(Date.parse(`${day}T00:00:00Z`))
}

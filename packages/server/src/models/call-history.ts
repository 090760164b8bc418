import type { Failure, KnownList } from '@rollcall/core'
import type { FailureCode } from '@rollcall/core/schema'

/** How one call for a list went. */
export interface ListCall {
  /** Milliseconds since the epoch, when its answer was complete; kept to the second. */
  at: number
  ms: number
  /** Null: it brought the whole list. */
  code: FailureCode | null
}

interface LastFailure extends Pick<Failure, 'code' | 'detail' | 'httpStatus'> {
  at: number
}

/** The last calls of one key, the latest at the end; the last of either kind are known also when they are older. */
export interface CallHistory {
  calls: readonly ListCall[]
  lastSuccessAt: number | null
  lastFailure: LastFailure | null
}

export const NO_CALLS: CallHistory = { calls: [], lastSuccessAt: null, lastFailure: null }
const MOST_CALLS = 50
const BASE = 36

/** What a call adds, that took `ms` and after which `known` is known. */
export function withCall(history: CallHistory, known: KnownList, at: number, ms: number): CallHistory {
  const failure = known.trouble ?? known.list?.flaw ?? null
  const code = failure?.code ?? null
  // a key that cannot be opened goes nowhere
  const call = code === 'key_unreadable' ? [] : [{ at, ms: Math.round(ms), code }]
  return {
    calls: [...history.calls, ...call].slice(-MOST_CALLS),
    lastSuccessAt: failure ? history.lastSuccessAt : at,
    lastFailure: failure ? toLastFailure(failure, at) : history.lastFailure,
  }
}

function toLastFailure({ code, detail, httpStatus }: Omit<LastFailure, 'at'>, at: number): LastFailure {
  return {
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    at,
  }
}

/**
 * As it is stored: each call is its seconds since the one before it, its milliseconds, and why it failed, so that fifty
 * of them are half a kilobyte.
 */
export function writeHistory({ calls, lastSuccessAt, lastFailure }: CallHistory): string {
  let before = 0
  const words = calls.map(({ at, ms, code }) => {
    const second = Math.round(at / 1000)
    const word = [(second - before).toString(BASE), ms.toString(BASE), ...(code === null ? [] : [code])]
    before = second
    return word.join(':')
  })
  return JSON.stringify({ calls: words.join(' '), lastSuccessAt, lastFailure })
}

export function readHistory(text: string | null | undefined): CallHistory {
  if (!text) return NO_CALLS
  const { calls, ...last } = JSON.parse(text) as Omit<CallHistory, 'calls'> & { calls: string }
  let second = 0
  const read = calls.split(' ').flatMap((word): ListCall[] => {
    const [since, ms, code] = word.split(':')
    if (!since || !ms) return []
    second += Number.parseInt(since, BASE)
    return [{ at: second * 1000, ms: Number.parseInt(ms, BASE), code: (code ?? null) as FailureCode | null }]
  })
  return { calls: read, ...last }
}

/** How long calls take that bring a list, and how many brought none. */
export function figuresOf(calls: readonly ListCall[]) {
  const times = calls.flatMap(({ ms, code }) => (code === null ? [ms] : [])).sort((a, b) => a - b)
  return {
    median_ms: percentile(times, 0.5),
    p95_ms: percentile(times, 0.95),
    failed_count: calls.length - times.length,
  }
}

/** The least of them that so many do not exceed. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null
}

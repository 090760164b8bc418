import { member } from './wire-values.ts'

const LEAST_MS = 1_000
const MOST_MS = 900_000
/** For a missing or unreadable wish. */
export const DEFAULT_RETRY_AFTER_MS = 30_000

/**
 * How long a provider asks us to stay away: `retry-after-ms`, `retry-after` (seconds or an HTTP date), else Google's
 * RetryInfo. Always between 1 and 900 s, whatever was sent; undefined where nothing was said.
 */
export function readRetryAfter(
  headers: Readonly<Record<string, string>>,
  body: unknown,
  nowMs: number,
): number | undefined {
  const milliseconds = headers['retry-after-ms']
  if (milliseconds !== undefined)
    return clamp(/^\d+(\.\d+)?$/.test(milliseconds) ? Number(milliseconds) : undefined)
  const value = headers['retry-after']?.trim()
  if (value !== undefined) {
    if (/^\d+(\.\d+)?$/.test(value)) return clamp(Number(value) * 1000)
    // only the one date form HTTP has: Date.parse would also read "-5" as a year
    const isDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)
    return clamp(isDate ? Math.max(Date.parse(value) - nowMs, LEAST_MS) : undefined)
  }
  const delay = googleRetryDelay(body)
  return delay === undefined ? undefined : clamp(delay * 1000)
}

/** `error.details[]` of type google.rpc.RetryInfo carries `retryDelay: "48s"`; Google sends no header. */
function googleRetryDelay(body: unknown): number | undefined {
  const details = member(member(body, 'error'), 'details')
  if (!Array.isArray(details)) return undefined
  for (const detail of details) {
    const delay = member(detail, 'retryDelay')
    const seconds = typeof delay === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1] : undefined
    if (seconds !== undefined) return Number(seconds)
  }
  return undefined
}

function clamp(wishMs: number | undefined): number {
  if (wishMs === undefined || !Number.isFinite(wishMs)) return DEFAULT_RETRY_AFTER_MS
  return Math.min(Math.max(wishMs, LEAST_MS), MOST_MS)
}

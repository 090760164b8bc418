import type { Failure } from './failure.ts'
import { type JsonPage, readJsonPage } from './json-page.ts'
import type { Limits } from './limits.ts'
import { readRefusal } from './read-refusal.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { HttpGet } from './transport.ts'

export interface PageSource {
  get: HttpGet
  headers: Readonly<Record<string, string>>
  signal: AbortSignal
  /** When `signal` fires, by `performance.now()`. */
  deadline: number
  limits: Limits
  providerKey: string
  retryBudget: RetryBudget
  now: () => number
  random: () => number
}

/** One page as JSON, with the one retry a passing fault is worth. */
export async function getPage(
  source: PageSource,
  url: string,
  entriesAt: readonly string[],
  mostBytes: number = source.limits.bodyBytes,
): Promise<{ page: JsonPage; bytes: number } | { failure: Failure }> {
  source.retryBudget.recordCall(source.providerKey)
  const first = await attempt(source, url, entriesAt, mostBytes)
  if (!('failure' in first)) return first
  const delayMs = delayBeforeRetry(first.failure, source)
  if (delayMs === undefined || !source.retryBudget.takeRetry(source.providerKey)) return first
  await sleep(delayMs, source.signal)
  return source.signal.aborted ? first : attempt(source, url, entriesAt, mostBytes)
}

/** How long to wait before the retry; undefined where there is to be none. */
function delayBeforeRetry(
  failure: Failure,
  { limits, deadline, random, signal }: PageSource,
): number | undefined {
  // `x-should-retry: false` stands over everything else
  if (signal.aborted || failure.isRetryable === false) return undefined
  const leftMs = deadline - performance.now()
  if (failure.retryAfterMs !== undefined) {
    // a short wish is waited for, a long one is for the next call
    const mayPass = failure.isRetryable || failure.code === 'rate_limited'
    const isShort = failure.retryAfterMs <= limits.waitAtMostMs && failure.retryAfterMs < leftMs
    return mayPass && isShort ? failure.retryAfterMs : undefined
  }
  if (!failure.isRetryable || leftMs < limits.retryNeedsMs) return undefined
  const { least, most } = limits.retryDelayMs
  const jitterMs = least + random() * (most - least)
  return failure.httpStatus === 529 ? 2.5 * most + jitterMs : jitterMs
}

async function attempt(
  source: PageSource,
  url: string,
  entriesAt: readonly string[],
  mostBytes: number,
): Promise<{ page: JsonPage; bytes: number } | { failure: Failure }> {
  const { get, headers, signal, limits } = source
  const result = await get({
    url,
    headers,
    signal,
    mostBytes,
    mostErrorBytes: limits.errorBodyBytes,
  })
  if ('failure' in result) return result
  const { answer } = result
  const { status, body } = answer
  if (status === 200) {
    const read = readJsonPage(body, answer.headers['content-type'], entriesAt, limits)
    if ('failure' in read) return { failure: { ...read.failure, httpStatus: status } }
    return { page: read.page, bytes: body.length }
  }
  return { failure: readRefusal(answer, url, source.now()).failure }
}

function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, delayMs)
    signal.addEventListener('abort', wake, { once: true })
  })
}

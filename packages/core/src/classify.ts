import type { Failure } from './failure.ts'
import { readRetryAfter } from './retry-after.ts'
import type { FailureCode } from './schema/available-models.ts'
import type { HttpAnswer } from './transport.ts'
import { member } from './wire-values.ts'

/** Spent credit comes back when a person acts, not in seconds. */
const NO_CREDIT_RETRY_MS = 900_000

/** Machine codes that decide whatever the status says: 400, 401 and 403 all occur for a bad key. */
const CODES: Readonly<Record<string, FailureCode>> = {
  API_KEY_INVALID: 'key_rejected', // Google, with 400
  UNAUTHORIZED: 'key_rejected', // Fireworks' control plane, with 403
  invalid_api_key: 'key_rejected', // OpenAI, Groq, Together
  wrong_api_key: 'key_rejected', // Cerebras
  authentication_error: 'key_rejected', // Anthropic, DeepSeek
  account_deactivated: 'key_rejected', // OpenAI
  SERVICE_DISABLED: 'no_permission', // Google: the API is off in the key's project
  API_KEY_SERVICE_BLOCKED: 'no_permission', // Google: the key is limited to other APIs
  CONSUMER_SUSPENDED: 'no_permission', // Google; its message contains the whole key
  permission_error: 'no_permission', // Anthropic
  unsupported_country_region_territory: 'region_blocked', // OpenAI
  insufficient_quota: 'no_credit', // OpenAI, with 429
  billing_error: 'no_credit', // Anthropic
  rate_limit_exceeded: 'rate_limited', // OpenAI
  rate_limit_error: 'rate_limited', // Anthropic
}

/** Where no code is sent, words that vendors have kept stable; only matched, never kept. */
const WORDS: readonly [RegExp, FailureCode][] = [
  [/missing scopes/i, 'no_permission'], // OpenAI: a restricted key, 401 or 403 with code null
  [/user location is not supported/i, 'region_blocked'], // Google, 400 FAILED_PRECONDITION
  [/credit balance is too low/i, 'no_credit'], // Anthropic, formerly 400
  [/^(incorrect|invalid) api (key|token)\b/i, 'key_rejected'], // xAI (400), Cohere
  [/^api key (not valid|expired)\b/i, 'key_rejected'], // Google, 400
]

/** What an HTTP answer that is not a 200 list means: content type first, machine codes next, status last. */
export function classify(
  answer: Pick<HttpAnswer, 'status' | 'headers'>,
  body: unknown,
  /** A web page, or another word of something in front of the provider. */
  isGateway: boolean,
  nowMs: number,
): Failure {
  const { status, headers } = answer
  const failure: Failure = { ...byCode(status, body, isGateway), httpStatus: status }
  if (headers['x-should-retry'] === 'false') failure.isRetryable = false
  const retryAfterMs = readRetryAfter(headers, body, nowMs)
  if (failure.code === 'no_credit') failure.retryAfterMs = Math.max(retryAfterMs ?? 0, NO_CREDIT_RETRY_MS)
  else if (failure.code === 'rate_limited' || status >= 500) {
    if (retryAfterMs !== undefined) failure.retryAfterMs = retryAfterMs
  }
  return failure
}

function byCode(status: number, body: unknown, isGateway: boolean): Failure {
  // a gateway or firewall never speaks about the key, even with 401
  if (isGateway && status === 403) return { code: 'blocked', detail: 'firewall' }
  if (isGateway && [401, 402, 498].includes(status)) return { code: 'upstream_error' }
  if (isGateway) return byStatus(status)
  // the most urgent word of all comes with codes that say less: Google, 403 PERMISSION_DENIED
  if (messages(body).some((message) => /reported as leaked/i.test(message))) {
    return { code: 'key_rejected', detail: 'key_leaked' }
  }
  for (const word of machineWords(body)) {
    const code = Object.hasOwn(CODES, word) ? CODES[word] : undefined
    if (code) return { code }
  }
  for (const message of messages(body)) {
    const match = WORDS.find(([pattern]) => pattern.test(message))
    if (match) return { code: match[1] }
  }
  return byStatus(status)
}

/** `code`, `type`, `status`, `reason`, `error_code`: at the top, under `error`, or in Google's `error.details[]`. */
function machineWords(body: unknown): string[] {
  const error = member(body, 'error')
  const details = member(error, 'details')
  const places = [...(Array.isArray(details) ? details : [details]), error, body]
  return places.flatMap((place) =>
    ['reason', 'error_code', 'code', 'type', 'status'].flatMap((name) => {
      const word = member(place, name)
      return typeof word === 'string' ? [word] : []
    }),
  )
}

/** `error` may be the message itself (OpenAI's scopes, xAI); Mistral and Cohere have none. */
function messages(body: unknown): string[] {
  const error = member(body, 'error')
  return [error, member(error, 'message'), member(body, 'message'), member(body, 'detail')].filter(
    (message) => typeof message === 'string',
  )
}

function byStatus(status: number): Failure {
  if (status >= 200 && status < 300) return { code: 'bad_response', detail: 'unexpected_status' }
  if (status >= 300 && status < 400) {
    return status === 304
      ? { code: 'bad_response', detail: 'unexpected_status' }
      : { code: 'blocked', detail: 'redirect' }
  }
  switch (status) {
    case 401:
      return { code: 'key_rejected' }
    case 402:
      return { code: 'no_credit' }
    case 403:
      return { code: 'no_permission' }
    case 404:
      return { code: 'upstream_error', detail: 'not_found' }
    case 408:
      return { code: 'timeout', isRetryable: true }
    case 429:
      return { code: 'rate_limited' }
    case 498: // Cohere: invalid token
      return { code: 'key_rejected' }
    case 413:
    case 414:
    case 431:
      return { code: 'misconfigured' }
    case 409:
    case 421:
    case 425:
      return { code: 'upstream_error', isRetryable: true }
  }
  const isPassing = status >= 500 && status <= 599 && status !== 501 && status !== 599
  return isPassing ? { code: 'upstream_error', isRetryable: true } : { code: 'upstream_error' }
}

import { describe, expect, it } from 'vitest'
import { classify } from './classify.ts'
import type { Failure } from './failure.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const NO_CREDIT_RETRY_MS = 900_000
const PROVIDER = false
const GATEWAY = true

const failureOf = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  isGateway: boolean = PROVIDER,
): Failure => classify({ status, headers }, body, isGateway, NOW)

const google = (message: string, status: string, reason?: string) => ({
  error: { code: 400, message, status, details: reason ? [{ '@type': 'ErrorInfo', reason }] : undefined },
})

describe('a machine code decides, whatever the status', () => {
  it.each([
    ['key_rejected', 400, google('API key not valid.', 'INVALID_ARGUMENT', 'API_KEY_INVALID')],
    ['key_rejected', 400, google('API key expired. Please renew.', 'INVALID_ARGUMENT', 'API_KEY_INVALID')],
    ['key_rejected', 403, { error: { message: 'invalid', code: 'UNAUTHORIZED', type: 'error' } }],
    ['key_rejected', 401, { error: { message: 'invalid', code: 'UNAUTHORIZED', type: 'error' } }],
    ['key_rejected', 401, { error: { type: 'invalid_request_error', code: 'invalid_api_key' } }],
    ['key_rejected', 403, { error: { type: 'invalid_request_error', code: 'invalid_api_key' } }],
    ['key_rejected', 401, { message: 'wrong', code: 'wrong_api_key' }],
    ['key_rejected', 400, { type: 'error', error: { type: 'authentication_error' } }],
    ['key_rejected', 401, { error: { code: 'account_deactivated' } }],
    ['no_permission', 403, google('disabled', 'PERMISSION_DENIED', 'SERVICE_DISABLED')],
    ['no_permission', 403, google('blocked', 'PERMISSION_DENIED', 'API_KEY_SERVICE_BLOCKED')],
    ['no_permission', 403, google('suspended', 'PERMISSION_DENIED', 'CONSUMER_SUSPENDED')],
    ['no_permission', 403, { type: 'error', error: { type: 'permission_error' } }],
    ['region_blocked', 403, { error: { code: 'unsupported_country_region_territory' } }],
    ['no_credit', 429, { error: { type: 'insufficient_quota', code: 'insufficient_quota' } }],
    ['no_credit', 402, { type: 'error', error: { type: 'billing_error' } }],
    ['rate_limited', 429, { error: { type: 'tokens', code: 'rate_limit_exceeded' } }],
    ['rate_limited', 429, { type: 'error', error: { type: 'rate_limit_error' } }],
    ['upstream_error', 529, { type: 'error', error: { type: 'overloaded_error' } }],
  ])('%s from %d %j', (code, status, body) => {
    expect(failureOf(status, body)).toMatchObject({ code, httpStatus: status })
  })
})

describe('words decide where there is no code', () => {
  const scopes = 'You have insufficient permissions for this operation. Missing scopes: api.model.read.'
  const leaked = google(
    'Your API key was reported as leaked. Please use another API key.',
    'PERMISSION_DENIED',
  )

  it.each([
    ['no_permission', 401, { error: { message: scopes, type: 'invalid_request_error', code: null } }],
    ['no_permission', 403, { error: { message: scopes, type: 'invalid_request_error', code: null } }],
    ['no_permission', 401, { error: scopes }],
    ['no_permission', 403, { error: scopes }],
    ['key_rejected', 403, leaked],
    ['key_rejected', 400, google('API key not valid. Please pass a valid API key.', 'INVALID_ARGUMENT')],
    ['key_rejected', 400, { code: 'invalid-argument', error: 'Incorrect API key provided: …' }],
    ['key_rejected', 401, { id: 'x', message: 'invalid api token' }],
    ['region_blocked', 400, google('User location is not supported.', 'FAILED_PRECONDITION')],
    [
      'no_credit',
      400,
      { error: { message: 'Your credit balance is too low', type: 'invalid_request_error' } },
    ],
  ])('%s from %d %j', (code, status, body) => {
    expect(failureOf(status, body)).toMatchObject({ code, httpStatus: status })
  })

  it('tells a leaked key', () => {
    expect(failureOf(403, leaked)).toMatchObject({ detail: 'key_leaked' })
    const withReason = google('Your API key was reported as leaked.', 'PERMISSION_DENIED', 'API_KEY_INVALID')
    expect(failureOf(403, withReason)).toMatchObject({ code: 'key_rejected', detail: 'key_leaked' })
  })
})

describe('the status decides where there is neither', () => {
  it.each([
    [203, 'bad_response', 'unexpected_status', undefined],
    [206, 'bad_response', 'unexpected_status', undefined],
    [304, 'bad_response', 'unexpected_status', undefined],
    [302, 'blocked', 'redirect', undefined],
    [400, 'upstream_error', undefined, undefined],
    [401, 'key_rejected', undefined, undefined],
    [402, 'no_credit', undefined, undefined],
    [403, 'no_permission', undefined, undefined],
    [404, 'upstream_error', 'not_found', undefined],
    [405, 'upstream_error', undefined, undefined],
    [406, 'upstream_error', undefined, undefined],
    [408, 'timeout', undefined, true],
    [409, 'upstream_error', undefined, true],
    [410, 'upstream_error', undefined, undefined],
    [413, 'misconfigured', undefined, undefined],
    [414, 'misconfigured', undefined, undefined],
    [415, 'upstream_error', undefined, undefined],
    [421, 'upstream_error', undefined, true],
    [422, 'upstream_error', undefined, undefined],
    [425, 'upstream_error', undefined, true],
    [426, 'upstream_error', undefined, undefined],
    [429, 'rate_limited', undefined, undefined],
    [431, 'misconfigured', undefined, undefined],
    [451, 'upstream_error', undefined, undefined],
    [498, 'key_rejected', undefined, undefined],
    [500, 'upstream_error', undefined, true],
    [501, 'upstream_error', undefined, undefined],
    [502, 'upstream_error', undefined, true],
    [503, 'upstream_error', undefined, true],
    [504, 'upstream_error', undefined, true],
    [520, 'upstream_error', undefined, true],
    [527, 'upstream_error', undefined, true],
    [530, 'upstream_error', undefined, true],
    [529, 'upstream_error', undefined, true],
    [599, 'upstream_error', undefined, undefined],
    [999, 'upstream_error', undefined, undefined],
    [0, 'upstream_error', undefined, undefined],
  ])('%d is %s %s, retryable: %s', (status, code, detail, isRetryable) => {
    for (const body of [undefined, null, {}, [], 'text', 5, { error: null }, { detail: 'Unauthorized' }]) {
      const { retryAfterMs: _, ...failure } = failureOf(status, body)
      expect(failure).toEqual({ code, httpStatus: status, detail, isRetryable })
    }
  })
})

describe('a gateway never speaks about the key', () => {
  it.each([
    [401, 'upstream_error', undefined],
    [402, 'upstream_error', undefined],
    [498, 'upstream_error', undefined],
    [403, 'blocked', 'firewall'],
    [429, 'rate_limited', undefined],
    [502, 'upstream_error', undefined],
    [503, 'upstream_error', undefined],
    [404, 'upstream_error', 'not_found'],
  ])('%d is %s %s', (status, code, detail) => {
    const failure = failureOf(status, undefined, {}, GATEWAY)
    expect(failure).toMatchObject(detail ? { code, detail } : { code })
  })

  it('whatever its words are', () => {
    const rejecting = { error: { code: 'invalid_api_key', message: 'Your key was reported as leaked' } }
    expect(failureOf(401, rejecting, {}, GATEWAY)).toMatchObject({ code: 'upstream_error' })
    expect(failureOf(403, rejecting, {}, GATEWAY)).toMatchObject({ code: 'blocked', detail: 'firewall' })
  })

  it('and only its passing faults are worth another attempt', () => {
    for (const status of [401, 402, 403, 498]) {
      expect(failureOf(status, undefined, {}, GATEWAY)).not.toHaveProperty('isRetryable')
    }
    expect(failureOf(502, undefined, {}, GATEWAY)).toMatchObject({ isRetryable: true })
  })
})

describe('credit and limits', () => {
  const creditLimit = { error: { type: 'credit_limit', code: null } }

  it('tells Together’s two meanings of credit_limit by the status', () => {
    expect(failureOf(402, creditLimit)).toMatchObject({ code: 'no_credit' })
    expect(failureOf(429, creditLimit)).toMatchObject({ code: 'rate_limited' })
  })

  it('stays away for 15 minutes where credit is spent', () => {
    expect(failureOf(402, {})).toMatchObject({ retryAfterMs: NO_CREDIT_RETRY_MS })
    expect(failureOf(402, {}, { 'retry-after': '1' })).toMatchObject({ retryAfterMs: NO_CREDIT_RETRY_MS })
  })

  it.each([
    [429, { 'retry-after': '1' }, {}, 1_000],
    [429, { 'retry-after': '120' }, {}, 120_000],
    [429, { 'retry-after': 'soon' }, {}, 30_000],
    [429, {}, { error: { details: [{ retryDelay: '7s' }] } }, 7_000],
    [429, {}, {}, undefined],
    [503, { 'retry-after': '5' }, {}, 5_000],
    [500, { 'retry-after-ms': '2500' }, {}, 2_500],
    [401, { 'retry-after': '5' }, {}, undefined],
    [404, { 'retry-after': '5' }, {}, undefined],
  ])('%d with %j %j waits %s ms', (status, headers, body, retryAfterMs) => {
    expect(failureOf(status, body, headers as Record<string, string>).retryAfterMs).toBe(retryAfterMs)
  })
})

it('honours x-should-retry: false', () => {
  expect(failureOf(500, {}, { 'x-should-retry': 'false' }).isRetryable).toBe(false)
  expect(failureOf(500, {}, { 'x-should-retry': 'true' }).isRetryable).toBe(true)
})

it('takes no word for a code that every object has', () => {
  for (const code of ['constructor', '__proto__', 'toString']) {
    expect(failureOf(400, { error: { code } })).toEqual({ code: 'upstream_error', httpStatus: 400 })
  }
})

it('keeps nothing of the provider’s text', () => {
  const body = { error: { message: 'Incorrect API key provided: sk-secret', code: 'invalid_api_key' } }
  expect(JSON.stringify(failureOf(401, body))).not.toContain('secret')
})

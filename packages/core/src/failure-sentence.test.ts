import { describe, expect, it } from 'vitest'
import type { FailureDetail } from './failure.ts'
import { failureSentence } from './failure-sentence.ts'
import { openai as provider } from './providers/openai.ts'
import { FailureCode } from './schema/available-models.ts'

// as a record, so that a detail added to the type is missed here by the compiler
const EVERY_DETAIL: Record<FailureDetail, true> = {
  key_leaked: true,
  name_not_found: true,
  name_lookup: true,
  connecting: true,
  refused: true,
  reset: true,
  no_route: true,
  proxy: true,
  certificate_expired: true,
  certificate_untrusted: true,
  certificate_wrong_host: true,
  tls_protocol: true,
  redirect: true,
  moved: true,
  firewall: true,
  secret_echo: true,
  empty: true,
  cut_off: true,
  not_http: true,
  not_json: true,
  headers: true,
  encoding: true,
  too_deep: true,
  shape: true,
  no_valid_entry: true,
  vanished: true,
  next_page: true,
  unexpected_status: true,
  not_found: true,
  key_text: true,
  busy: true,
}
const DETAILS = [undefined, ...(Object.keys(EVERY_DETAIL) as FailureDetail[])]
const BASE = 'https://host.example/v1'
const context = { provider, timeoutMs: 10_000, retryAt: null }

describe.each(FailureCode.options)('%s', (code) => {
  it.each(DETAILS)('%s is one sentence that names the provider', (detail) => {
    for (const httpStatus of [undefined, 404, 503]) {
      for (const [base, retryAt] of [
        [undefined, null],
        [BASE, '2026-11-22T12:34:56.000Z'],
        ['https://host.example', null],
      ] as const) {
        const failure = { code, ...(detail && { detail }), ...(httpStatus && { httpStatus }) }
        const sentence = failureSentence(failure, { ...context, base, retryAt })
        expect(sentence).toMatch(/^[A-Z].*[^.]\.$/)
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object|[.!?] |\s\s|\n/)
        expect(sentence).toContain(provider.name)
      }
    }
  })
})

describe('the next step', () => {
  it.each([
    ['a new key', { code: 'key_rejected' }, 'https://platform.openai.com/api-keys'],
    ['revoking', { code: 'key_rejected', detail: 'key_leaked' }, 'revoke it'],
    ['the status code', { code: 'upstream_error', httpStatus: 502 }, '(502)'],
    ['the status page', { code: 'upstream_error' }, 'https://status.openai.com'],
    ['the limit', { code: 'timeout' }, 'within 10 s'],
    ['the name server', { code: 'timeout', detail: 'name_lookup' }, 'name server'],
    ['the proxy', { code: 'unreachable', detail: 'proxy' }, 'HTTPS_PROXY'],
    ['the CA file', { code: 'tls_error', detail: 'certificate_untrusted' }, 'NODE_EXTRA_CA_CERTS'],
    ['that the key is not at fault', { code: 'blocked', detail: 'firewall' }, 'the key was not judged'],
  ] as const)('names %s', (_name, failure, part) => {
    expect(failureSentence(failure, context)).toContain(part)
  })

  it('is the time where it is known', () => {
    const at = (retryAt: string) => failureSentence({ code: 'rate_limited' }, { ...context, retryAt })
    expect(at('2026-11-22T12:34:56.000Z')).toContain('after 12:34:56 UTC')
    // never before the moment itself, over the minute and the day
    expect(at('2026-11-22T12:34:59.001Z')).toContain('after 12:35:00 UTC')
    expect(at('2026-11-22T23:59:59.500Z')).toContain('after 00:00:00 UTC')
    // an account without credit is left alone as well
    const retryAt = '2026-11-22T12:34:56.000Z'
    expect(failureSentence({ code: 'no_credit' }, { ...context, retryAt })).toContain('after 12:34:56 UTC')
  })

  it('depends on whose fault the status says it is', () => {
    const sentence = (httpStatus?: number) =>
      failureSentence({ code: 'upstream_error', ...(httpStatus && { httpStatus }) }, context)
    expect(sentence(400)).toMatch(/^OpenAI did not accept the request \(400\): /)
    expect(sentence(422)).toContain('did not accept the request (422)')
    expect(sentence(500)).toMatch(/^OpenAI has a problem of its own \(500\): /)
    expect(sentence(200)).toContain('has a problem of its own (200)')
    expect(sentence()).toMatch(/^OpenAI has a problem of its own: /)
  })

  it('is the missing /v1 only where it is missing', () => {
    const missing = (base: string) =>
      failureSentence({ code: 'upstream_error', detail: 'not_found' }, { ...context, base })
    expect(missing('https://host.example')).toContain('/v1')
    expect(missing('https://host.example/v1')).not.toContain('/v1')
  })

  it('of a timeout tells who gave up', () => {
    expect(failureSentence({ code: 'timeout', httpStatus: 408 }, context)).toContain('gave up')
    expect(failureSentence({ code: 'timeout' }, { ...context, timeoutMs: 1_550 })).toContain('within 1.6 s')
    expect(failureSentence({ code: 'timeout' }, { ...context, timeoutMs: 50 })).toContain('within 50 ms')
  })

  it.each([
    { code: 'unreachable' },
    { code: 'upstream_error', detail: 'not_found' },
    { code: 'misconfigured', detail: 'moved' },
    { code: 'bad_response', detail: 'not_json' },
    { code: 'timeout' },
    { code: 'blocked', detail: 'redirect' },
    { code: 'blocked', detail: 'firewall' },
  ] as const)('is the base URL where that was replaced: %j', (failure) => {
    const variable = 'ROLLCALL_OPENAI_BASE_URL'
    expect(failureSentence(failure, { ...context, base: BASE })).toContain(variable)
    expect(failureSentence(failure, context)).not.toContain(variable)
  })
})

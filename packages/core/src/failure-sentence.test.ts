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
  next_page: true,
  unexpected_status: true,
  not_found: true,
  key_text: true,
  key_unconfirmed: true,
  busy: true,
}
const DETAILS = [undefined, ...(Object.keys(EVERY_DETAIL) as FailureDetail[])]
const context = { provider, hasOwnBase: false, timeoutMs: 10_000, retryAt: null }

describe.each(FailureCode.options)('%s', (code) => {
  it.each(DETAILS)('%s is one sentence that names the provider', (detail) => {
    for (const httpStatus of [undefined, 503]) {
      for (const [hasOwnBase, retryAt] of [
        [false, null],
        [true, '2026-11-22T12:34:56.000Z'],
      ] as const) {
        const failure = { code, ...(detail && { detail }), ...(httpStatus && { httpStatus }) }
        const sentence = failureSentence(failure, { ...context, hasOwnBase, retryAt })
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
    ['that the key is not at fault', { code: 'blocked', detail: 'firewall' }, 'your key was not judged'],
  ] as const)('names %s', (_name, failure, part) => {
    expect(failureSentence(failure, context)).toContain(part)
  })

  it('is the time where it is known', () => {
    const retryAt = '2026-11-22T12:34:56.000Z'
    expect(failureSentence({ code: 'rate_limited' }, { ...context, retryAt })).toContain('after 12:34 UTC')
  })

  it.each([
    { code: 'unreachable' },
    { code: 'upstream_error', detail: 'not_found' },
    { code: 'misconfigured', detail: 'moved' },
    { code: 'bad_response', detail: 'not_json' },
    { code: 'timeout' },
    { code: 'blocked', detail: 'redirect' },
  ] as const)('is the base URL where that was replaced: %j', (failure) => {
    const variable = 'ROLLCALL_OPENAI_BASE_URL'
    expect(failureSentence(failure, { ...context, hasOwnBase: true })).toContain(variable)
    expect(failureSentence(failure, context)).not.toContain(variable)
  })
})

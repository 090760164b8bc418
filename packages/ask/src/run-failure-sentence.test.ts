import { PROVIDERS } from '@rollcall/core'
import { FailureCode } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import { runFailureSentence } from './run-failure-sentence.ts'
import type { RunFault, RunFaultDetail } from './run-fault.ts'
import type { RunFailureCode } from './run-part.ts'

const [provider] = PROVIDERS
if (!provider) throw new Error('there is no provider')
const context = { provider, base: undefined, timeoutMs: 120_000, retryAt: null }
const say = (fault: RunFault, more = {}) => runFailureSentence(fault, { ...context, ...more })

const CODES: RunFailureCode[] = [
  ...FailureCode.options,
  'model_not_found',
  'request_refused',
  'prompt_too_long',
  'cancelled',
]
const DETAILS: (RunFaultDetail | undefined)[] = [
  undefined,
  'connecting',
  'name_lookup',
  'first_token',
  'idle',
  'total',
  'cut_off',
  'event',
  'not_http',
  'not_found',
  'secret_echo',
  'redirect',
  'temperature',
  'top_p',
  'max_output_tokens',
  'content_filter',
  'model_id',
  'busy',
]

describe('one sentence of ours', () => {
  it.each(CODES)('%s: says what to do, and never speaks of lists', (code) => {
    for (const detail of DETAILS) {
      const sentence = say({ code, ...(detail ? { detail } : {}), httpStatus: 418 })
      expect(sentence).toMatch(/^[A-Z].*[^.]\.$/)
      if (code !== 'cancelled') expect(sentence).toMatch(/: |;/)
      expect(sentence.replace('from the list', '')).not.toMatch(/\blists?\b(?! of models)|undefined|null/)
      expect(sentence).not.toMatch(/list of models/)
    }
  })

  it('names what was refused, and when to come back', () => {
    expect(say({ code: 'request_refused', detail: 'max_output_tokens', httpStatus: 400 })).toBe(
      'OpenAI does not take this number of max output tokens for this model (400): leave it out, or choose another.',
    )
    expect(say({ code: 'rate_limited', httpStatus: 429 }, { retryAt: '2026-11-24T10:00:00.000Z' })).toContain(
      'try again after 10:00:00 UTC',
    )
    expect(say({ code: 'timeout', detail: 'total' })).toContain('within 120 s')
  })

  it('points at the address where that is one of ours', () => {
    expect(say({ code: 'upstream_error' }, { base: 'http://127.0.0.1:1/v1' })).toContain(
      'ROLLCALL_OPENAI_BASE_URL',
    )
  })
})

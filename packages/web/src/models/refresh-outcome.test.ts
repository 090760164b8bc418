import type { ProviderStatus } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import { keyOf } from './known-models.ts'
import { listedKeys, progressOf } from './listed-keys.ts'
import { refreshOutcome } from './refresh-outcome.ts'

function status(name: string, change: Partial<ProviderStatus> = {}): ProviderStatus {
  return {
    provider_key: name.toLowerCase(),
    name,
    label: null,
    status: 'fresh',
    code: null,
    message: null,
    http_status: 200,
    fetched_at: null,
    expires_at: null,
    retry_at: null,
    model_count: 1,
    dropped_count: 0,
    ...change,
  }
}
const OPENAI = status('OpenAI')
const MISTRAL = status('Mistral', { status: 'stale', code: 'key_rejected' })
const GROQ = status('Groq', { status: 'failed', code: 'timeout', model_count: 0 })
const GOOGLE = status('Google', { status: 'stale', code: 'rate_limited', retry_at: '2999-01-01T14:05:00Z' })
const known = (statuses: ProviderStatus[], asking: ProviderStatus[] = []) => ({
  providers: [],
  statuses,
  streams: 1,
  asking: new Map(asking.map((one) => [keyOf(one), 1])),
  refresh: { leftAlone: statuses.includes(GOOGLE) ? [keyOf(GOOGLE)] : [] },
})

describe('refreshing all', () => {
  it('counts those that are asked, also where one of them wants to be left alone afterwards', () => {
    expect(progressOf(listedKeys(known([OPENAI, MISTRAL, GOOGLE], [OPENAI]), undefined))).toBe('1 of 2')
    const limited = { ...known([OPENAI, GOOGLE], [OPENAI]), refresh: { leftAlone: [] } }
    expect(progressOf(listedKeys(limited, undefined))).toBe('1 of 2')
  })

  it.each([
    [[OPENAI], 'All 1 answered.'],
    [[OPENAI, MISTRAL, GROQ], '1 of 3 answered: Mistral rejected, Groq timed out.'],
    [[OPENAI, GOOGLE], 'All 1 answered. Not asked: Google wants to be left alone until 14:05 UTC.'],
    [[GOOGLE], 'Not asked: Google wants to be left alone until 14:05 UTC.'],
  ])('ends with who failed and who was not asked', (statuses, sentence) => {
    const { refresh, ...end } = known(statuses)
    expect(refreshOutcome(end, refresh.leftAlone)).toBe(sentence)
  })
})

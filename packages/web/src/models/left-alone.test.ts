import type { ProviderStatus } from '@rollcall/core/schema'
import { expect, it } from 'vitest'
import { clock, whyNotYet } from './left-alone.ts'
import { listState } from './list-state.ts'

const NOW = Date.parse('2026-01-01T14:00:00Z')
const LIMITED: ProviderStatus = {
  provider_key: 'google',
  name: 'Google',
  label: null,
  status: 'failed',
  code: 'rate_limited',
  message: 'Google is limiting this key.',
  http_status: 429,
  fetched_at: null,
  expires_at: null,
  retry_at: '2026-01-01T14:04:12Z',
  model_count: 0,
  dropped_count: 0,
}

it.each([
  ['2026-01-01T14:04:12Z', '14:05 UTC'],
  ['2026-01-01T14:05:00Z', '14:05 UTC'],
  ['2026-01-01T23:59:30+01:00', '23:00 UTC'],
  ['2026-01-01T23:59:30Z', '00:00 UTC'],
])('%s is not over before %s, wherever the reader is', (moment, time) => {
  expect(clock(moment)).toBe(time)
})

it('says why a provider is not asked yet, as long as that holds', () => {
  expect(whyNotYet(LIMITED, NOW)).toBe('Google wants to be left alone until 14:05 UTC.')
  expect(whyNotYet(LIMITED, Date.parse('2026-01-01T14:04:12Z'))).toBeUndefined()
  expect(whyNotYet({ ...LIMITED, retry_at: null }, NOW)).toBeUndefined()
  expect(whyNotYet(undefined, NOW)).toBeUndefined()
})

it('names the same time in the words of a limit', () => {
  const known = { providers: [], statuses: [LIMITED], asking: new Map(), streams: 0 }
  expect(listState(known, LIMITED).words).toBe('rate limited until 14:05 UTC')
})

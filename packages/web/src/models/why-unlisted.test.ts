import type { ProviderStatus } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import { listedKeys } from './listed-keys.ts'
import { whyUnlisted } from './why-unlisted.ts'

const PROVIDERS = [{ provider_key: 'groq', name: 'Groq' }]
const STORED = { provider: 'groq', name: 'Groq', label: null } as Parameters<typeof listedKeys>[1] extends
  | readonly (infer Key)[]
  | undefined
  ? Key
  : never

function why(change: Partial<ProviderStatus> | null, id = 'groq/gone', isAsking = false) {
  const statuses = change
    ? [
        {
          provider_key: 'groq',
          name: 'Groq',
          label: null,
          code: null,
          message: null,
          retry_at: null,
          model_count: 3,
          ...change,
        },
      ]
    : []
  const known = {
    providers: [],
    statuses: statuses as ProviderStatus[],
    streams: 0,
    asking: new Map(isAsking ? [['groq ', 1]] : []),
  }
  return whyUnlisted(id, listedKeys(known, [STORED]), PROVIDERS)
}

describe('why no list has a model', () => {
  it.each([
    ['not_listed', { status: 'cached' }, 'no longer listed by Groq'],
    ['older_list', { status: 'stale', code: 'timeout', message: 'Late.' }, 'last good list of Groq'],
    ['older_list', { status: 'fresh', code: 'timeout', message: 'Half.' }, 'part of Groq’s list'],
    [
      'failed',
      { status: 'failed', code: 'key_rejected', message: 'Why.', model_count: 0 },
      'not known. Why.',
    ],
    ['failed', { status: 'static', code: 'timeout', message: 'Why.' }, 'not known. Why.'],
    ['not_asked', null, 'was not asked yet'],
  ] as const)('%s', (kind, status, words) => {
    const found = why(status as Partial<ProviderStatus> | null)
    expect([found?.kind, found?.sentence]).toEqual([kind, expect.stringContaining(words)])
  })

  it('is another thing while it is asked, without a key, and without such a provider', () => {
    expect(why({ status: 'cached' }, 'groq/gone', true)).toBeUndefined()
    expect(whyUnlisted('groq/gone', [], PROVIDERS)?.kind).toBe('no_key')
    expect(why({ status: 'cached' }, 'acme/x')?.kind).toBe('no_provider')
  })
})

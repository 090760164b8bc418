import { models as countOfModels } from '@rollcall/core/figures'
import type { FailureCode, ProviderStatus } from '@rollcall/core/schema'
import type { Tone } from '../ui/status.tsx'
import { isAsking, type KnownModels, keyOf } from './known-models.ts'
import { clock } from './left-alone.ts'

/** What is known of one key's list, in a word or two, with our sentence where there is more to say. */
export interface ListState {
  tone: Tone
  words: string
  /** The cause and the next step; null: all is well. */
  sentence: string | null
  /** Undefined: its provider was not asked. */
  status: ProviderStatus | undefined
}

/** Of a key without a usable list. */
const FAILURES: Record<FailureCode, { tone: Tone; words: string }> = {
  key_rejected: { tone: 'bad', words: 'rejected' },
  no_permission: { tone: 'bad', words: 'no permission' },
  region_blocked: { tone: 'bad', words: 'region not served' },
  no_credit: { tone: 'bad', words: 'no credit' },
  rate_limited: { tone: 'waiting', words: 'rate limited' },
  timeout: { tone: 'warn', words: 'timed out' },
  unreachable: { tone: 'warn', words: 'unreachable' },
  tls_error: { tone: 'bad', words: 'no secure connection' },
  blocked: { tone: 'bad', words: 'blocked' },
  bad_response: { tone: 'warn', words: 'unreadable answer' },
  too_large: { tone: 'warn', words: 'answer too large' },
  upstream_error: { tone: 'warn', words: 'provider error' },
  misconfigured: { tone: 'bad', words: 'refused the request' },
  key_unreadable: { tone: 'bad', words: 'key unreadable' },
  internal: { tone: 'bad', words: 'failed' },
}

export function listState(
  known: KnownModels | undefined,
  key: Pick<ProviderStatus, 'provider_key' | 'label'>,
): ListState {
  const status = known?.statuses.find((other) => keyOf(other) === keyOf(key))
  if (isAsking(known, key)) return { tone: 'busy', words: 'checking…', sentence: null, status }
  if (!status) return { tone: 'none', words: 'not asked', sentence: null, status }
  return { ...stateOf(status), sentence: status.message, status }
}

export function failureWords(code: FailureCode): string {
  return FAILURES[code].words
}

function stateOf(status: ProviderStatus): { tone: Tone; words: string } {
  const { code, model_count: count } = status
  const models = count === 0 ? 'no models' : countOfModels(count)
  switch (status.status) {
    case 'fresh':
    case 'cached':
      return code === null
        ? { tone: 'ok', words: `ready · ${models}` }
        : { tone: 'warn', words: `incomplete · ${models}` }
    case 'stale':
      return { tone: 'warn', words: `${code === null ? 'older list' : FAILURES[code].words} · ${models}` }
    case 'static':
      return { tone: 'warn', words: `static list · ${models}` }
    case 'failed': {
      const { tone, words } = FAILURES[code ?? 'internal']
      const until = status.retry_at === null ? '' : ` until ${clock(status.retry_at)}`
      return { tone, words: code === 'rate_limited' ? words + until : words }
    }
  }
}

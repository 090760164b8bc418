import { failureSentence } from '@rollcall/core'
import type { ProviderHistory } from '@rollcall/core/schema'
import type { Handlers } from '../http/bind.ts'
import { iso, isoOrNull } from '../moment-text.ts'
import { type CallHistory, figuresOf, NO_CALLS } from './call-history.ts'
import type { KeyState, ListStore } from './list-store.ts'

/** How the last calls of each key went: nobody is asked for it. */
export function createProviderStatus(store: ListStore, timeoutMs: number): Pick<Handlers, 'providerStatus'> {
  function show({ asked: { provider, base }, label }: KeyState, history: CallHistory): ProviderHistory {
    const { calls, lastSuccessAt, lastFailure } = history
    return {
      provider_key: provider.key,
      name: provider.name,
      label,
      keys_url: provider.keysUrl,
      status_url: provider.statusUrl,
      last_success_at: isoOrNull(lastSuccessAt),
      last_failure: lastFailure && {
        at: iso(lastFailure.at),
        code: lastFailure.code,
        message: failureSentence(lastFailure, { provider, base, timeoutMs, retryAt: null }),
        http_status: lastFailure.httpStatus ?? null,
      },
      calls: calls.map(({ at, ms, code }) => ({ at: iso(at), ms, code })),
      ...figuresOf(calls),
    }
  }

  return {
    async providerStatus({ who: { userId } }) {
      const [states, histories] = await Promise.all([store.ofUser(userId), store.callsOfUser(userId)])
      return { provider_status: states.map((state) => show(state, histories.get(state.id) ?? NO_CALLS)) }
    },
  }
}

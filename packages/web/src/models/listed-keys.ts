import type { ProviderStatus, StoredKey } from '@rollcall/core/schema'
import { isAsking, type KnownModels, keyOf } from './known-models.ts'
import { type ListState, listState } from './list-state.ts'

/** One stored key with what is known of its list. */
export interface ListedKey {
  provider_key: string
  name: string
  label: string | null
  state: ListState
  isAsking: boolean
  /** While all others are asked anew, its provider is not: it wants to be left alone. */
  isLeftAlone: boolean
  /** It failed, or what is shown of it is not what its provider says today: asking again may help. */
  isWorthRetrying: boolean
}

/** Every stored key in the order of the answer; as long as the keys themselves are not known, those that were asked. */
export function listedKeys(
  known: KnownModels | undefined,
  storedKeys: readonly StoredKey[] | undefined,
): ListedKey[] {
  const keys =
    storedKeys?.map(({ provider, name, label }) => ({ provider_key: provider, name, label })) ??
    known?.statuses ??
    []
  return keys.map(({ provider_key, name, label }) => {
    const state = listState(known, { provider_key, label })
    const isBeingAsked = isAsking(known, { provider_key, label })
    return {
      provider_key,
      name,
      label,
      state,
      isAsking: isBeingAsked,
      isLeftAlone: known?.refresh?.leftAlone.includes(keyOf({ provider_key, label })) ?? false,
      isWorthRetrying: !isBeingAsked && isPoor(state.status),
    }
  })
}

function isPoor(status: ProviderStatus | undefined): boolean {
  return status === undefined || !['fresh', 'cached'].includes(status.status) || status.code !== null
}

/** "7 of 9", of those that are asked. */
export function progressOf(keys: readonly ListedKey[]): string {
  const asked = keys.filter(({ isLeftAlone }) => !isLeftAlone)
  return `${asked.filter((key) => !key.isAsking).length} of ${asked.length}`
}

/** "7 of 9 answered"; once all have, whether all is well. */
export function summaryOfKeys(keys: readonly ListedKey[]): string {
  if (keys.some((key) => key.isAsking)) return `${progressOf(keys)} answered`
  const poor = keys.filter((key) => key.isWorthRetrying)
  if (poor.length === 0) return keys.length === 1 ? 'The provider answered' : `All ${keys.length} answered`
  return `${poor.length} of ${keys.length} ${poor.length === 1 ? 'has' : 'have'} a problem`
}

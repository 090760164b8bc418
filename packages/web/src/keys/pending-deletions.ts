import type { StoredKey } from '@rollcall/core/schema'
import { askAnew } from '../api/ask-anew.ts'
import { holdBack, undo, useHeldBack } from '../api/held-back.ts'
import { queryClient } from '../api/query-client.ts'
import { apiKeysQuery } from '../api/resources.ts'
import { availableModelsQuery } from '../models/available-models.ts'
import { session } from '../session/this-session.ts'
import { HELD_KEY } from './send-key-deletions.ts'

type NamedKey = Pick<StoredKey, 'provider' | 'label'>

const idOf = ({ provider, label }: NamedKey) => `${HELD_KEY}${provider} ${label ?? ''}`

/** Deletes a key in a moment; until then it can be undone. */
export function deleteKey(key: StoredKey): void {
  const { provider, label, name } = key
  const query = label === null ? '' : `?${new URLSearchParams({ label })}`
  holdBack({
    id: idOf(key),
    text: `${name} key deleted`,
    async send() {
      await session.call('removeKey', { params: { provider }, query: label === null ? {} : { label } })
      await keysHaveChanged()
    },
    sendOnLeaving: () =>
      session.sendOnLeaving('DELETE', `/api/api-keys/${encodeURIComponent(provider)}${query}`),
  })
}

/** A key of this name is wanted after all. */
export function keepKey(key: NamedKey): void {
  undo(idOf(key))
}

/** The keys that are not about to go. */
export function useKept(keys: readonly StoredKey[]): StoredKey[] {
  const heldBack = useHeldBack()
  return keys.filter((key) => !heldBack.has(idOf(key)))
}

/** Resolves when the keys are shown as they are now; their models follow. */
export async function keysHaveChanged(): Promise<void> {
  void queryClient.invalidateQueries(availableModelsQuery)
  await askAnew(apiKeysQuery)
}

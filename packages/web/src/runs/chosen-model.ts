import type { Model } from '@rollcall/core/schema'
import { createModelIndex } from '@rollcall/core/select-models'
import type { KnownModels } from '../models/known-models.ts'
import type { ModelChoice } from '../models/model-picker.tsx'

/** What a choice turns out to be, with the lists as they are known now. */
export type ChosenModel =
  | { kind: 'none' }
  | { kind: 'listed'; model: Model; providerName: string }
  /** The list that it may be in has not come yet. */
  | { kind: 'pending' }
  /** In no list, though it was chosen from one. */
  | { kind: 'unlisted' }
  | { kind: 'custom' }

export function chosenModel({ id, isCustom }: ModelChoice, known: KnownModels | undefined): ChosenModel {
  if (isCustom) return { kind: 'custom' }
  if (id === '') return { kind: 'none' }
  if (!known) return { kind: 'pending' }
  const listed = createModelIndex(known.providers).byId.get(id)
  if (listed) return { kind: 'listed', model: listed.model, providerName: listed.provider.name }
  return isSettled(known, id) ? { kind: 'unlisted' } : { kind: 'pending' }
}

/** Whether all that may list this id has answered. */
function isSettled({ asking, streams, statuses }: KnownModels, id: string): boolean {
  const provider = id.slice(0, id.indexOf('/'))
  for (const key of asking.keys()) if (key.startsWith(`${provider} `)) return false
  return streams === 0 || statuses.some(({ provider_key }) => provider_key === provider)
}

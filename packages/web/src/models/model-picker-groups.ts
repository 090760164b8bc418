import type { ProviderModels, ProviderStatus, StoredKey } from '@rollcall/core/schema'
import { type KnownModels, keyOf } from './known-models.ts'
import { type ListState, listState } from './list-state.ts'

/** One provider in the picker. */
export interface PickerGroup {
  key: string
  name: string
  /** Undefined: it offers nothing now. */
  offer: ProviderModels | undefined
  /** Of each stored key. */
  states: readonly KeyState[]
}
export interface KeyState extends ListState {
  label: string | null
}
type KeyName = Pick<ProviderStatus, 'provider_key' | 'label' | 'name'>

/** Every provider that has a key: those that offer models first, as they are in the answer. */
export function pickerGroups(known: KnownModels | undefined, stored: readonly StoredKey[]): PickerGroup[] {
  const keys = new Map<string, KeyName>()
  for (const status of known?.statuses ?? []) keys.set(keyOf(status), status)
  for (const { provider, label, name } of stored) {
    const key = { provider_key: provider, label, name }
    if (!keys.has(keyOf(key))) keys.set(keyOf(key), key)
  }
  const groups = new Map<string, { name: string; offer?: ProviderModels; states: KeyState[] }>()
  for (const offer of known?.providers ?? []) {
    if (offer.provider_key !== 'custom')
      groups.set(offer.provider_key, { name: offer.name, offer, states: [] })
  }
  for (const key of keys.values()) {
    const group = groups.get(key.provider_key) ?? { name: key.name, states: [] }
    group.states.push({ ...listState(known, key), label: key.label })
    groups.set(key.provider_key, group)
  }
  return [...groups].map(([key, { name, offer, states }]) => ({ key, name, offer, states }))
}

/** The same groups in the order in which they were first shown; whoever came later is last. */
export function inOrder(groups: readonly PickerGroup[], order: readonly string[]): PickerGroup[] {
  const place = ({ key }: PickerGroup) => {
    const index = order.indexOf(key)
    return index === -1 ? order.length : index
  }
  return groups.toSorted((a, b) => place(a) - place(b))
}

/** As they come when it is opened: who failed, seen before all models; then who offers some. Whoever else is last. */
export function firstOrder(groups: readonly PickerGroup[]): string[] {
  const failed = groups.filter(
    ({ offer, states }) => !offer && states.some(({ sentence }) => sentence !== null),
  )
  return [...failed.map(({ key }) => key), ...newcomers(groups, [])]
}

/** Those that offer something and are not in this order yet. */
export function newcomers(groups: readonly PickerGroup[], order: readonly string[]): string[] {
  return groups.filter(({ key, offer }) => offer && !order.includes(key)).map(({ key }) => key)
}

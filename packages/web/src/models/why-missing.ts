import type { ModelMark } from '@rollcall/core/schema'
import { findModels, fitsMarks, type ModelIndex, similarIds } from '@rollcall/core/select-models'
import type { ListedKey } from './listed-keys.ts'
import type { ModelView } from './model-view.ts'

export interface NamedProvider {
  provider_key: string
  name: string
}

/** Why nothing fits: every reason there can be, each empty where it is none. */
export interface WhyMissing {
  /** How many fit the search but not the filters. */
  hiddenByFilters: number
  /** How many fit search and filters, and are hidden. */
  hiddenByYou: number
  asking: readonly ListedKey[]
  failed: readonly ListedKey[]
  withoutKey: readonly NamedProvider[]
  /** They list models, but none like it: not even those in `similar`. */
  withoutIt: readonly (NamedProvider & { count: number })[]
  similar: readonly string[]
}

export function whyMissing({
  index,
  view,
  marks,
  keys,
  providers,
}: {
  index: ModelIndex
  view: ModelView
  marks: readonly ModelMark[]
  keys: readonly ListedKey[]
  /** All that keys can be stored for. */
  providers: readonly NamedProvider[]
}): WhyMissing {
  const search = view.search ?? ''
  const isMeant = ({ provider_key }: NamedProvider) => view.providers?.includes(provider_key) ?? true
  const counts = new Map<string, number>()
  for (const { provider } of index.listed) {
    counts.set(provider.provider_key, (counts.get(provider.provider_key) ?? 0) + 1)
  }
  const withKey = new Set(keys.map(({ provider_key }) => provider_key))
  const meant = providers.filter(isMeant)
  const isThere = fitsMarks(marks, {})
  const fitting = findModels(index, { search })
  const hiddenByFilters = fitting.filter(({ model }) => isThere(model.id)).length
  const isHiddenOne = fitsMarks(marks, { favourite: view.favourite, hidden: true })
  const hiddenByYou = view.hidden
    ? 0
    : findModels(index, view).filter(({ model }) => isHiddenOne(model.id)).length
  const similar = fitting.length > 0 ? [] : similarIds([...index.byId.keys()], search)
  const hasSimilar = (key: string) => similar.some((id) => id.startsWith(`${key}/`))
  return {
    hiddenByFilters,
    hiddenByYou,
    asking: keys.filter((key) => key.isAsking && isMeant(key)),
    failed: keys.filter((key) => !key.isAsking && key.state.status?.status === 'failed' && isMeant(key)),
    withoutKey: meant.filter(({ provider_key }) => !withKey.has(provider_key)),
    withoutIt:
      fitting.length > 0
        ? []
        : meant.flatMap(({ provider_key, name }) => {
            const count = counts.get(provider_key)
            return count === undefined || hasSimilar(provider_key) ? [] : [{ provider_key, name, count }]
          }),
    similar,
  }
}

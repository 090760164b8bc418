import { type AvailableModels, Kind, type Model } from '@rollcall/core/schema'

export const KINDS: readonly Kind[] = Kind.options

/** Most useful first; what is not known comes last. */
const ORDERS = {
  id: (a, b) => a.id.localeCompare(b.id, 'en'),
  name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }),
  context: (a, b) => compare(a.context_window, b.context_window, -1),
  price: (a, b) =>
    compare(a.pricing?.input, b.pricing?.input, 1) || compare(a.pricing?.output, b.pricing?.output, 1),
  released: (a, b) => compare(time(a.released_at), time(b.released_at), -1),
} satisfies Record<string, (a: Model, b: Model) => number>

export type SortKey = keyof typeof ORDERS
export const SORT_KEYS = Object.keys(ORDERS) as SortKey[]

export interface Selection {
  /** Every word of it is in the id, the name or the provider's name. */
  search?: string
  /** None: all. */
  kinds: readonly Kind[]
  /** None: as the providers gave them. */
  sort?: SortKey
}

export function isKind(name: string): name is Kind {
  return (KINDS as readonly string[]).includes(name)
}

export function isSortKey(name: string): name is SortKey {
  return (SORT_KEYS as readonly string[]).includes(name)
}

export function sortModels(models: readonly Model[], key: SortKey | undefined): readonly Model[] {
  return key ? models.toSorted(ORDERS[key]) : models
}

/** Narrows the lists, and only them: statuses speak of what the providers said. Custom is always there. */
export function selectModels(
  answer: AvailableModels,
  { search = '', kinds, sort }: Selection,
): AvailableModels {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const providers = answer.providers.flatMap((group) => {
    if (group.provider_key === 'custom') return [group]
    const models = group.models.filter((model) => {
      if (kinds.length > 0 && !kinds.includes(model.kind ?? 'unknown')) return false
      const text = `${model.id} ${model.name} ${group.name}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    return models.length > 0 ? [{ ...group, models: [...sortModels(models, sort)] }] : []
  })
  return { providers, statuses: answer.statuses }
}

/** Compares two figures of which either may be unknown. */
function compare(a: number | undefined, b: number | undefined, direction: 1 | -1): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  return (a - b) * direction
}

function time(moment: string | undefined): number | undefined {
  return moment === undefined ? undefined : Date.parse(moment)
}

import type { Model } from './schema/model.ts'
import type { SortKey } from './schema/sort-key.ts'

export { isSortKey, SORT_KEYS, type SortKey } from './schema/sort-key.ts'

type Value = string | number | undefined

interface SortColumn {
  /** What is compared, in this order; what is not known comes last, whichever way is sorted. */
  values: readonly ((model: Model) => Value)[]
  /** The largest is the most useful. */
  isDescending?: true
  isNumeric?: true
}

const PLAIN = new Intl.Collator('en')
const NUMERIC = new Intl.Collator('en', { numeric: true })

const COLUMNS: Readonly<Record<SortKey, SortColumn>> = {
  id: { values: [({ id }) => id] },
  name: { values: [({ name }) => name], isNumeric: true },
  provider: { values: [({ id }) => id.slice(0, id.indexOf('/'))] },
  kind: { values: [({ kind }) => (kind === 'unknown' ? undefined : kind)] },
  context: { values: [({ context_window }) => context_window], isDescending: true },
  output: { values: [({ max_output_tokens }) => max_output_tokens], isDescending: true },
  price: { values: [({ pricing }) => pricing?.input, ({ pricing }) => pricing?.output] },
  output_price: { values: [({ pricing }) => pricing?.output, ({ pricing }) => pricing?.input] },
  modalities: { values: [countOfModalities], isDescending: true },
  capabilities: { values: [countOfCapabilities], isDescending: true },
  released: { values: [({ released_at }) => time(released_at)], isDescending: true },
  status: { values: [endOf] },
}

export interface Sort {
  by: SortKey
  isDescending: boolean
}

/** The most useful first: the largest window, the lowest price, the newest. */
export function usualSort(by: SortKey): Sort {
  const column = COLUMNS[by]
  return { by, isDescending: column.isDescending ?? false }
}

/** Without a sort, as they came. */
export function sortModels(models: readonly Model[], sort: Sort | undefined): readonly Model[] {
  return sort ? sortedBy(models, sort, (model) => model) : models
}

/** Stable: what is alike keeps its order. */
export function sortedBy<T>(items: readonly T[], sort: Sort, modelOf: (item: T) => Model): T[] {
  const column = COLUMNS[sort.by]
  const collator = column.isNumeric ? NUMERIC : PLAIN
  const direction = sort.isDescending ? -1 : 1
  const keyed = items.map((item) => ({ item, values: column.values.map((value) => value(modelOf(item))) }))
  keyed.sort((a, b) => {
    for (const [index, value] of a.values.entries()) {
      const order = compare(value, b.values[index], direction, collator)
      if (order !== 0) return order
    }
    return 0
  })
  return keyed.map(({ item }) => item)
}

function compare(a: Value, b: Value, direction: 1 | -1, collator: Intl.Collator): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  const order =
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return order * direction
}

function countOfModalities({ modalities }: Model): Value {
  return modalities && (modalities.input?.length ?? 0) + (modalities.output?.length ?? 0)
}

function countOfCapabilities({ capabilities }: Model): Value {
  return capabilities && Object.values(capabilities).filter(Boolean).length
}

/** Those that end first, then those that are deprecated without a day; the others have no such status. */
function endOf({ retires_at, deprecated_at, deprecated }: Model): Value {
  return time(retires_at ?? deprecated_at) ?? (deprecated ? Number.MAX_SAFE_INTEGER : undefined)
}

function time(moment: string | undefined): Value {
  return moment === undefined ? undefined : Date.parse(moment)
}

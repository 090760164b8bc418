/** What models can be sorted by. */
export const SORT_KEYS = [
  'id',
  'name',
  'provider',
  'kind',
  'context',
  'output',
  'price',
  'output_price',
  'modalities',
  'capabilities',
  'released',
  'status',
] as const
export type SortKey = (typeof SORT_KEYS)[number]

export function isSortKey(name: string): name is SortKey {
  return SORT_KEYS.some((key) => key === name)
}

import { type Sort, type SortKey, usualSort } from '@rollcall/core/select-models'

/** Undefined: as they came, or the best match first. */
export function nextSort(sort: Sort | undefined, by: SortKey): Sort | undefined {
  const usual = usualSort(by)
  if (sort?.by !== by) return usual
  return sort.isDescending === usual.isDescending ? { by, isDescending: !usual.isDescending } : undefined
}

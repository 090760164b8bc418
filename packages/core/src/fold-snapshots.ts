import type { Model } from './schema/model.ts'

export interface Folded<T> {
  item: T
  /** Its dated snapshots, in the order of the list; each can be chosen as well. */
  snapshots: T[]
}

/** A list with every dated snapshot under its alias, where the alias is in it; all else stands for itself, in order. */
export function foldSnapshots<T>(items: readonly T[], modelOf: (item: T) => Model): Folded<T>[] {
  const heads = new Map<string, T[]>()
  for (const item of items) {
    const { id, snapshot_of: alias } = modelOf(item)
    if (alias === undefined) heads.set(id, [])
  }
  const rest = items.filter((item) => {
    const { snapshot_of: alias } = modelOf(item)
    const snapshots = alias === undefined ? undefined : heads.get(alias)
    snapshots?.push(item)
    return !snapshots
  })
  return rest.map((item) => ({ item, snapshots: heads.get(modelOf(item).id) ?? [] }))
}

import type { Model } from './schema/model.ts'

export interface Folded {
  model: Model
  /** Its dated snapshots, in the order of the list; each can be chosen as well. */
  snapshots: Model[]
}

/** A list with every dated snapshot under its alias, where the alias is in it; all else stands for itself, in order. */
export function foldSnapshots(models: readonly Model[]): Folded[] {
  const heads = new Map(
    models.filter(({ snapshot_of: alias }) => alias === undefined).map((model) => [model.id, [] as Model[]]),
  )
  const rest = models.filter((model) => {
    const snapshots = model.snapshot_of === undefined ? undefined : heads.get(model.snapshot_of)
    snapshots?.push(model)
    return !snapshots
  })
  return rest.map((model) => ({ model, snapshots: heads.get(model.id) ?? [] }))
}

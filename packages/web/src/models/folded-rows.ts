import { foldSnapshots, type ListedModel } from '@rollcall/core/select-models'

export interface FoldedRows {
  rows: readonly ListedModel[]
  /** By the id of a row, how many snapshots are folded under it. */
  folds: ReadonlyMap<string, number>
}

/** Rows with snapshots under their alias, where that is among them: shown only where the alias was opened. */
export function foldedRows(found: readonly ListedModel[], opened: ReadonlySet<string>): FoldedRows {
  const folds = new Map<string, number>()
  const rows = foldSnapshots(found, ({ model }) => model).flatMap(({ item, snapshots }) => {
    if (snapshots.length > 0) folds.set(item.model.id, snapshots.length)
    return opened.has(item.model.id) ? [item, ...snapshots] : [item]
  })
  return { rows, folds }
}

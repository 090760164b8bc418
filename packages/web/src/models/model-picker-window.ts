import { type PickerOption, type PickerRow, type PickerRows, rowAt } from './model-picker-rows.ts'

/** Rows beyond those in sight, so that scrolling shows no gap. */
const ROWS_BEYOND = 4

export function optionId(listId: string, option: number): string {
  return `${listId}-${option}`
}

/** Moves no more than it must. */
export function scrollToRow(scroller: HTMLElement | null, row: number, rowHeight: number): void {
  if (!scroller) return
  const top = row * rowHeight
  // the heading above the first model of a group comes along
  if (top - rowHeight < scroller.scrollTop) scroller.scrollTop = Math.max(0, top - rowHeight)
  else if (top + rowHeight + 8 > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + rowHeight + 8 - scroller.clientHeight
}

/** Those in sight and a few beyond; and the highlighted one, which the field points at, wherever it is. */
export function rowsInSight(
  count: number,
  firstRow: number,
  shown: number,
  highlighted: PickerOption | undefined,
): number[] {
  const from = Math.max(0, Math.min(firstRow, count - shown) - ROWS_BEYOND)
  const to = Math.min(count, firstRow + shown + ROWS_BEYOND)
  const indexes = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  if (highlighted?.kind === 'model' && (highlighted.row < from || highlighted.row >= to))
    indexes.push(highlighted.row)
  return indexes
}

/** The rows of each group together. */
export function byGroup(found: PickerRows, indexes: readonly number[]) {
  const groups = new Map<string, { row: PickerRow; index: number }[]>()
  for (const index of indexes) {
    const row = rowAt(found, index)
    if (!row) continue
    const known = groups.get(row.group)
    if (known) known.push({ row, index })
    else groups.set(row.group, [{ row, index }])
  }
  return [...groups].map(([group, rows]) => ({ group, rows }))
}

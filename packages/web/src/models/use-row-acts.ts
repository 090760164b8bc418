import type { RefObject } from 'react'
import { useShortcut } from '../ui/shortcuts.ts'
import type { RowAct } from './model-row.tsx'

/** What single letters do with the row that has the focus. */
export function useRowActs({
  count,
  list,
  focusRow,
  onAct,
}: {
  /** Of rows. */
  count: number
  list: RefObject<HTMLElement | null>
  focusRow: (index: number) => void
  onAct: (act: RowAct | 'hide', id: string) => void
}): void {
  const act = (name: RowAct | 'hide') => {
    const row = document.activeElement?.closest<HTMLElement>('[data-id]')
    const { id, index } = row?.dataset ?? {}
    if (id === undefined || !list.current?.contains(document.activeElement)) return
    // the focus would go with the row
    if (name === 'hide') focusRow(Number(index) + (Number(index) + 1 < count ? 1 : -1))
    onAct(name, id)
  }
  useShortcut('s', 'Star the model of this row, or take its star', () => act('favourite'))
  useShortcut('x', 'Choose the model of this row to compare it', () => act('choose'))
  useShortcut('e', 'Show or fold the dated snapshots of this row', () => act('fold'))
  useShortcut('h', 'Hide the model of this row, or show it again', () => act('hide'))
}

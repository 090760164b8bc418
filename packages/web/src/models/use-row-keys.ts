import type { ListedModel } from '@rollcall/core/select-models'
import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'

interface RowKeys {
  /** The row that Tab leads to; -1: there is none. */
  current: number
  setCurrent: (id: string) => void
  onKeyDown: (event: KeyboardEvent) => void
  focusRow: (index: number) => void
}

/** One row at a time takes part in Tab's order; arrows, Home, End and the page keys go from row to row. */
export function useRowKeys({
  rows,
  rowHeight,
  list,
  onOpen,
  onLeave,
  onEscape,
}: {
  rows: readonly ListedModel[]
  /** pixels */
  rowHeight: number
  list: RefObject<HTMLElement | null>
  onOpen: (id: string) => void
  /** Upwards out of the first row. */
  onLeave: () => void
  onEscape: () => void
}): RowKeys {
  const [id, setId] = useState<string>()
  const current = useMemo(() => {
    const found = id === undefined ? -1 : rows.findIndex(({ model }) => model.id === id)
    return found === -1 && rows.length > 0 ? 0 : found
  }, [rows, id])

  const focusRow = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))]
    if (!row) return
    // the row may not be there before it is the current one
    flushSync(() => setId(row.model.id))
    const element = list.current?.querySelector<HTMLElement>(`[data-index="${rows.indexOf(row)}"]`)
    element?.focus({ preventScroll: true })
    element?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isRow(event.target)) return
    const page = Math.max(1, Math.floor(innerHeight / rowHeight) - 4)
    const steps: Record<string, () => void> = {
      ArrowDown: () => focusRow(current + 1),
      ArrowUp: () => (current === 0 ? onLeave() : focusRow(current - 1)),
      PageDown: () => focusRow(current + page),
      PageUp: () => focusRow(current - page),
      Home: () => focusRow(0),
      End: () => focusRow(rows.length - 1),
      Enter: () => openCurrent(),
      ' ': () => openCurrent(),
      Escape: onEscape,
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    step()
  }
  const openCurrent = () => {
    const row = rows[current]
    if (row) onOpen(row.model.id)
  }
  return { current, setCurrent: setId, onKeyDown, focusRow }
}

function isRow(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.dataset.index !== undefined
}

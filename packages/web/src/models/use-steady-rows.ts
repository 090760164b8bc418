import type { ListedModel } from '@rollcall/core/select-models'
import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Keeps the rows where they are when a provider answers late: what is pointed at, has the focus or stands first in the
 * window stays in its place, and the page scrolls instead. A change of the view shows
 * the first rows.
 */
export function useSteadyRows({
  rows,
  view,
  rowHeight,
  list,
  pointedAt,
}: {
  rows: readonly ListedModel[]
  /** The same text as long as the same is asked for. */
  view: string
  rowHeight: number
  list: RefObject<HTMLElement | null>
  /** The id of the row under the pointer. */
  pointedAt: RefObject<string | undefined>
}): void {
  const before = useRef({ rows, view })
  useLayoutEffect(() => {
    const old = before.current
    before.current = { rows, view }
    if (old.rows === rows || !list.current) return
    const top = list.current.getBoundingClientRect().top
    const covered = coveredHeight()
    if (old.view !== view) {
      if (top < covered) scrollBy(0, top - covered)
      return
    }
    const first = Math.floor((covered - top) / rowHeight)
    const id =
      pointedAt.current ?? focusedId(list.current) ?? (first >= 0 ? old.rows[first]?.model.id : undefined)
    if (id === undefined) return
    const from = indexOf(old.rows, id)
    const to = indexOf(rows, id)
    if (from === -1 || to === -1 || from === to) return
    scrollBy(0, (to - from) * rowHeight)
    // heard at once, so that the rows are there when the page is painted
    dispatchEvent(new Event('scroll'))
  }, [rows, view, rowHeight, list, pointedAt])
}

/** What stays above the rows when the page is scrolled, in pixels. */
function coveredHeight(): number {
  const covers = document.querySelectorAll<HTMLElement>('[data-covers-rows]')
  return Math.max(
    0,
    ...[...covers].map((cover) => Number.parseFloat(getComputedStyle(cover).top) + cover.offsetHeight),
  )
}

function focusedId(list: HTMLElement): string | undefined {
  const { activeElement } = document
  return activeElement instanceof HTMLElement && list.contains(activeElement)
    ? activeElement.dataset.id
    : undefined
}

function indexOf(rows: readonly ListedModel[], id: string): number {
  return rows.findIndex(({ model }) => model.id === id)
}

import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from 'react'

const NARROW = matchMedia('(max-width: 639px)')
const COARSE = matchMedia('(pointer: coarse)')
const ROW_HEIGHT = 36
const TOUCHED_ROW_HEIGHT = 44
/** Two lines. */
const NARROW_ROW_HEIGHT = 48
const GAP = 8
const LEAST_HEIGHT = 200
const MOST_HEIGHT = 480

export interface PickerPlace {
  isAbove: boolean
  /** Of the whole list. */
  height: number
}

function subscribe(listener: () => void) {
  for (const query of [NARROW, COARSE]) query.addEventListener('change', listener)
  return () => {
    for (const query of [NARROW, COARSE]) query.removeEventListener('change', listener)
  }
}

/** How high a row is, and whether it has two lines. */
export function useRowLayout(): { isNarrow: boolean; rowHeight: number } {
  const isNarrow = useSyncExternalStore(subscribe, () => NARROW.matches)
  const isCoarse = useSyncExternalStore(subscribe, () => COARSE.matches)
  return { isNarrow, rowHeight: isNarrow ? NARROW_ROW_HEIGHT : isCoarse ? TOUCHED_ROW_HEIGHT : ROW_HEIGHT }
}

/**
 * Where the list has room beside the field, which it never covers. On a phone the field goes to the top and the list
 * takes all that the keyboard leaves.
 */
export function usePlace(field: RefObject<HTMLElement | null>, isNarrow: boolean): PickerPlace {
  const [place, setPlace] = useState<PickerPlace>({ isAbove: false, height: MOST_HEIGHT })
  useLayoutEffect(() => {
    const measure = () => {
      if (field.current) setPlace(placeBeside(field.current, isNarrow))
    }
    if (isNarrow) field.current?.scrollIntoView({ block: 'start' })
    measure()
    const view = window.visualViewport
    view?.addEventListener('resize', measure)
    return () => view?.removeEventListener('resize', measure)
  }, [field, isNarrow])
  return place
}

function placeBeside(field: HTMLElement, isNarrow: boolean): PickerPlace {
  const { top, bottom } = field.getBoundingClientRect()
  const below = (window.visualViewport?.height ?? innerHeight) - bottom - GAP
  if (isNarrow) return { isAbove: false, height: Math.max(below, LEAST_HEIGHT) }
  const isAbove = below < LEAST_HEIGHT && top - GAP > below
  const room = isAbove ? top - GAP : below
  return { isAbove, height: Math.min(Math.max(room, LEAST_HEIGHT), MOST_HEIGHT) }
}

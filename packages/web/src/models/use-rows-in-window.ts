import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Rows beyond those in the window on either side, so that scrolling shows no gap. */
const BEYOND = 12
/** Looked at anew after so many rows. */
const STEP = 4

/**
 * The indexes of rows of one height that are in the window or close to it, kept true while the page scrolls; and of the
 * current one, which keeps the focus wherever it is.
 */
export function useRowsInWindow(
  list: RefObject<HTMLElement | null>,
  { count, rowHeight, current }: { count: number; rowHeight: number; current: number },
): number[] {
  const [first, setFirst] = useState(0)
  const [shown, setShown] = useState(() => Math.ceil(innerHeight / rowHeight))
  const look = useEffectEvent(() => {
    const above = Math.max(0, -(list.current?.getBoundingClientRect().top ?? 0))
    setFirst(Math.floor(above / rowHeight / STEP) * STEP)
    setShown(Math.ceil(innerHeight / rowHeight))
  })
  // what stands above the list may have changed with any render
  useLayoutEffect(() => look())
  useEffect(() => {
    const listening = new AbortController()
    // before the next frame, however far it went
    const lookNow = () => flushSync(look)
    addEventListener('scroll', lookNow, { passive: true, signal: listening.signal })
    addEventListener('resize', lookNow, { signal: listening.signal })
    return () => listening.abort()
  }, [])
  const from = Math.max(0, Math.min(first, count) - BEYOND)
  const to = Math.min(count, first + shown + STEP + BEYOND)
  const indexes = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  const isElsewhere = current >= 0 && current < count && (current < from || current >= to)
  return isElsewhere ? [...indexes, current].sort((a, b) => a - b) : indexes
}

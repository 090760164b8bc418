import { useSyncExternalStore } from 'react'

const TICK_MS = 30_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void) {
  listeners.add(listener)
  now = Date.now()
  timer ??= setInterval(() => {
    now = Date.now()
    for (const listener of listeners) listener()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** "just now", "3 min ago", kept true; pointed at, the moment itself. */
export function Age({ moment, className }: { moment: string; className?: string }) {
  const at = useSyncExternalStore(subscribe, () => now)
  const date = new Date(moment)
  return (
    <time
      dateTime={moment}
      data-tooltip={date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })}
      className={className}
    >
      {ageText(at - date.getTime())}
    </time>
  )
}

/** Of an age in milliseconds. */
export function ageText(ageMs: number): string {
  if (ageMs < MINUTE_MS) return 'just now'
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min ago`
  if (ageMs < DAY_MS) return `${Math.floor(ageMs / HOUR_MS)} h ago`
  const days = Math.floor(ageMs / DAY_MS)
  return days === 1 ? 'yesterday' : `${days} days ago`
}

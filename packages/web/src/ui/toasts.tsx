import { X } from 'lucide-react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { Button, IconButton } from './button.tsx'
import { focusHeading, isFocusLost } from './focus.ts'
import { useShortcut } from './shortcuts.ts'

export interface Toast {
  text: ReactNode
  action?: { label: string; onAct: () => void }
  /** milliseconds; default 5,000, infinity until it is taken away */
  shownMs?: number
}
interface ShownToast extends Toast {
  id: number
}

const USUAL_MS = 5_000

let shown: readonly ShownToast[] = []
let count = 0
const listeners = new Set<() => void>()

function change(next: readonly ShownToast[]): void {
  shown = next
  for (const listener of listeners) listener()
}

/** Says something in passing, at the page's edge. Returns how to take it away before its time. */
export function showToast(toast: Toast): () => void {
  const id = ++count
  const remove = () => change(shown.filter((other) => other.id !== id))
  change([...shown, { ...toast, id }])
  const { shownMs = USUAL_MS } = toast
  if (shownMs < Number.POSITIVE_INFINITY) setTimeout(remove, shownMs)
  return remove
}

/** The pressed button goes with it, and what is behind it may take the focus first. */
function close(closed: ShownToast, onAct?: () => void): void {
  flushSync(() => {
    onAct?.()
    change(shown.filter(({ id }) => id !== closed.id))
  })
  if (isFocusLost()) focusHeading()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Where they appear; read out politely. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown)
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="fixed inset-x-4 bottom-4 z-50 mx-auto flex max-w-md flex-col gap-2 max-sm:bottom-20"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className="flex items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-float"
        >
          <p className="min-w-0 grow">{toast.text}</p>
          {toast.action && (
            <ActionButton label={toast.action.label} onAct={() => close(toast, toast.action?.onAct)} />
          )}
          <IconButton icon={X} label="Dismiss" onClick={() => close(toast)} />
        </div>
      ))}
    </section>
  )
}

/** Nobody who has no mouse gets there in time: one letter does the same. */
function ActionButton({ label, onAct }: { label: string; onAct: () => void }) {
  const key = label.charAt(0).toLowerCase()
  useShortcut(key, label, onAct)
  return (
    <Button aria-keyshortcuts={key} data-tooltip={`Press ${key.toUpperCase()}`} onClick={onAct}>
      {label}
    </Button>
  )
}

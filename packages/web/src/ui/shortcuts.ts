import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

export interface Shortcut {
  /** `mod+k` (Ctrl, or ⌘ on a Mac) · `?` · `g m`: one after the other. */
  keys: string
  label: string
}
interface Registered extends Shortcut {
  onPress: () => void
}

const SEQUENCE_MS = 1_000
export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

let registered: readonly Registered[] = []
let first: { key: string; at: number } | undefined
const listeners = new Set<() => void>()

function change(next: readonly Registered[]): void {
  registered = next
  for (const listener of listeners) listener()
}

/** A shortcut that works while its component is shown, and is listed under `?`. */
export function useShortcut(keys: string, label: string, onPress: () => void): void {
  const press = useEffectEvent(onPress)
  useEffect(() => {
    const entry = { keys, label, onPress: () => press() }
    change([...registered, entry])
    return () => change(registered.filter((other) => other !== entry))
  }, [keys, label])
}

/** What can be pressed right now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => registered,
  )
}

/** Listens on the whole page; once, by the frame. */
export function useShortcutKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  const hasModifier = isMac ? event.metaKey : event.ctrlKey
  const key = event.key.toLowerCase()
  if (hasModifier) {
    press(`mod+${key}`, event)
    return
  }
  // a modal window has keys of its own, and whoever types means letters
  if (event.ctrlKey || event.metaKey || isTyping(event.target) || document.querySelector('dialog[open]'))
    return
  if (first && event.timeStamp - first.at < SEQUENCE_MS && press(`${first.key} ${key}`, event)) return
  first = { key, at: event.timeStamp }
  press(key, event)
}

function press(keys: string, event: KeyboardEvent): boolean {
  const shortcut = registered.findLast((entry) => entry.keys === keys)
  if (!shortcut) return false
  event.preventDefault()
  first = undefined
  shortcut.onPress()
  return true
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

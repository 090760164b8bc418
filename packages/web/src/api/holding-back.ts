import { isShown } from './ask-anew.ts'

/** A change that can be undone until it is sent. */
export interface HeldBack {
  /** Names what is hidden meanwhile, such as `run 5f3c…`. */
  id: string
  /** What has happened, for people: "Run deleted". */
  text: string
  /** Sends it, and resolves when what is shown is true again. */
  send: () => Promise<unknown>
  /** Sends it where the page is left before its time: nobody waits for the answer. */
  sendOnLeaving: () => void
}

export interface HoldingBackPorts {
  showToast: (toast: { text: string; action?: { label: string; onAct: () => void } }) => () => void
  /** What went wrong, for people; null: it was done already. */
  sentenceOf: (error: unknown) => string | null
}

export const HELD_BACK_MS = 5_000

/** Deletions that are shown at once and sent a moment later: until then they can be undone. */
export function createHoldingBack({ showToast, sentenceOf }: HoldingBackPorts) {
  const waiting = new Map<string, { change: HeldBack; stop: () => void }>()
  let hidden: ReadonlySet<string> = new Set()
  const listeners = new Set<() => void>()

  function hide(id: string, isHidden: boolean): void {
    const next = new Set(hidden)
    if (isHidden) next.add(id)
    else next.delete(id)
    hidden = next
    for (const listener of listeners) listener()
  }

  /** The change of this id, which nothing will send any more but whoever takes it. */
  function take(id: string): HeldBack | undefined {
    const entry = waiting.get(id)
    entry?.stop()
    waiting.delete(id)
    return entry?.change
  }

  async function sendNow(id: string): Promise<void> {
    const change = take(id)
    if (!change) return
    try {
      await change.send()
      await isShown()
    } catch (error) {
      const text = sentenceOf(error)
      if (text !== null) showToast({ text: `Not deleted. ${text}` })
    }
    // where another one of the same name waits by now, it stays hidden
    if (!waiting.has(id)) hide(id, false)
  }

  function undo(id: string): void {
    if (take(id)) hide(id, false)
  }

  return {
    /** Hides it at once, says so with an "Undo", and sends it when nobody has pressed that. */
    holdBack(change: HeldBack): void {
      const { id, text } = change
      take(id)
      const removeToast = showToast({ text, action: { label: 'Undo', onAct: () => undo(id) } })
      const timer = setTimeout(() => void sendNow(id), HELD_BACK_MS)
      const stop = () => {
        clearTimeout(timer)
        removeToast()
      }
      waiting.set(id, { change, stop })
      hide(id, true)
    },
    /** Takes it back as "Undo" does; nothing happens where it was sent already. */
    undo,
    /** Sends all that still waits, or what is meant of it, and resolves when it has been answered. */
    async sendAll(isMeant: (id: string) => boolean = () => true): Promise<void> {
      await Promise.all([...waiting.keys()].filter(isMeant).map(sendNow))
    },
    /** The page is left: what still waits is sent and stays hidden. */
    leave(): void {
      for (const id of [...waiting.keys()]) take(id)?.sendOnLeaving()
    },
    /** What still waits is not sent at all: whoever wanted it is gone. */
    forget(): void {
      for (const id of [...waiting.keys()]) take(id)
      hidden = new Set()
      for (const listener of listeners) listener()
    },
    hidden: () => hidden,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

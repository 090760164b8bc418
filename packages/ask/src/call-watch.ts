import type { RunFault } from './run-fault.ts'
import type { RunLimits } from './run-limits.ts'

type Waits = Pick<RunLimits, 'totalMs' | 'firstTokenMs' | 'idleMs' | 'closingMs'>

/**
 * Watches over one call: its deadlines, and whoever cancels it. The first thing that ends it is why it ended, whatever
 * breaks in consequence.
 */
export function createCallWatch({ totalMs, firstTokenMs, idleMs, closingMs }: Waits, cancel: AbortSignal) {
  const controller = new AbortController()
  /** Ends the wait under way; one promise for all of them would gather what every token leaves behind. */
  let wake = () => {}
  const startedAt = performance.now()
  let firstTokenAt: number | undefined
  let endedAt: number | undefined
  let fault: RunFault | undefined
  let isWaiting = true

  function end(why: RunFault): void {
    if (controller.signal.aborted) return
    fault = why
    endedAt ??= performance.now()
    controller.abort()
    wake()
  }
  const endWaiting = (detail: 'first_token' | 'idle') => {
    // a slow reader of ours is not the provider's silence
    if (isWaiting) end({ code: 'timeout', detail })
  }
  const sinceStart = (moment: number) => Math.round(moment - startedAt)
  const total = setTimeout(end, totalMs, { code: 'timeout', detail: 'total' })
  let silence = setTimeout(endWaiting, Math.min(firstTokenMs, totalMs), 'first_token')
  const onCancel = () => end({ code: 'cancelled' })
  cancel.addEventListener('abort', onCancel, { once: true })
  if (cancel.aborted) onCancel()

  function waitAtMost(milliseconds: number): void {
    clearTimeout(silence)
    silence = setTimeout(endWaiting, milliseconds, 'idle')
  }

  return {
    /** Fires when the call is over, for whatever reason. */
    signal: controller.signal,
    fault: (): RunFault | undefined => fault,
    end,

    /** What is waited for, or undefined as soon as the call is over. */
    async wait<Value>(pending: PromiseLike<Value>): Promise<Value | undefined> {
      if (controller.signal.aborted) {
        // nobody will hear how it ends
        pending.then(undefined, () => {})
        return undefined
      }
      isWaiting = true
      if (firstTokenAt !== undefined) silence.refresh()
      const value = await new Promise<Value | undefined>((resolve, reject) => {
        wake = () => resolve(undefined)
        pending.then(resolve, reject)
      })
      isWaiting = false
      return controller.signal.aborted ? undefined : value
    },

    /** From the first token on, silence counts between tokens. */
    answering(): void {
      if (firstTokenAt !== undefined) return
      firstTokenAt = performance.now()
      waitAtMost(idleMs)
    },

    /** All has been said: now only the connection is waited for, and nothing that happens to it takes a word back. */
    closing(): void {
      endedAt = performance.now()
      waitAtMost(closingMs)
    },

    times: () => ({
      first_token_ms: firstTokenAt === undefined ? null : sinceStart(firstTokenAt),
      duration_ms: sinceStart(endedAt ?? performance.now()),
    }),

    /** Frees what is still held, upstream too. */
    stop(): void {
      clearTimeout(total)
      clearTimeout(silence)
      cancel.removeEventListener('abort', onCancel)
      controller.abort()
      wake()
    },
  }
}

export type CallWatch = ReturnType<typeof createCallWatch>

import type { authorise } from '@rollcall/core'

export type EchoChecks = Pick<ReturnType<typeof authorise>, 'isEchoedIn' | 'longestEcho' | 'begunAtEndOf'>

/**
 * Lets a streamed text through as long as the key is not in it, in whatever pieces it comes: what could be the beginning
 * of the key waits for what follows.
 */
export function createKeyWatch({ isEchoedIn, longestEcho, begunAtEndOf }: EchoChecks) {
  let seen = ''
  let held = ''
  return {
    /** What may be shown now; undefined once the key is in it. */
    pass(text: string): string | undefined {
      const recent = seen + text
      if (isEchoedIn(recent)) return undefined
      seen = recent.slice(-longestEcho)
      const whole = held + text
      const shown = whole.length - begunAtEndOf(whole)
      held = whole.slice(shown)
      return whole.slice(0, shown)
    },
    /** What still waited when nothing followed. */
    rest(): string {
      const rest = held
      held = ''
      return rest
    },
  }
}

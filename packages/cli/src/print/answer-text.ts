import { visibleWords } from '@rollcall/core/visible-text'

/**
 * A model's words as they may be written, in whatever pieces they come. At a terminal nothing in them can act: what
 * would stands there as `\u{1b}`. Elsewhere they are written as they are.
 */
export function createAnswerText({ isTerminal }: { isTerminal: boolean }) {
  let held = ''
  const written = (text: string) => (isTerminal ? visibleWords(text) : text)
  return {
    /** What can be written by now: half a character and half a line end wait for what follows. */
    pass(text: string): string {
      const whole = held + text
      const end = /[\r\ud800-\udbff]$/.test(whole) ? whole.length - 1 : whole.length
      held = whole.slice(end)
      return written(whole.slice(0, end))
    },
    /** What still waited when nothing followed. */
    rest(): string {
      const rest = held
      held = ''
      return written(rest)
    },
  }
}

import { escaped, UNSAFE } from '@rollcall/core/visible-text'

/** Between characters that belong together, as in families of emoji and in Persian; alone they do nothing. */
const JOINERS = '\u200c\u200d'
const KEPT = `\n\t${JOINERS}`

/**
 * A model's words as they may be written, in whatever pieces they come. At a terminal nothing in them can act: what
 * would stands there as `\u{1b}`. Elsewhere they are written as they are.
 */
export function createAnswerText({ isTerminal }: { isTerminal: boolean }) {
  let held = ''
  const written = (text: string) =>
    isTerminal
      ? text
          .replaceAll('\r\n', '\n')
          .replace(UNSAFE, (character) => (KEPT.includes(character) ? character : escaped(character)))
      : text
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

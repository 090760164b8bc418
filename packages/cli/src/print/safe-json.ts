import { UNSAFE } from '@rollcall/core/visible-text'

/** JSON for a terminal: still the same value for a parser, but nothing in it can act on the screen. */
export function toSafeJson(value: unknown, form: 'indented' | 'line' = 'indented'): string {
  return JSON.stringify(value, null, form === 'line' ? 0 : 2).replace(UNSAFE, (character) =>
    character === '\n'
      ? character
      : [...Array(character.length).keys()]
          .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
          .join(''),
  )
}

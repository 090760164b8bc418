/** Controls (and with them terminal sequences), bidi and zero-width marks, line separators, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
/** Letters and signs that look like nothing; spaces at either end, which nobody sees. */
const UNSEEN = /[\u115f\u1160\u2800\u3164\uffa0]|^\s+|\s+$/gu

/** Text of a provider as it may stand in a terminal: what would act or hide unseen is shown as `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, escaped).replace(UNSEEN, escaped)
}

export function escaped(text: string): string {
  return [...text].map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('')
}

/** The same for JSON: still the same value for a parser, but nothing in it can act on a terminal. */
export function toSafeJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSAFE, (character) =>
    character === '\n'
      ? character
      : [...Array(character.length).keys()]
          .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
          .join(''),
  )
}

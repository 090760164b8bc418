/** Controls (and with them terminal sequences), bidi and zero-width marks, line separators, lone surrogates. */
export const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
/** Letters and signs that look like nothing; spaces at either end, which nobody sees. */
const UNSEEN = /[\u115f\u1160\u2800\u3164\uffa0]|^\s+|\s+$/gu

/** Text of a stranger as it may be shown: what would act or hide unseen stands there as `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, escaped).replace(UNSEEN, escaped)
}

export function escaped(text: string): string {
  return [...text].map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('')
}

/** Between characters that belong together, as in families of emoji and in Persian; alone they do nothing. */
const JOINERS = '\u200c\u200d'
const KEPT_IN_WORDS = `\n\t${JOINERS}`

/** A model's words as they may be shown: as `visible`, but with their lines, tabs and joined characters. */
export function visibleWords(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNSAFE, (character) => (KEPT_IN_WORDS.includes(character) ? character : escaped(character)))
}

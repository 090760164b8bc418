/** Controls, white space, invisible formatting (bidi, zero-width, fillers), line separators, lone surrogates. */
export const UNSEEN = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u

/** What to call a character that cannot be seen, as in "a space"; undefined where it can. */
export function nameOfUnseen(codePoint: number): string | undefined {
  if (codePoint === 0x20) return 'a space'
  if (codePoint === 0x09) return 'a tab'
  if (codePoint === 0x0a || codePoint === 0x0d) return 'a line break'
  if (codePoint < 0x20 || codePoint === 0x7f) return `a control character (${codeOf(codePoint)})`
  return UNSEEN.test(String.fromCodePoint(codePoint))
    ? `an invisible character (${codeOf(codePoint)})`
    : undefined
}

/** As in "U+200B". */
export function codeOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}

/** Counted as people do: what is written with two halves is one. */
export function countCharacters(text: string): number {
  let count = text.length
  for (let index = 0; index < text.length; index++) {
    if ((text.codePointAt(index) ?? 0) <= 0xffff) continue
    count--
    index++
  }
  return count
}

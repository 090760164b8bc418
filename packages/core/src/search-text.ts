/** How well a text answers a search: the smaller, the better. */
const RELEVANCE = { exact: 0, prefix: 1, wordStart: 2, inside: 3 } as const

const MARKS = /\p{M}/gu

/** Lower case without diacritics, so that "Müller" is found by "muller" and the other way round. */
export function folded(text: string): string {
  // almost everything is plain ASCII
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase()
}

/** The words of a search, folded; none where it is empty. */
export function wordsOf(search: string): string[] {
  return folded(search).split(/\s+/).filter(Boolean)
}

/** Before each text without its signs: "gpt4o" finds `gpt-4o` there, and nothing counts as its beginning. */
const WITHOUT_SIGNS = '\0'

/** Texts as they are searched: each one in a line of its own, folded; then each once more as letters and digits alone. */
export function searchable(...texts: readonly string[]): string {
  const lines = texts.map((text) => folded(text).replace(/[\n\0]/g, ' '))
  const bare = lines.map((line) => WITHOUT_SIGNS + line.replace(/[^\p{L}\p{N}]+/gu, ''))
  return `\n${lines.join('\n')}\n${bare.join('')}`
}

/** Whether every word is somewhere in a searchable text. */
export function hasWords(text: string, words: readonly string[]): boolean {
  for (const word of words) if (!text.includes(word)) return false
  return true
}

/** The sum of each word's best place in a searchable text; -1: a word is missing. */
export function relevanceOf(text: string, words: readonly string[]): number {
  let sum = 0
  for (const word of words) {
    const place = bestPlace(text, word)
    if (place === -1) return -1
    sum += place
  }
  return sum
}

function bestPlace(text: string, word: string): number {
  let best: number = -1
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const place = placeAt(text, at, word.length)
    if (place === RELEVANCE.exact) return place
    if (best === -1 || place < best) best = place
  }
  return best
}

function placeAt(text: string, at: number, length: number): number {
  const before = text[at - 1]
  // each part of an id between slashes begins something
  if (before === '\n' || before === '/')
    return text[at + length] === '\n' ? RELEVANCE.exact : RELEVANCE.prefix
  return before === WITHOUT_SIGNS || isInWord(text.charCodeAt(at - 1))
    ? RELEVANCE.inside
    : RELEVANCE.wordStart
}

function isInWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code > 0x7f
}

import { folded } from './search-text.ts'

const MOST = 4
/** Of 1: two texts share every pair of letters. */
const LEAST_LIKENESS = 0.45
const LONGEST_SEARCH = 128
/** Letters, figures and one for all else. */
const SIGNS = 37
const SLASH = '/'

/** The ids that are written most like a search that found nothing, the most alike first. */
export function similarIds(ids: readonly string[], search: string): string[] {
  const likenessOf = createLikeness(folded(search).slice(0, LONGEST_SEARCH))
  return ids
    .map((id) => ({ id, likeness: likenessOf(folded(id)) }))
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST)
    .map(({ id }) => id)
}

/**
 * How many pairs of letters an id shares with a text (Dice's coefficient): neighbours, and those with one between them.
 * The id counts as a whole or from any of its slashes on, whichever is most alike. It is asked of 10,000 ids between
 * two keys, hence one pass each.
 */
function createLikeness(wantedText: string): (id: string) => number {
  const wanted = new Uint8Array(SIGNS * SIGNS)
  let wantedCount = 0
  eachPair(wantedText, (pair) => {
    if (wanted[pair] === 0) wantedCount++
    wanted[pair] = 1
  })
  // which id last had a pair, so that nothing has to be emptied between two ids
  const lastSeen = new Uint32Array(SIGNS * SIGNS)
  let turn = 0
  return (id) => {
    turn++
    let best = 0
    let count = 0
    let shared = 0
    const measure = () => {
      if (count > 0) best = Math.max(best, (2 * shared) / (count + wantedCount))
    }
    eachPair(
      id,
      (pair) => {
        if (lastSeen[pair] === turn) return
        lastSeen[pair] = turn
        count++
        if (wanted[pair] === 1) shared++
      },
      measure,
    )
    measure()
    return best
  }
}

/** From the end to the beginning, over signs between letters, which do not count; told of each slash. */
function eachPair(text: string, onPair: (pair: number) => void, onSlash?: () => void): void {
  let next = -1
  let nextButOne = -1
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === SLASH) onSlash?.()
    const sign = signOf(text.charCodeAt(at))
    if (sign === -1) continue
    if (next !== -1) onPair(sign * SIGNS + next)
    // so that two letters in the wrong order cost little
    if (nextButOne !== -1) onPair(sign * SIGNS + nextButOne)
    nextButOne = next
    next = sign
  }
}

/** -1: it does not count. */
function signOf(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26
  return code > 0x7f ? SIGNS - 1 : -1
}

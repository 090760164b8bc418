import { folded, type ListedModel } from '@rollcall/core/select-models'

const MOST = 4
/** Of 1: two texts share every pair of letters. */
const LEAST_LIKENESS = 0.45
const LONGEST_SEARCH = 128

/** The ids that are written most like a search that found nothing, the most alike first. */
export function similarIds(listed: readonly ListedModel[], search: string): string[] {
  const wanted = pairsOf(folded(search).slice(0, LONGEST_SEARCH))
  if (wanted.size === 0) return []
  return listed
    .map(({ model: { id } }) => ({ id, likeness: likenessOf(folded(id), wanted) }))
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST)
    .map(({ id }) => id)
}

/** As a whole, without the provider, or its last part alone: whichever is most alike. */
function likenessOf(id: string, wanted: ReadonlySet<string>): number {
  const starts = [0, id.indexOf('/') + 1, id.lastIndexOf('/') + 1]
  return Math.max(...starts.map((start) => dice(pairsOf(id.slice(start)), wanted)))
}

function dice(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let shared = 0
  for (const pair of some) if (others.has(pair)) shared++
  return (2 * shared) / (some.size + others.size || 1)
}

/** Every two letters or figures that follow each other; signs between them do not count. */
function pairsOf(text: string): Set<string> {
  const letters = text.replace(/[\s\-_.:/]+/g, '')
  const pairs = new Set<string>()
  for (let at = 0; at + 1 < letters.length; at++) pairs.add(letters.slice(at, at + 2))
  return pairs
}

import type { Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'

const MOST = 3
/** Of the longer name: a name of which more is written otherwise is another one. */
const MOST_DIFFERENT = 0.4

/** The listed ids that look most like this one, as they may be shown; those of which it is a part come first. */
export function nearestIds(id: string, models: readonly Model[]): string[] {
  const near = models.flatMap((model) => {
    const longest = Math.max(id.length, model.id.length)
    const distance = model.id.includes(id) ? 0 : distanceBetween(id, model.id) / longest
    return distance <= MOST_DIFFERENT ? [{ id: visible(model.id), distance }] : []
  })
  return near
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map((one) => one.id)
}

/** How many characters must be added, removed or replaced to make the one of the other. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

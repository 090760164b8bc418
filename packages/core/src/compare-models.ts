import { type Fact, factsOf } from './model-facts.ts'
import type { Model } from './schema/model.ts'

export type { Fact } from './model-facts.ts'

/** How many models can stand side by side. */
export const COMPARED = { fewest: 2, most: 6 } as const

/** One line of a comparison. */
export interface ComparedFacts {
  /** As in `sources`. */
  field: string
  title: string
  /** Of each model, in their order. */
  facts: readonly Fact[]
  /** Something known of it is not the same. Unknown is not another value, and not the same. */
  differs: boolean
  /** The places of the best; none where all that is known is alike, or where nothing is better than anything. */
  best: ReadonlySet<number>
}

/** Models side by side, a line for each fact: all that is known of any of them, and the usual figures in any case. */
export function compareModels(models: readonly Model[]): ComparedFacts[] {
  return factsOf(models).flatMap((facts) => {
    const [first] = facts
    if (!first) return []
    const differs = areDifferent(facts)
    const best = differs ? bestOf(facts) : new Set<number>()
    return [{ field: first.field, title: first.title, facts, differs, best }]
  })
}

function areDifferent(facts: readonly Fact[]): boolean {
  return new Set(facts.flatMap(({ value }) => value ?? [])).size > 1
}

function bestOf(facts: readonly Fact[]): ReadonlySet<number> {
  const most = Math.max(...facts.flatMap(({ rank }) => rank ?? []))
  return new Set(facts.flatMap(({ rank }, index) => (rank === most ? [index] : [])))
}

import { LIMITS } from './limits.ts'
import type { ModelFacts, Provider } from './provider.ts'
import type { Model } from './schema/model.ts'
import { isUsableId, toModel } from './to-model.ts'

/** Gathers one provider's pages into one list: in its order, each id once, odd entries counted. */
export function createModelList(provider: Provider, nowMs: number, mostModels: number = LIMITS.models) {
  const texts: (string | null | undefined)[] = []
  const byId = new Map<string, { model: Model; snapshotOf: readonly string[] }>()
  let seen = 0
  let dropped = 0
  let isTruncated = false

  const addFacts = (facts: ModelFacts) => {
    if (byId.has(facts.id)) return // the first of two equal ids wins: Mistral really sends some twice
    byId.set(facts.id, { model: toModel(provider, facts, nowMs), snapshotOf: facts.snapshot_of ?? [] })
  }

  return {
    addFacts,
    /** All that the read entries could carry out of here, as it was sent: nothing is cut yet. */
    textAsSent: () => texts.join('\n'),
    /** Reads a page's entries one by one. */
    add(entries: readonly unknown[]): void {
      for (const entry of entries) {
        if (seen >= mostModels) {
          isTruncated = true
          return
        }
        seen++
        const facts = provider.read(entry)
        if (facts && isUsableId(facts.id)) {
          texts.push(facts.id, facts.name, facts.description, facts.replacement, ...(facts.aliases ?? []))
          addFacts(facts)
        } else dropped++
      }
    },
    get isFull() {
      return seen >= mostModels
    },
    markTruncated() {
      isTruncated = true
    },
    finish(): { models: Model[]; droppedCount: number; isTruncated: boolean } {
      const models: Model[] = []
      for (const { model, snapshotOf } of byId.values()) {
        const alias = snapshotOf.find((id) => byId.has(id))
        if (alias !== undefined) model.snapshot_of = `${provider.key}/${alias}`
        models.push(model)
      }
      return { models, droppedCount: dropped, isTruncated }
    },
  }
}

import { LIMITS } from './limits.ts'
import type { ModelFacts, Provider } from './provider.ts'
import type { Model } from './schema/model.ts'
import { isUsableId, toModel } from './to-model.ts'

/** Gathers one provider's pages into one list: in its order, each id once, odd entries counted. */
export function createModelList(provider: Provider, nowMs: number, mostModels: number = LIMITS.models) {
  const byId = new Map<string, { model: Model; snapshotOf: readonly string[] }>()
  let texts: string[] = []
  let textChars = 0
  let seen = 0
  let dropped = 0

  const addFacts = (facts: ModelFacts) => {
    const model = toModel(provider, facts, nowMs)
    // the first of two equal ids wins: Mistral really sends some twice
    if (!byId.has(model.id)) byId.set(model.id, { model, snapshotOf: facts.snapshot_of ?? [] })
  }

  const keepTexts = (said: readonly (string | null | undefined)[]) => {
    for (const text of said) {
      if (!text) continue
      texts.push(text)
      textChars += text.length
    }
  }

  return {
    addFacts,
    /** Reads one entry, unless the list is full. */
    add(entry: unknown): void {
      if (seen >= mostModels) return
      seen++
      const facts = provider.read(entry)
      if (!facts || !isUsableId(facts.id)) {
        dropped++
        return
      }
      keepTexts([facts.id, facts.name, facts.description, facts.replacement, facts.hugging_face_id])
      keepTexts(facts.aliases ?? [])
      addFacts(facts)
    },
    /** How much there is to take. */
    get textChars() {
      return textChars
    },
    get isFull() {
      return seen >= mostModels
    },
    /** All that what was read since the last call could carry out of here, as it was sent: nothing is cut yet. */
    takeTextsAsSent(): string[] {
      // one look at many short texts is quicker than many looks; a long one is not worth a copy
      const taken = [texts.filter(isShort).join('\n'), ...texts.filter((text) => !isShort(text))]
      texts = []
      textChars = 0
      return taken
    },
    finish(): { models: Model[]; droppedCount: number } {
      const models: Model[] = []
      for (const { model, snapshotOf } of byId.values()) {
        const alias = snapshotOf
          .map((id) => byId.get(`${provider.key}/${id}`)?.model)
          .find((other) => other && isAliasOf(other, model))
        if (alias) model.snapshot_of = alias.id
        models.push(model)
      }
      return { models, droppedCount: dropped }
    },
  }
}

export type ModelList = ReturnType<typeof createModelList>

function isShort(text: string): boolean {
  return text.length <= LIMITS.descriptionChars
}

/** By their names the one may stand for the other; where either says for which it stands, that is believed. */
function isAliasOf(alias: Model, snapshot: Model): boolean {
  if (!alias.aliases && !snapshot.aliases) return true
  return alias.aliases?.includes(snapshot.id) === true || snapshot.aliases?.includes(alias.id) === true
}

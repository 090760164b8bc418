import { applyCorrections, sameModels } from '@rollcall/core'
import type { Model } from '@rollcall/core/schema'
import type { CatalogueCopy } from '../facts/catalogue-copy.ts'
import type { Handlers } from '../http/bind.ts'
import type { MarkStore } from '../marks/mark-store.ts'
import { Refusal } from '../refusal.ts'
import type { AvailableModelsPath } from './available-models.ts'
import type { ReadAnswers } from './read-answers.ts'

export interface ShowModelPorts {
  path: AvailableModelsPath
  readAnswers: ReadAnswers
  marks: MarkStore
  catalogue: Pick<CatalogueCopy, 'current'>
}

/** One model: as its reader has set it right, what would stand there otherwise, and who else serves it. */
export function createShowModel(ports: ShowModelPorts): Pick<Handlers, 'showModel'> {
  const { path, readAnswers, marks, catalogue } = ports

  async function uncorrected(userId: string, id: string): Promise<Model | undefined> {
    const states = await path.keysOf(userId, { isForced: false, providers: [id.slice(0, id.indexOf('/'))] })
    const parts = await Promise.all(states.map((state) => path.partOf(state, false)))
    for (const part of parts) {
      const found = part && (JSON.parse(part.uncorrected) as Model[]).find((model) => model.id === id)
      if (found) return found
    }
    return undefined
  }

  return {
    async showModel({ query: { id }, who: { userId } }) {
      const { index, providers } = await readAnswers.of(userId)
      const said = await uncorrected(userId, id)
      if (!said) return new Refusal('not_found', 'None of your keys can use such a model.')
      const { models, differs } = applyCorrections([said], await marks.corrections(userId))
      const same = sameModels(providers, (await catalogue.current()).catalogue).get(id) ?? []
      const mark = (await marks.ofUser(userId)).find((one) => one.id === id)
      return {
        model: models[0] ?? said,
        is_favourite: mark?.is_favourite ?? false,
        is_hidden: mark?.is_hidden ?? false,
        differs: [...(differs.get(id) ?? [])],
        same: same.flatMap((other) => (other === id ? [] : (index.byId.get(other)?.model ?? []))),
      }
    },
  }
}

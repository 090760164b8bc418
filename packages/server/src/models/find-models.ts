import { PROVIDERS } from '@rollcall/core'
import type { FoundModels } from '@rollcall/core/schema'
import { findModels, fitsMarks, selectionOf } from '@rollcall/core/select-models'
import type { Handlers, Request } from '../http/bind.ts'
import type { MarkStore } from '../marks/mark-store.ts'
import { Refusal } from '../refusal.ts'
import type { ReadAnswers } from './read-answers.ts'

const USUAL_PAGE = 50

/** Searches what a user's keys can use. */
export function createFindModels(answers: ReadAnswers, marks: MarkStore): Pick<Handlers, 'findModels'> {
  return {
    async findModels({ query, who }) {
      const refusal = refuseUnknownProvider(query.provider)
      if (refusal) return refusal
      const [{ index, statuses }, marked] = await Promise.all([
        answers.of(who.userId),
        marks.ofUser(who.userId),
      ])
      const fits = fitsMarks(marked, query)
      const page = toPage(
        findModels(index, selectionOf(query)).filter(({ model }) => fits(model.id)),
        query,
      )
      return page instanceof Refusal ? page : { ...page, statuses }
    },
  }
}

type Query = Request<'findModels'>['query']

function toPage(
  found: ReturnType<typeof findModels>,
  { limit = USUAL_PAGE, after }: Query,
): Omit<FoundModels, 'statuses'> | Refusal {
  const last = after === undefined ? -1 : found.findIndex(({ model }) => model.id === after)
  if (after !== undefined && last === -1) {
    return new Refusal(
      'invalid_request',
      'after names a model that is not among these any more: begin anew.',
      {
        field: 'after',
      },
    )
  }
  const models = found.slice(last + 1, last + 1 + limit).map(({ model }) => model)
  const isEnd = last + 1 + limit >= found.length
  return { models, total: found.length, next: isEnd ? null : (models.at(-1)?.id ?? null) }
}

export function refuseUnknownProvider(names: readonly string[] | undefined): Refusal | undefined {
  if (!names?.some((name) => !PROVIDERS.some(({ key }) => key === name))) return undefined
  const known = PROVIDERS.map(({ key }) => key).join(', ')
  return new Refusal('invalid_request', `provider names one that is not known; there are: ${known}.`, {
    field: 'provider',
  })
}

import { PROVIDERS } from '@rollcall/core'
import type { FoundModels, ModelMark } from '@rollcall/core/schema'
import { findModels, type Selection } from '@rollcall/core/select-models'
import type { Handlers, Request } from '../http/bind.ts'
import type { MarkStore } from '../marks/mark-store.ts'
import { Refusal } from '../refusal.ts'
import type { ReadAnswers } from './read-answers.ts'

const USUAL_PAGE = 50

/** Searches what a user's keys can use. */
export function createFindModels(answers: ReadAnswers, marks: MarkStore): Pick<Handlers, 'findModels'> {
  return {
    async findModels({ query, who }) {
      const selection = toSelection(query)
      if (selection instanceof Refusal) return selection
      const [{ index, statuses }, marked] = await Promise.all([
        answers.of(who.userId),
        marks.ofUser(who.userId),
      ])
      const fits = byMarks(marked, query)
      const page = toPage(
        findModels(index, selection).filter(({ model }) => fits(model.id)),
        query,
      )
      return page instanceof Refusal ? page : { ...page, statuses }
    },
  }
}

/** What is hidden is only found by whoever asks for it. */
function byMarks(marks: readonly ModelMark[], { favourite, hidden = false }: Query): (id: string) => boolean {
  const favourites = new Set(marks.filter((mark) => mark.is_favourite).map(({ id }) => id))
  const hiddenOnes = new Set(marks.filter((mark) => mark.is_hidden).map(({ id }) => id))
  return (id) =>
    hiddenOnes.has(id) === hidden && (favourite === undefined || favourites.has(id) === favourite)
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

function toSelection(query: Query): Selection | Refusal {
  return (
    refuseUnknownProvider(query.provider) ?? {
      search: query.q,
      providers: query.provider,
      kinds: query.kind,
      capabilities: query.capability,
      input: query.modality,
      output: query.output_modality,
      mostInputPrice: query.max_input_price,
      mostOutputPrice: query.max_output_price,
      isFree: query.free && true,
      leastContext: query.min_context,
      releasedSince: query.released_since,
      deprecated: query.deprecated === undefined ? undefined : query.deprecated ? 'only' : 'hide',
      sort: query.sort,
    }
  )
}

export function refuseUnknownProvider(names: readonly string[] | undefined): Refusal | undefined {
  if (!names?.some((name) => !PROVIDERS.some(({ key }) => key === name))) return undefined
  const known = PROVIDERS.map(({ key }) => key).join(', ')
  return new Refusal('invalid_request', `provider names one that is not known; there are: ${known}.`, {
    field: 'provider',
  })
}

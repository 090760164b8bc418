import { PROVIDERS } from '@rollcall/core'
import type { AvailableModels, FoundModels } from '@rollcall/core/schema'
import { createModelIndex, findModels, type ModelIndex, type Selection } from '@rollcall/core/select-models'
import { LRUCache } from 'lru-cache'
import type { Handlers, Request } from '../http/bind.ts'
import { Refusal } from '../refusal.ts'
import type { PreparedAnswer, PreparedAnswers } from './prepared-answers.ts'

/** Of answers that are searched, as they are sent; in memory they are some five times as large. */
const MEMORY_BYTES = 16 * 1024 * 1024
const USUAL_PAGE = 50

interface ReadAnswer extends AvailableModels {
  etag: string
  bytes: number
  index: ModelIndex
}

/** Searches what a user's keys can use; their answer is read once for as long as it stays the same. */
export function createFindModels(answers: PreparedAnswers): Pick<Handlers, 'findModels'> {
  const known = new LRUCache<string, ReadAnswer>({
    maxSize: MEMORY_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
  })

  async function answerOf(userId: string): Promise<ReadAnswer> {
    const prepared = answers.ready(userId) ?? (await answers.make(userId, { isForced: false }))
    const before = known.get(userId)
    if (before?.etag === prepared.etag) return before
    const answer = readAnswer(prepared)
    known.set(userId, answer)
    return answer
  }

  return {
    async findModels({ query, who }) {
      const selection = toSelection(query)
      if (selection instanceof Refusal) return selection
      const { index, statuses } = await answerOf(who.userId)
      const page = toPage(findModels(index, selection), query)
      return page instanceof Refusal ? page : { ...page, statuses }
    },
  }
}

function readAnswer({ plain, etag }: PreparedAnswer): ReadAnswer {
  const answer = JSON.parse(plain.toString()) as AvailableModels
  return { ...answer, etag, bytes: plain.length, index: createModelIndex(answer.providers) }
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

import type { AvailableModels } from '@rollcall/core/schema'
import { createModelIndex, type ModelIndex } from '@rollcall/core/select-models'
import { LRUCache } from 'lru-cache'
import type { PreparedAnswer, PreparedAnswers } from './prepared-answers.ts'

/** Of answers that are searched, as they are sent; in memory they are some five times as large. */
const MEMORY_BYTES = 16 * 1024 * 1024

interface ReadAnswer extends AvailableModels {
  etag: string
  bytes: number
  index: ModelIndex
}

/** Users' answers, each read once for as long as it stays the same. */
export function createReadAnswers(answers: PreparedAnswers) {
  const known = new LRUCache<string, ReadAnswer>({
    maxSize: MEMORY_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
  })
  return {
    async of(userId: string): Promise<ReadAnswer> {
      const prepared = answers.ready(userId) ?? (await answers.make(userId, { isForced: false }))
      const before = known.get(userId)
      if (before?.etag === prepared.etag) return before
      const answer = readAnswer(prepared)
      known.set(userId, answer)
      return answer
    },
  }
}

export type ReadAnswers = ReturnType<typeof createReadAnswers>

function readAnswer({ plain, etag }: PreparedAnswer): ReadAnswer {
  const answer = JSON.parse(plain.toString()) as AvailableModels
  return { ...answer, etag, bytes: plain.length, index: createModelIndex(answer.providers) }
}

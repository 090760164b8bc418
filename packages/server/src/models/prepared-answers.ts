import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { Storage } from '../storage/database.ts'
import { type AvailableModelsPath, type Selection, toAnswerText } from './available-models.ts'

const MEMORY_BYTES = 64 * 1024 * 1024

const ENCODERS = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  zstd: (bytes: Buffer) => promisify(zstdCompress)(bytes),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
}
export type Encoding = keyof typeof ENCODERS
/** The smallest first. */
export const ENCODINGS = Object.keys(ENCODERS) as Encoding[]

/** An answer as bytes, made once for everybody who asks while it holds. */
export interface PreparedAnswer {
  etag: string
  plain: Buffer
  encoded: Partial<Record<Encoding, Buffer>>
  /** From then on it is another one. Milliseconds since the epoch. */
  holdsUntil: number
}

/** Answers of active users, ready to be sent; what changes is made anew when it is asked for the next time. */
export function createPreparedAnswers(path: AvailableModelsPath, storage: Storage, now: () => number) {
  const ready = new LRUCache<string, PreparedAnswer>({
    maxSize: MEMORY_BYTES,
    sizeCalculation: ({ plain, encoded }) =>
      plain.length + Object.values(encoded).reduce((sum, { length }) => sum + length, 512),
  })
  const underWay = new Map<string, { userId: string; isOutdated: boolean; answer: Promise<PreparedAnswer> }>()

  storage.onChange((change) => {
    if (change.kind === 'access') return
    const isMeant = (userId: string) => change.kind === 'everything' || change.userId === userId
    if (change.kind === 'everything') ready.clear()
    else ready.delete(change.userId)
    for (const [name, building] of underWay) {
      if (!isMeant(building.userId)) continue
      building.isOutdated = true
      // whoever comes now knows of keys that this one does not; new lists it has yet to read itself
      if (change.kind !== 'lists') underWay.delete(name)
    }
  })

  async function build(
    userId: string,
    selection: Selection,
    building: { isOutdated: boolean },
  ): Promise<PreparedAnswer> {
    const { parts, isFresh } = await path.collect(userId, selection)
    const plain = Buffer.from(toAnswerText(parts, selection.kinds))
    const answer: PreparedAnswer = {
      etag: `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`,
      plain,
      encoded: {},
      holdsUntil: path.changesAt(parts),
    }
    const isForAll = !selection.providers && !selection.kinds && !isFresh
    if (isForAll && !building.isOutdated) ready.set(userId, answer)
    return answer
  }

  return {
    /** The whole answer where it is there already and still holds. */
    ready(userId: string): PreparedAnswer | undefined {
      const answer = ready.get(userId)
      return answer && now() < answer.holdsUntil ? answer : undefined
    },

    /** Callers with the same question share one answer while it is made. */
    async make(userId: string, selection: Selection): Promise<PreparedAnswer> {
      const name = JSON.stringify([userId, selection])
      const shared = underWay.get(name)
      if (shared) return shared.answer
      const building = {
        userId,
        isOutdated: false,
        answer: Promise.resolve() as Promise<unknown> as Promise<PreparedAnswer>,
      }
      underWay.set(name, building)
      building.answer = build(userId, selection, building).finally(() => {
        if (underWay.get(name) === building) underWay.delete(name)
      })
      return building.answer
    },

    /** Compresses once for each encoding. */
    async encode(userId: string, answer: PreparedAnswer, encoding: Encoding): Promise<Buffer> {
      const known = answer.encoded[encoding]
      if (known) return known
      const bytes = await ENCODERS[encoding](answer.plain)
      answer.encoded[encoding] = bytes
      // it has become larger
      if (ready.peek(userId) === answer) ready.set(userId, answer)
      return bytes
    },
  }
}

export type PreparedAnswers = ReturnType<typeof createPreparedAnswers>

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

/** An answer as bytes, made once for everybody who asks while it holds. Moments are milliseconds since the epoch. */
export interface PreparedAnswer {
  etag: string
  plain: Buffer
  encoded: Partial<Record<Encoding, Buffer>>
  /** Later than now where the clock was set back: then nothing is known of how long it holds. */
  madeAt: number
  /** From then on it is another one. */
  holdsUntil: number
}

interface Building {
  userId: string
  isForced: boolean
  /** Something has changed since it was begun. */
  isOutdated: boolean
  answer?: Promise<PreparedAnswer>
}

/** Answers of active users, ready to be sent; what changes is made anew when it is asked for the next time. */
export function createPreparedAnswers(
  path: Pick<AvailableModelsPath, 'collect'>,
  storage: Pick<Storage, 'onChange'>,
  now: () => number,
) {
  const ready = new LRUCache<string, PreparedAnswer>({
    maxSize: MEMORY_BYTES,
    sizeCalculation: ({ plain, encoded }) =>
      plain.length + Object.values(encoded).reduce((sum, { length }) => sum + length, 512),
  })
  const underWay = new Map<string, Building>()
  const encoding = new WeakMap<PreparedAnswer, Map<Encoding, Promise<Buffer>>>()

  storage.onChange((change) => {
    const { kind } = change
    if (kind === 'access' || kind === 'marks' || kind === 'runs' || kind === 'stopped_run') return
    const isOfAll = !('userId' in change)
    if (isOfAll) ready.clear()
    else ready.delete(change.userId)
    for (const [name, building] of underWay) {
      if (!isOfAll && change.userId !== building.userId) continue
      building.isOutdated = true
      // whoever comes now sees what has changed; only a forced refresh is shared until its last list has come
      const isOfKeys = change.kind === 'keys' || change.kind === 'everything'
      if (isOfKeys || !building.isForced) underWay.delete(name)
    }
  })

  async function build(building: Building, selection: Selection): Promise<PreparedAnswer> {
    const madeAt = now()
    const { parts, isFresh, holdsUntil } = await path.collect(building.userId, selection)
    const plain = Buffer.from(toAnswerText(parts, selection.kinds))
    const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 27)
    const answer: PreparedAnswer = { etag: `W/"${hash}"`, plain, encoded: {}, madeAt, holdsUntil }
    const isForAll = !selection.providers && !selection.kinds && !isFresh
    if (isForAll && !building.isOutdated) ready.set(building.userId, answer)
    return answer
  }

  return {
    /** The whole answer where it is there already and still holds. */
    ready(userId: string): PreparedAnswer | undefined {
      const answer = ready.get(userId)
      if (!answer) return undefined
      const moment = now()
      return answer.madeAt <= moment && moment < answer.holdsUntil ? answer : undefined
    },

    /** Callers with the same question share one answer while it is made. */
    make(userId: string, selection: Selection): Promise<PreparedAnswer> {
      const name = JSON.stringify([userId, selection])
      const shared = underWay.get(name)?.answer
      if (shared) return shared
      const building: Building = { userId, isForced: selection.isForced, isOutdated: false }
      underWay.set(name, building)
      building.answer = build(building, selection).finally(() => {
        if (underWay.get(name) === building) underWay.delete(name)
      })
      return building.answer
    },

    /** Compresses once for each encoding, however many want it at once. */
    async encode(userId: string, answer: PreparedAnswer, name: Encoding): Promise<Buffer> {
      const known = answer.encoded[name]
      if (known) return known
      const ofAnswer = encoding.get(answer) ?? new Map<Encoding, Promise<Buffer>>()
      encoding.set(answer, ofAnswer)
      const shared = ofAnswer.get(name) ?? ENCODERS[name](answer.plain)
      ofAnswer.set(name, shared)
      const bytes = await shared
      if (answer.encoded[name]) return bytes
      answer.encoded[name] = bytes
      // it has become larger, which is not seen of one that is there already
      if (ready.peek(userId) === answer) {
        ready.delete(userId)
        ready.set(userId, answer)
      }
      return bytes
    },
  }
}

export type PreparedAnswers = ReturnType<typeof createPreparedAnswers>

import type { Corrections, ModelMark, ModelMarkChange } from '@rollcall/core/schema'
import { LRUCache } from 'lru-cache'
import { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import type { ModelMarkRow } from '../storage/tables.ts'

const MOST_MARKS = 2_000
const MOST_CORRECTION_CHARS = 4_000
const MOST_REMEMBERED_USERS = 1_000

/** Each user's favourites, hidden models and corrections. */
export function createMarkStore(storage: Storage, now: () => number) {
  const { db } = storage
  const corrections = new LRUCache<string, Promise<Corrections>>({ max: MOST_REMEMBERED_USERS })
  storage.onChange((change) => {
    if (change.kind === 'everything') corrections.clear()
    else if (change.kind === 'marks' || change.kind === 'access') corrections.delete(change.userId)
  })

  async function readCorrections(userId: string): Promise<Corrections> {
    const rows = await db
      .selectFrom('model_marks')
      .select(['model_id', 'correction'])
      .where('user_id', '=', userId)
      .where('correction', 'is not', null)
      .execute()
    return Object.fromEntries(
      rows.map(({ model_id, correction }) => [model_id, JSON.parse(correction ?? '')]),
    )
  }

  function correctionOf({ facts }: ModelMarkChange): string | null {
    if (!facts || Object.keys(facts).length === 0) return null
    return JSON.stringify({ date: new Date(now()).toISOString().slice(0, 10), facts })
  }

  return {
    /** By model id. */
    async ofUser(userId: string): Promise<ModelMark[]> {
      const rows = await db.selectFrom('model_marks').selectAll().where('user_id', '=', userId).execute()
      return rows.map(toMark).sort((a, b) => (a.id < b.id ? -1 : 1))
    },

    /** Remembered, since every answer asks for them. */
    async corrections(userId: string): Promise<Corrections> {
      const before = corrections.get(userId)
      if (before) return before
      const reading = readCorrections(userId)
      corrections.set(userId, reading)
      reading.catch(() => {
        if (corrections.peek(userId) === reading) corrections.delete(userId)
      })
      return reading
    },

    /** Changes what is given; of a model without any mark nothing is kept. */
    async change(userId: string, change: ModelMarkChange): Promise<ModelMark | Refusal> {
      const correction = correctionOf(change)
      if (correction && correction.length > MOST_CORRECTION_CHARS) {
        return new Refusal('invalid_request', 'facts hold more than can be kept: shorten them.', {
          field: 'facts',
        })
      }
      const values = {
        ...(change.is_favourite === undefined ? {} : { is_favourite: toFlag(change.is_favourite) }),
        ...(change.is_hidden === undefined ? {} : { is_hidden: toFlag(change.is_hidden) }),
        ...(change.facts === undefined ? {} : { correction }),
      }
      const row = await inTransaction(db, async (transaction) => {
        const changed = await transaction
          .insertInto('model_marks')
          .values({ user_id: userId, model_id: change.id, ...values })
          .onConflict((conflict) => conflict.columns(['user_id', 'model_id']).doUpdateSet(values))
          .returningAll()
          .executeTakeFirstOrThrow()
        await transaction
          .deleteFrom('model_marks')
          .where('user_id', '=', userId)
          .where('model_id', '=', change.id)
          .where('is_favourite', '=', 0)
          .where('is_hidden', '=', 0)
          .where('correction', 'is', null)
          .execute()
        const { count } = await transaction
          .selectFrom('model_marks')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('user_id', '=', userId)
          .executeTakeFirstOrThrow()
        if (Number(count) <= MOST_MARKS) return changed
        return new Refusal('conflict', 'You have marks on 2,000 models already: take some back first.')
      })
      if (row instanceof Refusal) return row
      await storage.announce({ kind: 'marks', userId })
      if (change.facts !== undefined) await storage.announce({ kind: 'facts', userId })
      return toMark(row)
    },
  }
}

export type MarkStore = ReturnType<typeof createMarkStore>

const toFlag = (yes: boolean): 0 | 1 => (yes ? 1 : 0)

function toMark({ model_id, is_favourite, is_hidden, correction }: ModelMarkRow): ModelMark {
  return {
    id: model_id,
    is_favourite: is_favourite === 1,
    is_hidden: is_hidden === 1,
    correction: correction === null ? null : JSON.parse(correction),
  }
}

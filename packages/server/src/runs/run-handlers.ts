import { countCharacters, type NewRun } from '@rollcall/core/schema'
import type { Handlers } from '../http/bind.ts'
import { Refusal } from '../refusal.ts'
import type { Database, Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import type { RunRow } from '../storage/tables.ts'
import { listRuns } from './list-runs.ts'
import { newRunId } from './run-id.ts'
import { toRun } from './shown-run.ts'

const MOST_RUNS = 10_000
/** Of one user's prompts together, so that an export of them fits into memory. */
const MOST_CHARACTERS = 20_000_000

/** Runs are written down, found again and deleted; nothing starts them yet. */
export function createRunHandlers(
  storage: Storage,
  now: () => number,
): Pick<Handlers, 'listRuns' | 'createRun' | 'showRun' | 'removeRun'> {
  const { db } = storage
  const unknown = new Refusal('not_found', 'You have no such run.')

  return {
    listRuns: ({ query, who }) => listRuns(storage, who.userId, query),

    async createRun({ body, who }) {
      const row = toRow(body, who.userId, now())
      const refused = await inTransaction(db, async (transaction) => {
        const full = await refuseMore(transaction, who.userId, row.characters)
        if (full) return full
        await transaction.insertInto('runs').values(row).execute()
        return undefined
      })
      if (refused) return refused
      await storage.announce({ kind: 'runs', userId: who.userId })
      return toRun(row)
    },

    async showRun({ params, who }) {
      const row = await db
        .selectFrom('runs')
        .selectAll()
        .where('id', '=', params.id)
        .where('user_id', '=', who.userId)
        .executeTakeFirst()
      return row ? toRun(row) : unknown
    },

    async removeRun({ params, who }) {
      const removed = await db
        .deleteFrom('runs')
        .where('id', '=', params.id)
        .where('user_id', '=', who.userId)
        .executeTakeFirst()
      if (removed.numDeletedRows === 0n) return unknown
      await storage.announce({ kind: 'runs', userId: who.userId })
      await storage.purge()
      return undefined
    },
  }
}

function toRow(body: NewRun, userId: string, createdAt: number): RunRow {
  const { models, prompt, system_prompt = null, parameters = {} } = body
  const ids = ` ${models.join(' ')} `
  return {
    id: newRunId(createdAt),
    user_id: userId,
    created_at: createdAt,
    status: 'not_started',
    models: ids,
    parameters: JSON.stringify(parameters),
    characters: countCharacters(prompt) + countCharacters(system_prompt ?? ''),
    prompt,
    system_prompt,
    searched: `${ids}\n${prompt}`.toLowerCase(),
  }
}

async function refuseMore(db: Database, userId: string, characters: number): Promise<Refusal | undefined> {
  const { count, sum } = await db
    .selectFrom('runs')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number | null>('characters').as('sum')])
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST_RUNS) {
    return new Refusal('conflict', 'You have 10,000 runs already: delete some first.')
  }
  return Number(sum) + characters > MOST_CHARACTERS
    ? new Refusal(
        'conflict',
        'The prompts of your runs hold 20 million characters already: delete some first.',
      )
    : undefined
}

import { type AnswerUsage, countCharacters, type NewRun } from '@rollcall/core/schema'
import type { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import type { RunRow } from '../storage/tables.ts'
import { type RunsWanted, wantedRuns } from './list-runs.ts'
import { LiveRun } from './live-run.ts'
import { newRunId } from './run-id.ts'
import { createRunLimits } from './run-limits.ts'
import { type StoredAnswer, toAnswerUsage, toStoredAnswer } from './shown-run.ts'

/** Runs with long answers fill some memory. */
const READ_AT_ONCE = 20

export interface StoredRun {
  row: RunRow
  answers: StoredAnswer[]
}

/** Runs as their owners see them. */
export function createStoredRuns(
  storage: Storage,
  { answersAtOnce }: { answersAtOnce: number },
  now: () => number,
) {
  const { db } = storage
  const refuseMore = createRunLimits(db, answersAtOnce)

  async function answersOf(runIds: readonly string[]): Promise<Map<string, StoredAnswer[]>> {
    const answers = new Map<string, StoredAnswer[]>()
    if (runIds.length === 0) return answers
    const rows = await db
      .selectFrom('run_answers')
      .selectAll()
      .where('run_id', 'in', runIds)
      .orderBy('position')
      .execute()
    for (const row of rows) {
      const ofRun = answers.get(row.run_id) ?? []
      answers.set(row.run_id, ofRun)
      ofRun.push(toStoredAnswer(row))
    }
    return answers
  }

  return {
    /** Writes down a run that begins: its models are asked by `ask` as soon as no limit speaks against it. */
    create(userId: string, body: NewRun, ask: (id: string) => Promise<void>): Promise<RunRow | Refusal> {
      const row = toRow(body, userId, now())
      return inTransaction(db, async (transaction) => {
        // one after the other, so that those who come at once are counted
        if (storage.dialect === 'postgres') {
          await transaction
            .selectFrom('users')
            .select('id')
            .where('id', '=', userId)
            .forNoKeyUpdate()
            .execute()
        }
        const refused = await refuseMore(transaction, userId, {
          characters: row.characters,
          answers: body.models.length,
        })
        if (refused) return refused
        const asked = ask(row.id)
        // this process stands still while it writes; PostgreSQL does not keep it from asking
        if (storage.dialect === 'sqlite') await asked
        await transaction.insertInto('runs').values(row).execute()
        const { answers } = new LiveRun(row.id, userId, body.models)
        await transaction
          .insertInto('run_answers')
          .values(
            answers.map(({ facts }, position) => ({
              run_id: row.id,
              position,
              facts: JSON.stringify(facts),
              reasoning: '',
              text: '',
            })),
          )
          .execute()
        return row
      })
    },

    async find(userId: string, id: string): Promise<StoredRun | undefined> {
      const row = await db
        .selectFrom('runs')
        .selectAll()
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return row && { row, answers: (await answersOf([id])).get(id) ?? [] }
    },

    /** Read some at a time, the oldest first. */
    async *all(userId: string, wanted: RunsWanted = {}): AsyncGenerator<StoredRun> {
      for (let after = '', isMore = true; isMore; ) {
        const rows = await wantedRuns(storage, userId, wanted)
          .selectAll()
          .where('id', '>', after)
          .orderBy('id')
          .limit(READ_AT_ONCE)
          .execute()
        const answers = await answersOf(rows.map(({ id }) => id))
        for (const row of rows) yield { row, answers: answers.get(row.id) ?? [] }
        after = rows.at(-1)?.id ?? ''
        isMore = rows.length === READ_AT_ONCE
      }
    },

    /** What every answer took and cost, the oldest first, be its run there or not. */
    async usageOf(userId: string): Promise<AnswerUsage[]> {
      const rows = await db
        .selectFrom('answer_usage')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('ended_at')
        .orderBy('id')
        .execute()
      return rows.map(toAnswerUsage)
    },

    /** Of a run that another process may be running: if it hears of it in no other way, then when it next writes. */
    async askToStop(userId: string, id: string): Promise<void> {
      await db
        .updateTable('runs')
        .set({ is_stopped: 1 })
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .where('status', '=', 'running')
        .execute()
    },

    async isRunning(id: string): Promise<boolean> {
      const row = await db
        .selectFrom('runs')
        .select('id')
        .where('id', '=', id)
        .where('status', '=', 'running')
        .executeTakeFirst()
      return row !== undefined
    },

    /** Whether there was such a run. */
    async remove(userId: string, id: string): Promise<boolean> {
      const removed = await db
        .deleteFrom('runs')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return removed.numDeletedRows > 0n
    },
  }
}

export type StoredRuns = ReturnType<typeof createStoredRuns>

function toRow(body: NewRun, userId: string, createdAt: number): RunRow {
  const { models, prompt, system_prompt = null, parameters = {} } = body
  const ids = ` ${models.join(' ')} `
  return {
    id: newRunId(createdAt),
    user_id: userId,
    created_at: createdAt,
    status: 'running',
    models: ids,
    parameters: JSON.stringify(parameters),
    characters: countCharacters(prompt) + countCharacters(system_prompt ?? ''),
    prompt,
    system_prompt,
    searched: `${ids}\n${prompt}`.toLowerCase(),
    finished_at: null,
    alive_at: createdAt,
    is_stopped: 0,
  }
}

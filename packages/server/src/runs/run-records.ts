import { runStatus } from '@rollcall/core'
import { countCharacters, type RunAnswerFacts } from '@rollcall/core/schema'
import type { Database, Storage } from '../storage/database.ts'
import { isOwnerGone } from '../storage/storage-trouble.ts'
import type { AnswerUsageRow } from '../storage/tables.ts'
import type { LiveRun } from './live-run.ts'

/** What a process that runs a run writes down of it. */
export function createRunRecords(storage: Storage, now: () => number) {
  /** Which answers of a run were written down whole. */
  async function writeAnswers(db: Database, run: LiveRun, written: ReadonlySet<number>): Promise<number[]> {
    const ended: number[] = []
    for (const [position, { facts, reasoning, text }] of run.answers.entries()) {
      if (written.has(position)) continue
      const values = {
        facts: JSON.stringify(facts),
        reasoning: reasoning.whole(),
        text: text.whole(),
      }
      await db
        .updateTable('run_answers')
        .set(values)
        .where('run_id', '=', run.id)
        .where('position', '=', position)
        .execute()
      if (facts.status === 'running') continue
      ended.push(position)
      await db
        .insertInto('answer_usage')
        .values(toUsageRow(run, position, facts, now()))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
    return ended
  }

  /** Says that the run goes on; whether it may, and whether its owner wants it to. */
  async function sayAlive(db: Database, runId: string): Promise<'goes_on' | 'stopped' | 'gone'> {
    const row = await db
      .updateTable('runs')
      .set({ alive_at: now() })
      .where('id', '=', runId)
      .where('status', '=', 'running')
      .returning('is_stopped')
      .executeTakeFirst()
    return row ? (row.is_stopped ? 'stopped' : 'goes_on') : 'gone'
  }

  return {
    /** How far a run has come. `written`: the answers that need not be written again. */
    saveProgress: (run: LiveRun, written: ReadonlySet<number>) =>
      storage.writeForgettable(async (transaction) => {
        const state = await sayAlive(transaction, run.id)
        return { state, ended: state === 'gone' ? [] : await writeAnswers(transaction, run, written) }
      }),

    /** A run whose answers have all ended; whether it was still there. */
    async saveEnd(run: LiveRun, written: ReadonlySet<number>): Promise<boolean> {
      const characters = run.answers.reduce(
        (sum, { reasoning, text }) =>
          sum + countCharacters(reasoning.whole()) + countCharacters(text.whole()),
        0,
      )
      return storage.db.transaction().execute(async (transaction) => {
        // the run before its answers, as whoever deletes it goes
        const row = await transaction
          .updateTable('runs')
          .set((set) => ({
            status: runStatus(run.answers.map(({ facts }) => facts)),
            finished_at: now(),
            alive_at: null,
            characters: set('characters', '+', characters),
          }))
          .where('id', '=', run.id)
          .where('status', '=', 'running')
          .returning('id')
          .executeTakeFirst()
        if (row) await writeAnswers(transaction, run, written)
        return row !== undefined
      })
    },

    /** Of a run that was deleted meanwhile: what it cost is known nevertheless. */
    async saveUsage(run: LiveRun, written: ReadonlySet<number>): Promise<void> {
      const rows = run.answers.flatMap(({ facts }, position) =>
        written.has(position) ? [] : [toUsageRow(run, position, facts, now())],
      )
      if (rows.length === 0) return
      try {
        await storage.db
          .insertInto('answer_usage')
          .values(rows)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute()
      } catch (error) {
        // it went with its owner
        if (!isOwnerGone(error)) throw error
      }
    },
  }
}

export type RunRecords = ReturnType<typeof createRunRecords>

export function toUsageRow(
  { id, userId }: { id: string; userId: string },
  position: number,
  { model, status, failure, usage, cost, first_token_ms, duration_ms }: RunAnswerFacts,
  endedAt: number,
): AnswerUsageRow {
  return {
    id: `${id}.${position}`,
    user_id: userId,
    ended_at: endedAt,
    provider: model.slice(0, model.indexOf('/')),
    model,
    status: status === 'running' ? 'interrupted' : status,
    code: failure?.code ?? null,
    input_tokens: usage.input ?? null,
    output_tokens: usage.output ?? null,
    cached_input_tokens: usage.cached_input ?? null,
    reasoning_tokens: usage.reasoning ?? null,
    cost,
    first_token_ms,
    duration_ms,
  }
}

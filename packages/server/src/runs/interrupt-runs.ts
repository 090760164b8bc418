import { runStatus } from '@rollcall/core'
import type { RunAnswerFacts } from '@rollcall/core/schema'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/database.ts'
import { stoppedFacts } from './end-answer.ts'
import type { RunModels } from './run-models.ts'
import { toUsageRow } from './run-records.ts'

/** A process that has not said for so long that it runs a run does not. */
const DEAD_AFTER_MS = 30_000
const LOOK_EVERY_MS = 15_000

export interface InterruptRunsPorts {
  storage: Storage
  runs: Pick<RunModels, 'find'>
  log: Log
  now: () => number
}

/** Runs whose process has ended are marked as interrupted, with all that had come of them. */
export function createInterruptRuns({ storage, runs, log, now }: InterruptRunsPorts) {
  async function interrupt(deadSince: number): Promise<void> {
    const orphans = await storage.db
      .selectFrom('runs')
      .select(['id', 'user_id', 'alive_at'])
      .where('alive_at', '<=', deadSince)
      .execute()
    for (const { id, user_id: userId, alive_at: aliveAt } of orphans) {
      if (runs.find(id)) continue
      const isOurs = await storage.db.transaction().execute(async (db) => {
        const endedAt = aliveAt ?? now()
        const row = await db
          .updateTable('runs')
          .set({ status: 'interrupted', finished_at: endedAt, alive_at: null })
          .where('id', '=', id)
          // whoever says in this moment that it goes on, goes on
          .where('alive_at', '=', aliveAt)
          .returning('id')
          .executeTakeFirst()
        if (!row) return false
        const answers = await db
          .selectFrom('run_answers')
          .select(['position', 'facts'])
          .where('run_id', '=', id)
          .execute()
        const all: RunAnswerFacts[] = []
        for (const { position, facts } of answers) {
          const before = JSON.parse(facts) as RunAnswerFacts
          const after = before.status === 'running' ? stoppedFacts(before, 'interrupted') : before
          all.push(after)
          if (after === before) continue
          await db
            .updateTable('run_answers')
            .set({ facts: JSON.stringify(after) })
            .where('run_id', '=', id)
            .where('position', '=', position)
            .execute()
          await db
            .insertInto('answer_usage')
            .values(toUsageRow({ id, userId }, position, after, endedAt))
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute()
        }
        // all answers may have been written down, and their run's end not
        await db
          .updateTable('runs')
          .set({ status: runStatus(all) })
          .where('id', '=', id)
          .execute()
        return true
      })
      if (!isOurs) continue
      log.info({ event: 'run_interrupted', user_id: userId })
      await storage.announce({ kind: 'runs', userId })
    }
  }

  let underWay = Promise.resolve()
  const look = () => {
    underWay = underWay
      .then(() => interrupt(now() - DEAD_AFTER_MS))
      .catch((error) => log.bug(error, { event: 'run_interruption_failed' }))
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()

  return {
    /** At the start: where no other process is on the same database, nobody runs any. */
    begin: () => interrupt(storage.claim ? now() - DEAD_AFTER_MS : now()),
    async stop(): Promise<void> {
      clearInterval(timer)
      await underWay
    },
  }
}

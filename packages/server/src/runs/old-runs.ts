import type { Storage } from '../storage/database.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 500

/** Runs that are older than this server keeps them. What they took and cost stays known. */
export function createOldRuns(
  { db, announce, purge }: Pick<Storage, 'db' | 'announce' | 'purge'>,
  keepDays: number | undefined,
  now: () => number,
) {
  return {
    async remove(): Promise<void> {
      if (keepDays === undefined) return
      for (let count = AT_ONCE; count === AT_ONCE; ) {
        const old = await db
          .selectFrom('runs')
          .select(['id', 'user_id'])
          .where('created_at', '<', now() - keepDays * DAY_MS)
          // one that is under way is not over yet
          .where('alive_at', 'is', null)
          .limit(AT_ONCE)
          .execute()
        count = old.length
        if (count === 0) return
        await db
          .deleteFrom('runs')
          .where(
            'id',
            'in',
            old.map(({ id }) => id),
          )
          .execute()
        for (const userId of new Set(old.map(({ user_id }) => user_id)))
          await announce({ kind: 'runs', userId })
        await purge()
      }
    },
  }
}

export type OldRuns = ReturnType<typeof createOldRuns>

import type { Sessions } from './accounts/sessions.ts'
import type { Log } from './log.ts'
import type { OldRuns } from './runs/old-runs.ts'
import type { Database } from './storage/database.ts'

const EVERY_MS = 10 * 60_000

interface SweeperPorts {
  db: Database
  sessions: Sessions
  oldRuns: OldRuns
  log: Log
  now: () => number
}

/** Now and then removes what has expired: it is of no use to anybody. */
export function createSweeper({ db, sessions, oldRuns, log, now }: SweeperPorts, everyMs = EVERY_MS) {
  async function sweep(): Promise<void> {
    await sessions.sweep()
    for (const table of ['invitations', 'reset_links'] as const) {
      await db.deleteFrom(table).where('expires_at', '<=', now()).execute()
    }
    await oldRuns.remove()
    await db.deleteFrom('rate_limits').where('expire', '<=', now()).execute()
  }
  let underWay = Promise.resolve()
  const timer = setInterval(() => {
    underWay = underWay.then(sweep).catch((error) => log.bug(error, { event: 'sweep_failed' }))
  }, everyMs)
  timer.unref()
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await underWay
    },
  }
}

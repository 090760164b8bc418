import type { Sessions } from './accounts/sessions.ts'
import type { Log } from './log.ts'
import type { Database } from './storage/database.ts'

const EVERY_MS = 10 * 60_000

/** Now and then removes what has expired: it is of no use to anybody. */
export function createSweeper({
  db,
  sessions,
  log,
  now,
}: {
  db: Database
  sessions: Sessions
  log: Log
  now: () => number
}) {
  async function sweep(): Promise<void> {
    await sessions.sweep()
    for (const table of ['invitations', 'reset_links'] as const) {
      await db.deleteFrom(table).where('expires_at', '<=', now()).execute()
    }
    await db.deleteFrom('rate_limits').where('expire', '<=', now()).execute()
  }
  const timer = setInterval(() => {
    sweep().catch((error) => log.bug(error, { event: 'sweep_failed' }))
  }, EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

import { sql } from 'kysely'
import { Refusal } from '../refusal.ts'
import type { Database } from '../storage/database.ts'
import type { Handlers } from './bind.ts'

export function createHealthHandlers(db: Database, closing: AbortSignal): Pick<Handlers, 'live' | 'ready'> {
  return {
    live: () => ({ status: 'ok' }),
    async ready() {
      if (closing.aborted) return new Refusal('unavailable', 'This server is about to stop.')
      // a database that does not answer is told as any other trouble with it
      await sql`select 1`.execute(db)
      return { status: 'ok' }
    },
  }
}

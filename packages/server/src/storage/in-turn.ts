import { type Kysely, sql } from 'kysely'
import type { DialectName } from './database.ts'

/** A number of our own among PostgreSQL's advisory locks. */
const LOCK = 7_265_543_001

/** One transaction, and at most one process at a time on the same database in here: several may start at once. */
export async function inTurn<Tables, T>(
  db: Kysely<Tables>,
  dialect: DialectName,
  step: (transaction: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction)
    return step(transaction)
  })
}

import { Refusal } from '../refusal.ts'
import type { Database } from './database.ts'

/** All or nothing: a refusal takes back whatever was written before it, and is returned. */
export async function inTransaction<T>(
  db: Database,
  work: (transaction: Database) => Promise<T>,
): Promise<T | Refusal> {
  try {
    return await db.transaction().execute(async (transaction) => {
      const outcome = await work(transaction)
      if (outcome instanceof Refusal) throw new TakenBack(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.refusal
    throw error
  }
}

class TakenBack extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super('taken back')
    this.refusal = refusal
  }
}

import { sql } from 'kysely'
import type { Storage } from './database.ts'

const EVERY_MS = 1_000

/**
 * A restore puts another database into this one's place while it is served (see restore.ts). SQLite says when another
 * process has committed, which nobody else does: from then on nothing that is remembered counts.
 */
export async function watchForRestore({
  dialect,
  db,
  announce,
}: Pick<Storage, 'dialect' | 'db' | 'announce'>): Promise<{ stop(): void }> {
  if (dialect !== 'sqlite') return { stop: () => {} }
  const read = async () => {
    const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db)
    return rows[0]?.data_version
  }
  let known = await read()
  async function look(): Promise<void> {
    const before = known
    known = await read()
    if (known !== before) await announce({ kind: 'everything' })
  }
  // a database that cannot be read is told to whoever asks it next
  const timer = setInterval(() => void look().catch(() => {}), EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

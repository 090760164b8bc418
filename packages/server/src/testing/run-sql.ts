import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { TestPlace } from './test-server.ts'

/** A statement past the program, in the words of both databases; gives its rows. */
export async function runSql<Row = Record<string, unknown>>(place: TestPlace, sql: string): Promise<Row[]> {
  const { DATABASE_URL: url, ROLLCALL_DATA_DIR: folder = '' } = place.environment
  if (url === undefined) {
    const database = new DatabaseSync(join(folder, 'rollcall.db'), { timeout: 5_000 })
    try {
      return database.prepare(sql).all() as Row[]
    } finally {
      database.close()
    }
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as Row[]
  } finally {
    await client.end()
  }
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import { StartError } from '../start-error.ts'
import type { Storage } from './database.ts'
import { createListeners } from './listeners.ts'
import type { Tables } from './tables.ts'

const DATABASE_FILE = 'rollcall.db'
const LOCK_FILE = 'rollcall.lock'
/** In every database of ours, so that another program's file is not taken for one: "rcal". */
const APPLICATION_ID = 0x7263616c
/** Lost writes in WAL mode before this version: sqlite.org/wal.html#walresetbug. */
const LEAST_SQLITE = [3, 51, 3] as const
const BUSY_TIMEOUT_MS = 5_000

/** The embedded database in a data folder that this process alone holds. */
export function openSqlite(dataDir: string): Storage {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockDataDir(dataDir)
  try {
    return openLocked(join(dataDir, DATABASE_FILE), unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** Takes the folder for this process; whoever comes second is refused. Ends with the process, however that ends. */
function lockDataDir(dataDir: string): () => void {
  const lock = new DatabaseSync(join(dataDir, LOCK_FILE))
  try {
    // the system's own file lock under it: no stale lock is ever left behind
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { errcode?: number }).errcode !== 5) throw error
    throw new StartError(
      `Another Rollcall uses the data folder ${dataDir}: stop it first, or name another folder in ROLLCALL_DATA_DIR. Several processes share a PostgreSQL (DATABASE_URL), never these files.`,
    )
  }
  return () => lock.close()
}

function openLocked(file: string, unlock: () => void): Storage {
  const sqlite = new DatabaseSync(file)
  const { version } = sqlite.prepare('select sqlite_version() as version').get() as { version: string }
  if (isOlder(version)) {
    throw new StartError(
      `This Node brings SQLite ${version}, which can lose writes: use the Node that npm installed.`,
    )
  }
  const { application_id: id } = sqlite.prepare('pragma application_id').get() as { application_id: number }
  const { count } = sqlite.prepare('select count(*) as count from sqlite_schema').get() as { count: number }
  if (count > 0 && id !== APPLICATION_ID) {
    throw new StartError(`${file} is not a database of Rollcall: name another folder in ROLLCALL_DATA_DIR.`)
  }
  sqlite.exec(`
    pragma busy_timeout = ${BUSY_TIMEOUT_MS};
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma secure_delete = on;
    pragma application_id = ${APPLICATION_ID};
  `)
  const listeners = createListeners()
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(sqlite) }) })
  return {
    db,
    dialect: 'sqlite',
    async announce(change) {
      listeners.tell(change)
    },
    onChange: listeners.add,
    async purge() {
      // overwritten pages reach the database file, and the log that still holds the old ones is emptied
      sqlite.exec('pragma wal_checkpoint(truncate)')
    },
    async close() {
      await db.destroy()
      unlock()
    },
  }
}

/** What Kysely wants of a database, with every statement prepared once. */
function forKysely(sqlite: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, StatementSync>()
  const prepare = (text: string): StatementSync => {
    const known = statements.get(text)
    if (known) return known
    const statement = sqlite.prepare(text)
    // a statement may be built with any number of values in it
    if (statements.size >= 500) statements.clear()
    statements.set(text, statement)
    return statement
  }
  return {
    prepare(text) {
      const statement = prepare(text)
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...(values as SQLInputValue[])),
        run: (values) => statement.run(...(values as SQLInputValue[])),
        iterate: (values) => statement.iterate(...(values as SQLInputValue[])) as IterableIterator<unknown>,
      }
    },
    close: () => sqlite.close(),
  }
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, least] of LEAST_SQLITE.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part < least
  }
  return false
}

import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import { type Driver, Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from 'kysely'
import { StartError } from '../start-error.ts'
import type { Storage } from './database.ts'
import { createListeners } from './listeners.ts'
import type { Tables } from './tables.ts'

export const DATABASE_FILE = 'rollcall.db'
export const LOCK_FILE = 'rollcall.lock'
/** In every database of ours, so that another program's file is not taken for one: "rcal". */
export const APPLICATION_ID = 0x7263616c
/** Lost writes in WAL mode before this version: sqlite.org/wal.html#walresetbug. */
const LEAST_SQLITE = [3, 51, 3] as const
/** For a restore, which writes from outside. */
const BUSY_TIMEOUT_MS = 5_000
const PURGE_AGAIN_MS = 1_000
/** So long those who want the database may keep all others waiting. */
const LONGEST_TURN_MS = 5

const SQLITE_BUSY = 5
const SQLITE_CORRUPT = 11
const SQLITE_NOT_A_DATABASE = 26

/** The embedded database in a data folder that this process alone holds. */
export function openSqlite(dataDir: string): Storage {
  const file = join(dataDir, DATABASE_FILE)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const unlock = lockDataDir(dataDir)
    try {
      return openLocked(file, unlock)
    } catch (error) {
      unlock()
      throw error
    }
  } catch (error) {
    throw toStartError(error, dataDir, file)
  }
}

/** Takes the folder for this process; whoever comes second is refused. Ends with the process, however that ends. */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, LOCK_FILE)
  createForOwnerOnly(file)
  const lock = new DatabaseSync(file)
  try {
    // the system's own file lock under it: no stale lock is ever left behind
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    lock.close()
    if (errorCodeOf(error) !== SQLITE_BUSY) throw error
    throw new StartError(
      `Another Rollcall uses the data folder ${dataDir}: stop it first, or name another folder in ROLLCALL_DATA_DIR. Several processes share a PostgreSQL (DATABASE_URL), never these files.`,
    )
  }
  return () => lock.close()
}

function openLocked(file: string, unlock: () => void): Storage {
  // SQLite gives the log beside it the same rights
  createForOwnerOnly(file)
  const sqlite = new DatabaseSync(file)
  try {
    prepareForUse(sqlite, file)
  } catch (error) {
    sqlite.close()
    throw error
  }
  const listeners = createListeners()
  const db = new Kysely<Tables>({ dialect: new PoliteDialect({ database: forKysely(sqlite) }) })
  let purgeAgain: NodeJS.Timeout | undefined

  /** Empties the log, which still holds the old pages, into the file, where they are overwritten. */
  async function purge(): Promise<void> {
    // by way of Kysely, so that it has its turn and does not meet somebody's open transaction
    const { rows } = await db.connection().execute(async (connection) => {
      // all would wait with it
      await sql`pragma busy_timeout = 0`.execute(connection)
      try {
        return await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(connection)
      } finally {
        await sql`pragma busy_timeout = ${sql.raw(`${BUSY_TIMEOUT_MS}`)}`.execute(connection)
      }
    })
    // somebody outside, such as a backup, still reads old pages
    if (rows[0]?.busy) purgeAgain ??= setTimeout(purgeLater, PURGE_AGAIN_MS).unref()
  }
  function purgeLater(): void {
    purgeAgain = undefined
    // the next deletion tries as well, and so does the end of the process
    purge().catch(() => {})
  }

  return {
    db,
    dialect: 'sqlite',
    async announce(change) {
      listeners.tell(change)
    },
    onChange: listeners.add,
    writeForgettable: (work) =>
      db.connection().execute(async (connection) => {
        await sql`pragma synchronous = normal`.execute(connection)
        try {
          return await connection.transaction().execute(work)
        } finally {
          await sql`pragma synchronous = full`.execute(connection)
        }
      }),
    purge,
    async close() {
      clearTimeout(purgeAgain)
      await db.destroy()
      unlock()
    },
  }
}

function prepareForUse(sqlite: DatabaseSync, file: string): void {
  const read = (text: string) => Object.values(sqlite.prepare(text).get() ?? {})[0]
  const version = `${read('select sqlite_version()')}`
  if (isOlder(version)) {
    throw new StartError(
      `This Node brings SQLite ${version}, which can lose writes: use the Node that npm installed.`,
    )
  }
  if (read('select count(*) from sqlite_schema') !== 0 && read('pragma application_id') !== APPLICATION_ID) {
    throw new StartError(notOurs(file))
  }
  sqlite.exec(`
    pragma busy_timeout = ${BUSY_TIMEOUT_MS};
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma secure_delete = on;
    pragma application_id = ${APPLICATION_ID};
  `)
  if (read('pragma journal_mode') !== 'wal') {
    throw new StartError(
      `The file system of ${file} cannot share memory between programs, as a network drive: name a folder on a disk of this machine in ROLLCALL_DATA_DIR.`,
    )
  }
}

/** Nothing happens where it is there already: to open and close it would let go of this process's own locks. */
function createForOwnerOnly(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function toStartError(error: unknown, dataDir: string, file: string): unknown {
  if (error instanceof StartError) return error
  const code = errorCodeOf(error)
  if (code === SQLITE_NOT_A_DATABASE) return new StartError(notOurs(file))
  if (code === SQLITE_CORRUPT) return new StartError(`${file} is damaged: restore a backup.`)
  const reason = code === undefined ? (error as NodeJS.ErrnoException).code : `SQLite ${code}`
  if (reason === undefined) return error
  return new StartError(
    `The data folder ${dataDir} cannot be used (${reason}): see that it is a folder this user may write to and that its disk has room, or name another one in ROLLCALL_DATA_DIR.`,
  )
}

function notOurs(file: string): string {
  return `${file} is not a database of Rollcall: name another folder in ROLLCALL_DATA_DIR.`
}

function errorCodeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: number }
  return errcode === undefined ? undefined : errcode & 0xff
}

/** Statements run in this very thread, one after the other: however many wait, all else gets its turn between them. */
class PoliteDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver()
    const takeTurns = createTurnTaker()
    const acquire = driver.acquireConnection.bind(driver)
    driver.acquireConnection = async (options) => {
      const connection = await acquire(options)
      await takeTurns()
      return connection
    }
    return driver
  }
}

function createTurnTaker(): () => Promise<void> {
  let turnBeganAt: number | undefined
  return async () => {
    if (turnBeganAt !== undefined && performance.now() - turnBeganAt > LONGEST_TURN_MS) await turn()
    if (turnBeganAt !== undefined) return
    turnBeganAt = performance.now()
    setImmediate(() => {
      turnBeganAt = undefined
    })
  }
}

/** What Kysely wants of a database, with every statement prepared once. */
function forKysely(sqlite: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  const prepare = (text: string): SqliteStatement => {
    const statement = sqlite.prepare(text)
    return {
      reader: statement.columns().length > 0,
      all: (values) => statement.all(...(values as SQLInputValue[])),
      run: (values) => statement.run(...(values as SQLInputValue[])),
      iterate: (values) => statement.iterate(...(values as SQLInputValue[])) as IterableIterator<unknown>,
    }
  }
  return {
    prepare(given) {
      // a lock that is taken only with the first write is not waited for
      const text = given === 'begin' ? 'begin immediate' : given
      const known = statements.get(text)
      if (known) return known
      const statement = prepare(text)
      // a statement may be built with any number of values in it
      if (statements.size >= 500) statements.clear()
      statements.set(text, statement)
      return statement
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

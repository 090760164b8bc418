import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { ALL_PAGES, checkDatabase, copyDatabase } from './copy-database.ts'
import { RUNNING_SECRETS } from './running-secrets.ts'
import { StartError } from './start-error.ts'
import { syncFile, syncFolder } from './sync-to-disk.ts'

const BUSY_TIMEOUT_MS = 500
const AGAIN_MS = 20

/** Takes the place of the database file of which this process has the lock. Returns where the old one is kept. */
export function replaceFile(database: string, prepared: string): string | null {
  const before = existsSync(database) ? keepOld(database) : null
  // a log of the old pages would be taken for one of the new
  for (const ending of ['-wal', '-shm']) rmSync(`${database}${ending}`, { force: true })
  syncFile(prepared)
  renameSync(prepared, database)
  syncFolder(dirname(database))
  return before
}

/** A copy of all that is there, before anything is done with a database that may be damaged. */
function keepOld(database: string): string {
  const before = nameForOld(database)
  for (const ending of ['', '-wal']) {
    if (!existsSync(`${database}${ending}`)) continue
    copyFileSync(`${database}${ending}`, `${before}${ending}`)
    syncFile(`${before}${ending}`)
  }
  // with an empty log there is no moment in which the old database would be without its last changes
  if (emptyLog(database)) emptyLog(before)
  return before
}

function emptyLog(file: string): boolean {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS })
    checkDatabase(database, file)
    const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number }
    return busy === 0
  } catch {
    return false // damaged, or another program's: it stays as it is
  } finally {
    database?.close()
  }
}

/**
 * Puts the new pages into the database that a server has open. It is SQLite that does it, as one transaction under its
 * own locks (sqlite.org/backup.html, in the other direction): who reads sees all old pages or all new ones, a process
 * that dies half way leaves the old ones, and statements are prepared anew, since the schema counts as changed. The
 * server sees that another process has committed and forgets all it remembers (watch-for-restore.ts). It needs to be
 * asked nothing, so whoever may write its files needs no token of it. Returns where the old database is kept.
 */
export async function replaceWhileServed(
  database: string,
  prepared: string,
  needed: readonly string[],
  patienceMs: number,
): Promise<string> {
  const served = readState(database)
  const restored = readState(prepared)
  const isSameShape = served.migrations.join() === restored.migrations.join()
  if (served.secrets.length === 0 || !isSameShape) {
    throw new StartError(
      'The server that uses this database is of another version than this program: stop it, restore, and start the new one.',
    )
  }
  // it would seal with a key that is written down nowhere, or could not open what it finds
  const hasSameSecrets =
    served.secrets.every((id) => restored.secrets.includes(id)) &&
    needed.every((id) => served.secrets.includes(id))
  if (!hasSameSecrets) {
    throw new StartError(
      'The server that uses this database was started with other secrets than there are now: stop it, restore, and start it again.',
    )
  }
  const before = nameForOld(database)
  await copyServed(database, before)
  const source = new DatabaseSync(prepared)
  try {
    source
      .prepare('update installation set value = ? where name = ?')
      .run(served.secrets.join(' '), RUNNING_SECRETS)
    await copyInto(database, source, patienceMs)
  } catch (error) {
    rmSync(before, { force: true })
    throw error
  } finally {
    source.close()
  }
  // it is as long as the database now, and begins with old pages
  emptyLog(database)
  return before
}

async function copyServed(database: string, before: string): Promise<void> {
  try {
    await copyDatabase(database, before)
  } catch (error) {
    // without a server on it, it is kept and replaced as it is
    if (error instanceof StartError)
      throw new StartError(`${error.message} Stop its server, and restore again.`)
    throw error
  }
}

/** One step is one transaction; where somebody else writes at its beginning, it is tried again. */
async function copyInto(database: string, source: DatabaseSync, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      await backup(source, database, { rate: ALL_PAGES })
      return
    } catch {
      // node:sqlite does not say why ("not an error"); nothing was written, and mostly somebody else was writing
      if (performance.now() > until) {
        throw new StartError(
          'The server that uses this database did not let it be written, so nothing was changed: stop it, and restore again.',
        )
      }
      await wait(AGAIN_MS)
    }
  }
}

/** Which secrets its server has in memory, and which shape it has. */
function readState(file: string): { secrets: string[]; migrations: string[] } {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const row = database.prepare('select value from installation where name = ?').get(RUNNING_SECRETS)
    const migrations = database.prepare('select name from migrations order by name').all()
    return {
      secrets: row ? `${row.value}`.split(' ') : [],
      migrations: migrations.map(({ name }) => `${name}`),
    }
  } finally {
    database.close()
  }
}

function nameForOld(database: string): string {
  return `${database}.before-restore-${new Date().toISOString().replace(/[:.]/g, '-')}`
}

import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { attempt, type Problem } from './attempt.ts'
import { checkDatabase } from './copy-database.ts'
import { neededKids } from './keys/rotation.ts'
import { openSecrets } from './open-secrets.ts'
import { replaceFile, replaceWhileServed } from './replace-database.ts'
import { idsOf } from './running-secrets.ts'
import type { Settings } from './settings.ts'
import { StartError } from './start-error.ts'
import { openStorage } from './storage/open-storage.ts'
import { DATABASE_FILE, lockDataDir } from './storage/sqlite.ts'

/** How long a server may keep its database to itself. */
const PATIENCE_MS = 10_000

export interface Restored {
  /** The database as it was before; null: there was none. */
  before: string | null
  /** A server uses the data folder, and goes on with what was restored. */
  isServed: boolean
}

/**
 * Puts a backup in the embedded database's place, once it is sure that this program and these secrets can use it. All
 * or nothing: whatever goes wrong, the database is the old one or the new one, and the old one is kept.
 */
export function restore(
  settings: Settings,
  file: string,
  { patienceMs = PATIENCE_MS } = {},
): Promise<Restored | Problem> {
  return attempt(async () => {
    const { dataDir, databaseUrl } = settings
    if (databaseUrl !== undefined) {
      throw new StartError('DATABASE_URL names a PostgreSQL: restore it with pg_restore or psql.')
    }
    const source = resolve(file)
    refuseSource(source, dataDir)
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    // on the same disk, so that it takes its place by its name alone
    const folder = mkdtempSync(join(dataDir, 'restoring-'))
    try {
      const prepared = join(folder, DATABASE_FILE)
      copyIn(source, prepared)
      const needed = await prepare(settings, folder, source)
      const unlock = lockUnlessServed(dataDir)
      const database = join(dataDir, DATABASE_FILE)
      if (!unlock)
        return { before: await replaceWhileServed(database, prepared, needed, patienceMs), isServed: true }
      try {
        return { before: replaceFile(database, prepared), isServed: false }
      } finally {
        unlock()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

function refuseSource(source: string, dataDir: string): void {
  const found = statSync(source, { throwIfNoEntry: false })
  if (!found) throw new StartError(`There is no file ${source}.`)
  if (!found.isFile()) throw new StartError(`${source} is not a file.`)
  const used = statSync(join(dataDir, DATABASE_FILE), { throwIfNoEntry: false })
  if (used?.dev === found.dev && used.ino === found.ino) {
    throw new StartError(`${source} is the database itself: name a backup of it.`)
  }
}

/** A copy to work on: nothing is written beside the backup. */
function copyIn(source: string, prepared: string): void {
  // a log lies beside what was copied by hand from a server that did not end in good order
  for (const ending of ['', '-wal']) {
    if (!existsSync(`${source}${ending}`)) continue
    copyFileSync(`${source}${ending}`, `${prepared}${ending}`)
    chmodSync(`${prepared}${ending}`, 0o600)
  }
  const database = new DatabaseSync(prepared)
  try {
    checkDatabase(database, source)
  } finally {
    database.close()
  }
}

/** Brings it to the shape this program wants. Returns which secrets it needs, all of which are here. */
async function prepare(settings: Settings, folder: string, source: string): Promise<string[]> {
  try {
    const storage = await openStorage({ databaseUrl: undefined, dataDir: folder })
    try {
      const { db } = storage
      const [token = ''] = idsOf(await openSecrets(settings, storage))
      // who has signed out since then, or was made to, does not come back with it
      await db.deleteFrom('sessions').execute()
      await db.deleteFrom('reset_links').execute()
      return [token, ...(await neededKids(db))]
    } finally {
      await storage.close()
    }
  } catch (error) {
    if (error instanceof StartError) throw new StartError(`${source} was not restored. ${error.message}`)
    throw error
  }
}

function lockUnlessServed(dataDir: string): (() => void) | undefined {
  try {
    return lockDataDir(dataDir)
  } catch (error) {
    if (error instanceof StartError) return undefined
    throw error
  }
}

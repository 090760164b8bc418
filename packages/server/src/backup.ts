import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { attempt, type Problem } from './attempt.ts'
import { copyDatabase } from './copy-database.ts'
import { SECRETS_FILE } from './secrets.ts'
import type { Settings } from './settings.ts'
import { StartError } from './start-error.ts'
import { DATABASE_FILE, LOCK_FILE } from './storage/sqlite.ts'

export { type Restored, restore } from './restore.ts'

export interface BackedUp {
  file: string
  /** Without it the keys in the backup cannot be opened; null: the secrets are in the environment. */
  secretsFile: string | null
}

/** Copies the embedded database, as it is at one moment, to a file; also while a server goes on using it. */
export function backUp(
  settings: Settings,
  file: string,
  { isForced = false } = {},
): Promise<BackedUp | Problem> {
  return attempt(async () => {
    const { dataDir, databaseUrl, masterKey, tokenSecret } = settings
    const target = resolve(file)
    const database = join(dataDir, DATABASE_FILE)
    if (databaseUrl !== undefined) {
      throw new StartError('DATABASE_URL names a PostgreSQL: back it up with pg_dump.')
    }
    if (!existsSync(database)) {
      throw new StartError(
        `There is no database in ${dataDir}: name the data folder of your server in ROLLCALL_DATA_DIR.`,
      )
    }
    if (existsSync(target)) refuseTarget(target, dataDir, isForced)
    else if (!existsSync(dirname(target))) {
      throw new StartError(`There is no folder ${dirname(target)}: make it first.`)
    }
    await copyDatabase(database, target)
    const isInEnvironment = masterKey !== '' && tokenSecret !== ''
    return { file: target, secretsFile: isInEnvironment ? null : join(dataDir, SECRETS_FILE) }
  })
}

function refuseTarget(target: string, dataDir: string, isForced: boolean): void {
  const { dev, ino } = statSync(target)
  // --force is for older backups: never for what the server, or whoever restores, cannot do without
  const isInUse = [
    SECRETS_FILE,
    LOCK_FILE,
    ...['', '-wal', '-shm'].map((ending) => `${DATABASE_FILE}${ending}`),
  ].some((name) => {
    const used = statSync(join(dataDir, name), { throwIfNoEntry: false })
    return used?.dev === dev && used.ino === ino
  })
  if (isInUse || !statSync(target).isFile()) {
    throw new StartError(`${target} cannot be overwritten with a backup: name another file.`)
  }
  if (!isForced) throw new StartError(`${target} exists: name another file, or overwrite it with --force.`)
}

import type { Settings } from '../settings.ts'
import type { Storage } from './database.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/** The database that the settings name, in the shape this program wants. */
export async function openStorage({
  databaseUrl,
  dataDir,
}: Pick<Settings, 'databaseUrl' | 'dataDir'>): Promise<Storage> {
  const storage = databaseUrl === undefined ? openSqlite(dataDir) : await openPostgres(databaseUrl)
  try {
    await migrate(storage.db, storage.dialect)
  } catch (error) {
    await storage.close()
    throw error
  }
  return storage
}

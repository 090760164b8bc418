import type { Settings } from '../settings.ts'
import type { Storage } from './database.ts'
import { migrate } from './migrate.ts'
import { openSqlite } from './sqlite.ts'

/** The database that the settings name, in the shape this program wants. */
export async function openStorage({
  databaseUrl,
  dataDir,
}: Pick<Settings, 'databaseUrl' | 'dataDir'>): Promise<Storage> {
  if (databaseUrl !== undefined) {
    const { migratePostgres, openPostgres } = await import('./postgres.ts')
    await migratePostgres(databaseUrl)
    return openPostgres(databaseUrl)
  }
  const storage = openSqlite(dataDir)
  try {
    await migrate(storage.db, storage.dialect)
    return storage
  } catch (error) {
    await storage.close()
    throw error
  }
}

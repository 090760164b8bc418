import type { Kysely } from 'kysely'
import { StartError } from '../start-error.ts'
import type { DialectName } from './database.ts'
import { inTurn } from './in-turn.ts'
import { MIGRATIONS, type Migration } from './migrations/migrations.ts'
import type { Tables } from './tables.ts'

interface MigrationsTable {
  name: string
  applied_at: number
}
type WithMigrations = Tables & { migrations: MigrationsTable }

/** Brings the database to the shape this program wants: each step in a transaction of its own, forward only. */
export async function migrate(
  anyDb: Kysely<Tables>,
  dialect: DialectName,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const db = anyDb as unknown as Kysely<WithMigrations>
  await inTurn(db, dialect, async (transaction) => {
    await transaction.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute()
  })
  for (const migration of migrations) {
    await inTurn(db, dialect, async (transaction) => {
      const applied = await transaction.selectFrom('migrations').select('name').orderBy('name').execute()
      const unknown = applied.find(({ name }) => !migrations.some((known) => known.name === name))
      if (unknown) {
        throw new StartError(
          `The database was written by a newer Rollcall (it has "${unknown.name}"): start that version again, or restore a backup from before the update.`,
        )
      }
      if (applied.some(({ name }) => name === migration.name)) return
      await migration.migrate(transaction as unknown as Kysely<unknown>, dialect)
      await transaction
        .insertInto('migrations')
        .values({ name: migration.name, applied_at: Date.now() })
        .execute()
    })
  }
}

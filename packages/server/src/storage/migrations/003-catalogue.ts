import { type Kysely, sql } from 'kysely'
import type { DialectName } from '../database.ts'

export async function migrate({ schema }: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await schema
    .createTable('catalogue')
    .addColumn('url', 'text', (column) => column.primaryKey())
    .addColumn('content', dialect === 'sqlite' ? sql`blob` : sql`bytea`, (column) => column.notNull())
    .addColumn('etag', 'text')
    .addColumn('checked_at', 'bigint', (column) => column.notNull())
    .execute()
}

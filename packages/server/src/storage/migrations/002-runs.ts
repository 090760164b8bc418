import type { Kysely } from 'kysely'

export async function migrate({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('models', 'text', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    // before the long texts, which need not be read for it
    .addColumn('characters', 'integer', (column) => column.notNull())
    .addColumn('prompt', 'text', (column) => column.notNull())
    .addColumn('system_prompt', 'text')
    .addColumn('searched', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('runs_user').on('runs').columns(['user_id', 'id']).execute()
}

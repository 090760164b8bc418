import type { Kysely } from 'kysely'

export async function migrate({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('model_marks')
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('model_id', 'text', (column) => column.notNull())
    .addColumn('is_favourite', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('is_hidden', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('correction', 'text')
    .addPrimaryKeyConstraint('model_marks_pk', ['user_id', 'model_id'])
    .execute()
}

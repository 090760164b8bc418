import type { Kysely } from 'kysely'

export async function migrate({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('runs').addColumn('finished_at', 'bigint').execute()
  await schema.alterTable('runs').addColumn('alive_at', 'bigint').execute()
  await schema
    .alterTable('runs')
    .addColumn('is_stopped', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema
    .createIndex('runs_alive')
    .on('runs')
    .column('alive_at')
    .where('alive_at', 'is not', null)
    .execute()
  await schema
    .createTable('run_answers')
    .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    // before the long texts, which need not be read for it
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('reasoning', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_answers_pk', ['run_id', 'position'])
    .execute()
  await schema
    .createTable('answer_usage')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('ended_at', 'bigint', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('input_tokens', 'bigint')
    .addColumn('output_tokens', 'bigint')
    .addColumn('cached_input_tokens', 'bigint')
    .addColumn('reasoning_tokens', 'bigint')
    .addColumn('cost', 'double precision')
    .addColumn('first_token_ms', 'double precision')
    .addColumn('duration_ms', 'double precision')
    .execute()
  await schema
    .createIndex('answer_usage_user')
    .on('answer_usage')
    .columns(['user_id', 'ended_at', 'id'])
    .execute()
}

import { type Kysely, sql } from 'kysely'

/** How many runs a user has, how long they are, and which are under way, from indexes alone. */
export async function migrate({ schema }: Kysely<unknown>): Promise<void> {
  await schema.createIndex('runs_of_user').on('runs').columns(['user_id', 'id', 'characters']).execute()
  await schema.dropIndex('runs_user').execute()
  await schema
    .createIndex('runs_under_way')
    .on('runs')
    .column('user_id')
    .where(sql.ref('alive_at'), 'is not', null)
    .execute()
}

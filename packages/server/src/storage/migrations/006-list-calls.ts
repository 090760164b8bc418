import type { Kysely } from 'kysely'

/** How the last calls for a list went, beside the list itself. */
export async function migrate({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('key_lists').addColumn('calls', 'text').execute()
}

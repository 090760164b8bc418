import { createHash } from 'node:crypto'
import type { Secrets } from './secrets.ts'
import type { Database } from './storage/database.ts'

/** Row of the table `installation`. */
export const RUNNING_SECRETS = 'running_secrets'

/** Names every secret without telling anything of it, so that two processes can see whether they have the same ones. */
export function idsOf({ masterKeys, tokenSecret }: Pick<Secrets, 'masterKeys' | 'tokenSecret'>): string[] {
  const token = createHash('sha256').update('rollcall token secret id').update(tokenSecret).digest('hex')
  return [`token:${token.slice(0, 12)}`, ...masterKeys.map(({ kid }) => kid)]
}

/** Which secrets the server that uses this database holds in memory. */
export async function readRunningSecrets(db: Database): Promise<string[]> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', RUNNING_SECRETS)
    .executeTakeFirst()
  return row ? row.value.split(' ') : []
}

export async function writeRunningSecrets(db: Database, ids: readonly string[]): Promise<void> {
  const value = ids.join(' ')
  await db
    .insertInto('installation')
    .values({ name: RUNNING_SECRETS, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

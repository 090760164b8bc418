import { neededKids } from './keys/rotation.ts'
import { idsOf, writeRunningSecrets } from './running-secrets.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import { SETTINGS, type Settings } from './settings.ts'
import { StartError } from './start-error.ts'
import type { Database, Storage } from './storage/database.ts'
import { inTurn } from './storage/in-turn.ts'

/**
 * The secrets, once it is sure that they are those of this database. Of several processes that find a new one, the
 * first makes them.
 */
export function openSecrets(settings: Settings, { db, dialect }: Storage): Promise<Secrets> {
  return inTurn(db, dialect, (transaction) => openInTurn(settings, transaction))
}

async function openInTurn(settings: Settings, db: Database): Promise<Secrets> {
  const setUp = await db
    .selectFrom('installation')
    .select('name')
    .where('name', '=', 'set_up')
    .executeTakeFirst()
  const secrets = readSecrets(settings, setUp === undefined)
  const known = new Set(secrets.masterKeys.map(({ kid }) => kid))
  const missing = (await neededKids(db)).find((kid) => !known.has(kid))
  if (missing !== undefined) {
    const where =
      secrets.masterKeyFile ?? `${SETTINGS.masterKey.variable} or ${SETTINGS.previousMasterKeys.variable}`
    throw new StartError(
      `The database holds keys that are sealed with the master key ${missing}, which is not in ${where}: put it back there (${SETTINGS.masterKey.variable} may be another installation's).`,
    )
  }
  await db
    .insertInto('installation')
    .values({ name: 'set_up', value: new Date().toISOString() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  await writeRunningSecrets(db, idsOf(secrets))
  return secrets
}

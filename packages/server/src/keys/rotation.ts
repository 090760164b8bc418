import { decodeProtectedHeader } from 'jose'
import type { Handlers } from '../http/bind.ts'
import { Refusal } from '../http/refusal.ts'
import type { Log } from '../log.ts'
import { addMasterKey, forgetOldMasterKeys } from '../secrets.ts'
import type { Database, Storage } from '../storage/database.ts'
import type { Vault } from './vault.ts'

const ROWS_AT_ONCE = 100
/** Of a row that no master key opens: it waits for nothing any more but to be entered again. */
const UNREADABLE = 'unreadable'

export interface RotationPorts {
  storage: Storage
  vault: Vault
  log: Log
  /** Where master keys are kept; undefined where they come from the environment. */
  masterKeyFile: string | undefined
  closing: AbortSignal
}

/** Seals everything anew with another master key while all goes on being served. Interrupted, it is taken up again. */
export function createRotation({ storage, vault, log, masterKeyFile, closing }: RotationPorts) {
  const { db } = storage
  let underWay: Promise<void> | undefined

  async function state() {
    return { kid: vault.kid, remaining: await countOld(db, vault.kid), is_rotating: underWay !== undefined }
  }

  /** Goes on until nothing is left that an older key sealed. */
  function resume(): void {
    underWay ??= resealAll()
      .catch((error) => log.bug(error, { event: 'rotation_failed' }))
      .finally(() => {
        underWay = undefined
      })
  }

  async function resealAll(): Promise<void> {
    let count = 0
    for (;;) {
      const rows = await db
        .selectFrom('api_keys')
        .select(['id', 'sealed'])
        .where('kid', 'not in', [vault.kid, UNREADABLE])
        .limit(ROWS_AT_ONCE)
        .execute()
      if (rows.length === 0 || closing.aborted) break
      for (const { id, sealed } of rows) {
        const anew = (await vault.reseal(sealed)) ?? { sealed, kid: UNREADABLE }
        // replaced meanwhile: it is sealed with the new key already
        await db.updateTable('api_keys').set(anew).where('id', '=', id).where('sealed', '=', sealed).execute()
        count++
      }
      // whoever waits for the database has its turn
      await new Promise((resolve) => setImmediate(resolve))
    }
    for (const { id, totp_sealed: sealed } of await secondFactorSecrets(db)) {
      if (closing.aborted) return
      if (kidOf(sealed) === vault.kid) continue
      const anew = await vault.reseal(sealed)
      if (anew) {
        await db
          .updateTable('users')
          .set({ totp_sealed: anew.sealed })
          .where('id', '=', id)
          .where('totp_sealed', '=', sealed)
          .execute()
      }
    }
    if (closing.aborted || (await countOld(db, vault.kid)) > 0) return
    await storage.purge()
    log.info({ event: 'master_key_rotated', count })
  }

  return {
    /**
     * At start: takes up what was interrupted. Only now are older keys forgotten that nothing needs: while serving, a
     * secret may be on its way into the database that was sealed a moment before the change.
     */
    async takeUp(): Promise<void> {
      if ((await countOld(db, vault.kid)) > 0) resume()
      else if (masterKeyFile !== undefined) forgetOldMasterKeys(masterKeyFile)
    },
    async finish(): Promise<void> {
      await underWay
    },
    handlers: {
      masterKeyState: state,
      async rotateMasterKey() {
        const isBehind = (await countOld(db, vault.kid)) > 0
        if (!isBehind && underWay === undefined) {
          if (masterKeyFile === undefined) {
            return new Refusal(
              'conflict',
              'Everything is sealed with the key in ROLLCALL_MASTER_KEY: put a new one there and this one into ROLLCALL_MASTER_KEY_PREVIOUS, restart, then ask again.',
            )
          }
          vault.use(addMasterKey(masterKeyFile))
        }
        resume()
        return state()
      },
    } satisfies Pick<Handlers, 'masterKeyState' | 'rotateMasterKey'>,
  }
}

/** Every master key that something in the database still needs. */
export async function neededKids(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('api_keys').select('kid').distinct().execute()
  const kids = rows.map(({ kid }) => kid).filter((kid) => kid !== UNREADABLE)
  return [
    ...new Set([...kids, ...(await secondFactorSecrets(db)).map(({ totp_sealed }) => kidOf(totp_sealed))]),
  ]
}

async function countOld(db: Database, kid: string): Promise<number> {
  const { count } = await db
    .selectFrom('api_keys')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('kid', 'not in', [kid, UNREADABLE])
    .executeTakeFirstOrThrow()
  const secrets = await secondFactorSecrets(db)
  return Number(count) + secrets.filter(({ totp_sealed }) => kidOf(totp_sealed) !== kid).length
}

async function secondFactorSecrets(db: Database): Promise<{ id: string; totp_sealed: string }[]> {
  return db
    .selectFrom('users')
    .select(['id', 'totp_sealed'])
    .where('totp_sealed', 'is not', null)
    .$narrowType<{ totp_sealed: string }>()
    .execute()
}

function kidOf(sealed: string): string {
  try {
    return decodeProtectedHeader(sealed).kid ?? UNREADABLE
  } catch {
    return UNREADABLE // not even a header: no key is missing for it
  }
}

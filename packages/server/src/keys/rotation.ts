import { decodeProtectedHeader } from 'jose'
import type { Handlers } from '../http/bind.ts'
import type { Log } from '../log.ts'
import { Refusal } from '../refusal.ts'
import { readRunningSecrets, writeRunningSecrets } from '../running-secrets.ts'
import { addMasterKey, forgetOldMasterKeys, readMasterKeys } from '../secrets.ts'
import { StartError } from '../start-error.ts'
import type { Database, Storage } from '../storage/database.ts'
import { inTurn } from '../storage/in-turn.ts'
import type { Vault } from './vault.ts'

const ROWS_AT_ONCE = 100
/** In a kid's place: no master key opens it, so it waits for nothing any more but to be entered again. */
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
  const { db, dialect } = storage
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
    for (let last = -1; last !== 0; count += last) last = await resealKeys()
    await resealSecondFactors()
    if (closing.aborted || (await countOld(db, vault.kid)) > 0) return
    await storage.purge()
    log.info({ event: 'master_key_rotated', count })
  }

  /** Every key once, and how many were sealed anew: meanwhile others may come that were sealed a moment before. */
  async function resealKeys(): Promise<number> {
    let count = 0
    let after = 0
    while (!closing.aborted) {
      const rows = await db
        .selectFrom('api_keys')
        .select(['id', 'sealed', 'kid'])
        .where('id', '>', after)
        .where('kid', 'not in', [vault.kid, UNREADABLE])
        .orderBy('id')
        .limit(ROWS_AT_ONCE)
        .execute()
      if (rows.length === 0) break
      const anew = await Promise.all(
        rows.map(async ({ id, sealed, kid }) => {
          const whole = await vault.reseal(sealed)
          // sealed with a key that another process has and this one has not: it is that one's to seal anew
          return whole || vault.has(kid)
            ? { id, before: sealed, set: whole ?? { kid: UNREADABLE } }
            : undefined
        }),
      )
      count += await write(anew.filter((row) => row !== undefined))
      after = rows.at(-1)?.id ?? after
      // whoever waits for the database has its turn
      await new Promise((resolve) => setImmediate(resolve))
    }
    return count
  }

  async function write(
    rows: { id: number; before: string; set: { sealed?: string; kid: string } }[],
  ): Promise<number> {
    const update = async (connection: Database, { id, before, set }: (typeof rows)[number]) => {
      // replaced meanwhile: it is sealed with the new key already
      const { numUpdatedRows } = await connection
        .updateTable('api_keys')
        .set(set)
        .where('id', '=', id)
        .where('sealed', '=', before)
        .executeTakeFirst()
      return Number(numUpdatedRows)
    }
    const all = (connection: Database) => Promise.all(rows.map((row) => update(connection, row)))
    // one wait for the disk instead of a hundred; PostgreSQL waits elsewhere, and would lock them all for others
    const counts = await (dialect === 'sqlite' ? db.transaction().execute(all) : all(db))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  async function resealSecondFactors(): Promise<void> {
    for (const { id, sealed, kid } of await secondFactors(db)) {
      if (closing.aborted) return
      if (kid === vault.kid) continue
      const anew = await vault.reseal(sealed)
      if (!anew && !vault.has(kid)) continue
      await db
        .updateTable('users')
        // the second factor stays on: with a recovery code or a reset link its owner gets in
        .set({ totp_sealed: anew?.sealed ?? UNREADABLE })
        .where('id', '=', id)
        .where('totp_sealed', '=', sealed)
        .execute()
    }
  }

  /** Another process on the same file may have changed the key. */
  function lookAgain(): void {
    if (masterKeyFile !== undefined) vault.use(readMasterKeys(masterKeyFile))
  }

  /** Puts another key in this one's place. */
  async function changeKey(path: string, kid: string): Promise<Refusal | undefined> {
    try {
      await inTurn(db, dialect, async () => {
        // somebody else, who asked in the same moment, was first
        if (underWay !== undefined || vault.kid !== kid) return
        addMasterKey(path)
        lookAgain()
        resume()
      })
    } catch (error) {
      if (error instanceof StartError) return new Refusal('conflict', error.message)
      throw error
    }
    await writeRunningSecrets(db, [...new Set([...(await readRunningSecrets(db)), vault.kid])])
    await storage.announce({ kind: 'everything' })
    return undefined
  }

  storage.onChange((change) => {
    if (change.kind !== 'everything') return
    try {
      lookAgain()
    } catch (error) {
      log.bug(error, { event: 'secrets_unreadable' })
    }
  })

  return {
    /**
     * At start: takes up what was interrupted. Only now are older keys forgotten that nothing needs: while serving, a
     * secret may be on its way into the database that was sealed a moment before the change. On PostgreSQL another
     * process may be serving at any time, so there they stay in the file.
     */
    async takeUp(): Promise<void> {
      if ((await countOld(db, vault.kid)) > 0) resume()
      else if (masterKeyFile !== undefined && dialect === 'sqlite') forgetOldMasterKeys(masterKeyFile)
    },
    async finish(): Promise<void> {
      await underWay
    },
    handlers: {
      masterKeyState: state,
      async rotateMasterKey() {
        const { kid } = vault
        if ((await countOld(db, vault.kid)) > 0) resume()
        if (underWay === undefined) {
          if (masterKeyFile === undefined) {
            return new Refusal(
              'conflict',
              'Everything is sealed with the key in ROLLCALL_MASTER_KEY: put a new one there and this one into ROLLCALL_MASTER_KEY_PREVIOUS, restart, then ask again.',
            )
          }
          const refused = await changeKey(masterKeyFile, kid)
          if (refused) return refused
        }
        return state()
      },
    } satisfies Pick<Handlers, 'masterKeyState' | 'rotateMasterKey'>,
  }
}

/** Every master key that something in the database still needs. */
export async function neededKids(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('api_keys').select('kid').distinct().execute()
  const kids = new Set([...rows, ...(await secondFactors(db))].map(({ kid }) => kid))
  kids.delete(UNREADABLE)
  return [...kids]
}

async function countOld(db: Database, kid: string): Promise<number> {
  const { count } = await db
    .selectFrom('api_keys')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('kid', 'not in', [kid, UNREADABLE])
    .executeTakeFirstOrThrow()
  const old = (await secondFactors(db)).filter((one) => one.kid !== kid && one.kid !== UNREADABLE)
  return Number(count) + old.length
}

async function secondFactors(db: Database): Promise<{ id: string; sealed: string; kid: string }[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'totp_sealed as sealed'])
    .where('totp_sealed', 'is not', null)
    .$narrowType<{ sealed: string }>()
    .execute()
  return rows.map((row) => ({ ...row, kid: kidOf(row.sealed) }))
}

function kidOf(sealed: string): string {
  try {
    return decodeProtectedHeader(sealed).kid ?? UNREADABLE
  } catch {
    return UNREADABLE // not even a header: no key is missing for it
  }
}

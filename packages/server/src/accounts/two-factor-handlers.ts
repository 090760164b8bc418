import type { Handlers } from '../http/bind.ts'
import type { Vault } from '../keys/vault.ts'
import { Refusal } from '../refusal.ts'
import type { Database } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { type ConfirmPorts, confirmOwner } from './confirm-owner.ts'
import { createTotp, newTotpSecret, type SecondFactor } from './second-factor.ts'
import { hashOf, randomToken } from './secret-text.ts'

const RECOVERY_CODES = 10

export function createTwoFactorHandlers({
  db,
  vault,
  passwords,
  secondFactor,
  now,
}: ConfirmPorts & { db: Database; vault: Vault; secondFactor: SecondFactor; now: () => number }): Pick<
  Handlers,
  'setUpTwoFactor' | 'confirmTwoFactor' | 'removeTwoFactor'
> {
  const ports = { db, passwords, secondFactor }
  const notBegun = new Refusal('conflict', 'Begin with POST /api/auth/two-factor.')
  const alreadyOn = new Refusal('conflict', 'The second factor is on already: switch it off first.')

  return {
    async setUpTwoFactor({ body, who }) {
      const user = await confirmOwner(ports, who.userId, body)
      if (user instanceof Refusal) return user
      const secret = newTotpSecret()
      const { sealed } = await vault.seal(secret, { purpose: 'totp', owner: user.id })
      const begun = await db
        .updateTable('users')
        .set({ totp_sealed: sealed, totp_last_step: null })
        .where('id', '=', user.id)
        .where('totp_confirmed_at', 'is', null)
        .executeTakeFirst()
      if (begun.numUpdatedRows === 0n) return alreadyOn
      return { secret, uri: createTotp(secret, user.email).toString() }
    },

    async confirmTwoFactor({ body, who }) {
      const user = await db.selectFrom('users').selectAll().where('id', '=', who.userId).executeTakeFirst()
      if (user?.totp_confirmed_at != null) return alreadyOn
      if (!user?.totp_sealed) return notBegun
      if (!(await secondFactor.takeTotp(user, body.code))) {
        return new Refusal(
          'code_wrong',
          'This code is wrong: check the clock of your device and try the next one.',
          { field: 'code' },
        )
      }
      const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
      const refused = await inTransaction(db, async (transaction) => {
        const confirmed = await transaction
          .updateTable('users')
          .set({ totp_confirmed_at: now() })
          .where('id', '=', user.id)
          // what was begun anew meanwhile is not what the code was for
          .where('totp_sealed', '=', user.totp_sealed)
          .where('totp_confirmed_at', 'is', null)
          .executeTakeFirst()
        if (confirmed.numUpdatedRows === 0n) return notBegun
        await transaction.deleteFrom('recovery_codes').where('user_id', '=', user.id).execute()
        await transaction
          .insertInto('recovery_codes')
          .values(codes.map((code) => ({ user_id: user.id, hash: hashOf(code.replaceAll('-', '')) })))
          .execute()
        return undefined
      })
      return refused ?? { recovery_codes: codes }
    },

    async removeTwoFactor({ body, who }) {
      const user = await confirmOwner(ports, who.userId, body)
      if (user instanceof Refusal) return user
      await db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('users')
          .set({ totp_sealed: null, totp_confirmed_at: null, totp_last_step: null })
          .where('id', '=', user.id)
          .execute()
        await transaction.deleteFrom('recovery_codes').where('user_id', '=', user.id).execute()
      })
      return undefined
    },
  }
}

/** 16 letters and digits, 80 bits or more, in groups that can be typed. */
function newRecoveryCode(): string {
  const text = randomToken()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 16)
  return text.match(/.{4}/g)?.join('-') ?? text
}

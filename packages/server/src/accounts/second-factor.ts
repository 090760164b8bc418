import { Secret, TOTP } from 'otpauth'
import type { Vault } from '../keys/vault.ts'
import { Refusal } from '../refusal.ts'
import type { Database } from '../storage/database.ts'
import type { UserRow } from '../storage/tables.ts'
import { hashOf } from './secret-text.ts'

const PERIOD_SECONDS = 30

/** Authenticator codes and recovery codes of whoever has switched the second factor on. */
export function createSecondFactor(db: Database, vault: Vault, now: () => number) {
  return {
    /** Undefined where the code is right, or none is needed. Each code works once. */
    async check(user: UserRow, code: string | undefined): Promise<Refusal | undefined> {
      if (user.totp_confirmed_at === null) return undefined
      if (code === undefined) {
        return new Refusal(
          'second_factor_required',
          'Enter the code of your authenticator app, or a recovery code.',
          { field: 'code' },
        )
      }
      const typed = withoutGaps(code)
      const isRight = /^\d{6}$/.test(typed)
        ? await this.takeTotp(user, typed)
        : await takeRecoveryCode(user, typed)
      return isRight
        ? undefined
        : new Refusal(
            'second_factor_invalid',
            'This code is wrong or was used before: wait for the next one.',
            { field: 'code' },
          )
    },

    /** Whether it is a right code of this user's secret that was not used yet; it is used now. */
    async takeTotp(user: UserRow, code: string): Promise<boolean> {
      if (user.totp_sealed === null) return false
      const secret = await vault.open(user.totp_sealed, { purpose: 'totp', owner: user.id })
      if (secret === undefined) return false
      const delta = createTotp(secret, user.email).validate({
        token: withoutGaps(code),
        timestamp: now(),
        window: 1,
      })
      if (delta === null) return false
      const step = Math.floor(now() / 1000 / PERIOD_SECONDS) + delta
      const taken = await db
        .updateTable('users')
        .set({ totp_last_step: step })
        .where('id', '=', user.id)
        .where((where) => where.or([where('totp_last_step', 'is', null), where('totp_last_step', '<', step)]))
        .executeTakeFirst()
      return taken.numUpdatedRows > 0n
    },
  }

  async function takeRecoveryCode(user: UserRow, code: string): Promise<boolean> {
    const taken = await db
      .deleteFrom('recovery_codes')
      .where('user_id', '=', user.id)
      .where('hash', '=', hashOf(code.toLowerCase()))
      .executeTakeFirst()
    return taken.numDeletedRows > 0n
  }
}

/** Codes are shown in groups, and some are typed so. */
function withoutGaps(code: string): string {
  return code.replace(/[\s-]/g, '')
}

export type SecondFactor = ReturnType<typeof createSecondFactor>

export function createTotp(secret: string, email: string): TOTP {
  return new TOTP({
    issuer: 'Rollcall',
    label: email,
    secret: Secret.fromBase32(secret),
    period: PERIOD_SECONDS,
  })
}

export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

import type { Run } from '@rollcall/core/schema'
import type { Handlers } from '../http/bind.ts'
import type { MarkStore } from '../marks/mark-store.ts'
import type { ListStore } from '../models/list-store.ts'
import { iso, isoOrNull } from '../moment-text.ts'
import { Refusal } from '../refusal.ts'
import { toRun } from '../runs/shown-run.ts'
import type { StoredRuns } from '../runs/stored-runs.ts'
import type { Database, Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { toAccessToken } from './access-token-handlers.ts'
import { confirmOwner } from './confirm-owner.ts'
import type { Passwords } from './passwords.ts'
import { refreshCookie } from './refresh-cookie.ts'
import type { SecondFactor } from './second-factor.ts'
import { hashOf } from './secret-text.ts'
import type { Sessions } from './sessions.ts'
import { toInvitation, toUser } from './shown-user.ts'
import type { AnswerSignedIn } from './sign-in.ts'

export interface AccountPorts {
  storage: Storage
  store: ListStore
  marks: MarkStore
  storedRuns: StoredRuns
  sessions: Sessions
  passwords: Passwords
  secondFactor: SecondFactor
  signedIn: AnswerSignedIn
  now: () => number
}

export function createAccountHandlers(
  ports: AccountPorts,
): Pick<Handlers, 'changePassword' | 'resetPassword' | 'exportAccount' | 'deleteAccount'> {
  const { storage, store, marks, storedRuns, sessions, passwords, signedIn, now } = ports
  const { db } = storage
  const confirm = { ...ports, db }

  return {
    async changePassword({ body, who, context }) {
      const wrong = new Refusal('password_wrong', 'The current password is wrong.', {
        field: 'current_password',
      })
      const user = await db.selectFrom('users').selectAll().where('id', '=', who.userId).executeTakeFirst()
      if (!user || !(await passwords.verify(body.current_password, user.password_hash))) return wrong
      const password_hash = await passwords.hash(body.new_password)
      const session = await inTransaction(db, async (transaction) => {
        const changed = await transaction
          .updateTable('users')
          .set({ password_hash })
          .where('id', '=', user.id)
          // whoever changed it meanwhile, or disabled the account, was first
          .where('password_hash', '=', user.password_hash)
          .where('disabled', '=', 0)
          .executeTakeFirst()
        if (changed.numUpdatedRows === 0n) return wrong
        // whoever else has a session here may be why the password is changed
        await sessions.endAll(transaction, user.id)
        return sessions.start(transaction, user.id)
      })
      if (session instanceof Refusal) return session
      await storage.announce({ kind: 'access', userId: user.id })
      return signedIn(context, user, session)
    },

    async resetPassword({ body }) {
      const password_hash = await passwords.hash(body.new_password)
      const userId = await inTransaction(db, async (transaction) => {
        const invalid = new Refusal(
          'link_invalid',
          'This link was used or has expired: ask an admin for a new one.',
          { field: 'token' },
        )
        const link = await transaction
          .selectFrom('reset_links')
          .selectAll()
          .where('hash', '=', hashOf(body.token))
          .where('expires_at', '>', now())
          .executeTakeFirst()
        if (!link) return invalid
        const withoutSecondFactor = { totp_sealed: null, totp_confirmed_at: null, totp_last_step: null }
        await transaction
          .updateTable('users')
          .set({ password_hash, ...(link.remove_second_factor ? withoutSecondFactor : {}) })
          .where('id', '=', link.user_id)
          .execute()
        const links = await transaction
          .deleteFrom('reset_links')
          .where('user_id', '=', link.user_id)
          .returning('hash')
          .execute()
        // used in the same moment by somebody else
        if (!links.some(({ hash }) => hash === link.hash)) return invalid
        if (link.remove_second_factor) {
          await transaction.deleteFrom('recovery_codes').where('user_id', '=', link.user_id).execute()
        }
        await sessions.endAll(transaction, link.user_id)
        return link.user_id
      })
      if (userId instanceof Refusal) return userId
      await storage.announce({ kind: 'access', userId })
      return undefined
    },

    async exportAccount({ who }) {
      const { userId } = who
      const user = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
      if (!user) return new Refusal('token_revoked', 'This account is gone.')
      const keys = await db
        .selectFrom('api_keys')
        .select(['provider', 'label', 'preview', 'created_at', 'updated_at'])
        .where('user_id', '=', userId)
        .orderBy('id')
        .execute()
      const runs: Run[] = []
      for await (const { row, answers } of storedRuns.all(userId)) runs.push(toRun(row, answers))
      const tokens = await db
        .selectFrom('access_tokens')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('created_at')
        .execute()
      const open = await db
        .selectFrom('sessions')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('created_at')
        .execute()
      const invitations = await db
        .selectFrom('invitations')
        .selectAll()
        .where('created_by', '=', userId)
        .where('expires_at', '>', now())
        .orderBy('created_at')
        .execute()
      return {
        exported_at: iso(now()),
        user: { ...toUser(user), last_sign_in_at: isoOrNull(user.last_sign_in_at) },
        api_keys: keys.map((key) => ({
          provider: key.provider,
          label: key.label || null,
          preview: key.preview,
          created_at: iso(key.created_at),
          updated_at: iso(key.updated_at),
        })),
        runs,
        answer_usage: await storedRuns.usageOf(userId),
        model_marks: await marks.ofUser(userId),
        access_tokens: tokens.map(toAccessToken),
        sessions: open.map((session) => ({
          created_at: iso(session.created_at),
          last_used_at: iso(session.last_used_at),
          expires_at: iso(session.expires_at),
        })),
        invitations: invitations.map(toInvitation),
      }
    },

    async deleteAccount({ body, who, context }) {
      const user = await confirmOwner(confirm, who.userId, body)
      if (user instanceof Refusal) return user
      const keys = await inTransaction(db, async (transaction) => {
        const refused = await refuseLastAdmin(transaction, user.id, 'delete')
        if (refused) return refused
        const ids = await transaction
          .selectFrom('api_keys')
          .select('id')
          .where('user_id', '=', user.id)
          .execute()
        await transaction.deleteFrom('users').where('id', '=', user.id).execute()
        const left = await transaction.selectFrom('users').select('id').limit(1).executeTakeFirst()
        // whoever comes next is the first one again
        if (!left) await transaction.deleteFrom('installation').where('name', '=', 'first_account').execute()
        return ids
      })
      if (keys instanceof Refusal) return keys
      await storage.announce({ kind: 'access', userId: user.id })
      for (const { id } of keys) await storage.announce({ kind: 'keys', userId: user.id, keyId: id })
      await store.dropUnused()
      // limits that are counted by account; by now nobody is let in any more who would be counted again
      await db.deleteFrom('rate_limits').where('key', 'like', `%${user.id}`).execute()
      await storage.purge()
      refreshCookie.remove(context)
      return undefined
    },
  }
}

/** Somebody must be left who can let others in, as long as there are others. */
export async function refuseLastAdmin(
  transaction: Database,
  userId: string,
  act: 'delete' | 'change',
): Promise<Refusal | undefined> {
  // one after the other: two admins could otherwise leave in the same moment
  await transaction
    .updateTable('installation')
    .set((row) => ({ value: row.ref('value') }))
    .where('name', '=', 'first_account')
    .execute()
  const admins = await transaction
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .limit(2)
    .execute()
  if (admins.length !== 1 || admins[0]?.id !== userId) return undefined
  const others = await transaction
    .selectFrom('users')
    .select('id')
    .where('id', '!=', userId)
    .limit(1)
    .execute()
  if (act === 'delete' && others.length === 0) return undefined
  return new Refusal('last_admin', 'This is the last admin: make another account an admin first.')
}

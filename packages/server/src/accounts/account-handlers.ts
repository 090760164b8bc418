import type { Handlers } from '../http/bind.ts'
import { Refusal } from '../http/refusal.ts'
import type { ListStore } from '../models/list-store.ts'
import type { Database, Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { toAccessToken } from './access-token-handlers.ts'
import { confirmOwner } from './confirm-owner.ts'
import type { Passwords } from './passwords.ts'
import { refreshCookie } from './refresh-cookie.ts'
import type { SecondFactor } from './second-factor.ts'
import { hashOf } from './secret-text.ts'
import type { Sessions } from './sessions.ts'
import { iso, toUser } from './shown-user.ts'
import type { AnswerSignedIn } from './sign-in.ts'

export interface AccountPorts {
  storage: Storage
  store: ListStore
  sessions: Sessions
  passwords: Passwords
  secondFactor: SecondFactor
  signedIn: AnswerSignedIn
  now: () => number
}

export function createAccountHandlers(
  ports: AccountPorts,
): Pick<Handlers, 'changePassword' | 'resetPassword' | 'exportAccount' | 'deleteAccount'> {
  const { storage, store, sessions, passwords, signedIn, now } = ports
  const { db } = storage
  const confirm = { ...ports, db }

  return {
    async changePassword({ body, who, context }) {
      const user = await db.selectFrom('users').selectAll().where('id', '=', who.userId).executeTakeFirst()
      if (!user || !(await passwords.verify(body.current_password, user.password_hash))) {
        return new Refusal('password_wrong', 'The current password is wrong.', { field: 'current_password' })
      }
      const password_hash = await passwords.hash(body.new_password)
      await db.updateTable('users').set({ password_hash }).where('id', '=', user.id).execute()
      // whoever else has a session here may be why the password is changed
      await sessions.endAll(user.id)
      return signedIn(context, user, await sessions.start(user.id))
    },

    async resetPassword({ body }) {
      const password_hash = await passwords.hash(body.new_password)
      const userId = await inTransaction(db, async (transaction) => {
        const link = await transaction
          .deleteFrom('reset_links')
          .where('hash', '=', hashOf(body.token))
          .where('expires_at', '>', now())
          .returningAll()
          .executeTakeFirst()
        if (!link) {
          return new Refusal(
            'link_invalid',
            'This link was used or has expired: ask an admin for a new one.',
            { field: 'token' },
          )
        }
        const withoutSecondFactor = { totp_sealed: null, totp_confirmed_at: null, totp_last_step: null }
        await transaction
          .updateTable('users')
          .set({ password_hash, ...(link.remove_second_factor ? withoutSecondFactor : {}) })
          .where('id', '=', link.user_id)
          .execute()
        if (link.remove_second_factor) {
          await transaction.deleteFrom('recovery_codes').where('user_id', '=', link.user_id).execute()
        }
        await transaction.deleteFrom('reset_links').where('user_id', '=', link.user_id).execute()
        return link.user_id
      })
      if (userId instanceof Refusal) return userId
      await sessions.endAll(userId)
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
      return {
        exported_at: iso(now()),
        user: toUser(user),
        api_keys: keys.map((key) => ({
          provider: key.provider,
          label: key.label || null,
          preview: key.preview,
          created_at: iso(key.created_at),
          updated_at: iso(key.updated_at),
        })),
        access_tokens: tokens.map(toAccessToken),
        sessions: open.map((session) => ({
          created_at: iso(session.created_at),
          last_used_at: iso(session.last_used_at),
          expires_at: iso(session.expires_at),
        })),
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
        return ids
      })
      if (keys instanceof Refusal) return keys
      await storage.announce({ kind: 'access', userId: user.id })
      for (const { id } of keys) await storage.announce({ kind: 'keys', userId: user.id, keyId: id })
      await store.dropUnused()
      await storage.purge()
      refreshCookie.remove(context)
      return undefined
    },
  }
}

/** Somebody must be left who can let others in, as long as there are others. */
export async function refuseLastAdmin(
  db: Database,
  userId: string,
  act: 'delete' | 'change',
): Promise<Refusal | undefined> {
  // on PostgreSQL two admins could otherwise leave in the same moment
  const others = await db
    .selectFrom('users')
    .select(['id', 'role', 'disabled'])
    .where('id', '!=', userId)
    .execute()
  if (others.some(({ role, disabled }) => role === 'admin' && !disabled)) return undefined
  const self = await db
    .selectFrom('users')
    .select(['role', 'disabled'])
    .where('id', '=', userId)
    .executeTakeFirst()
  if (self?.role !== 'admin' || self.disabled || (act === 'delete' && others.length === 0)) return undefined
  return new Refusal('last_admin', 'This is the last admin: make another account an admin first.')
}

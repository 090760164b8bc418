import { randomUUID } from 'node:crypto'
import type { Handlers } from '../http/bind.ts'
import { iso } from '../moment-text.ts'
import { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { refuseLastAdmin } from './account-handlers.ts'
import { hashOf, randomToken } from './secret-text.ts'
import { toInvitation, toManagedUser } from './shown-user.ts'

const DAY_MS = 86_400_000
const INVITATION_MS = 7 * DAY_MS
const RESET_LINK_MS = DAY_MS
const USUAL_PAGE = 100

export function createAdminHandlers(
  storage: Storage,
  now: () => number,
): Pick<
  Handlers,
  'listUsers' | 'changeUser' | 'createResetLink' | 'listInvitations' | 'createInvitation' | 'revokeInvitation'
> {
  const { db } = storage
  const noUser = new Refusal('not_found', 'There is no such account.')

  return {
    async listUsers({ query }) {
      const limit = query.limit ?? USUAL_PAGE
      const rows = await db
        .selectFrom('users')
        .selectAll()
        .$if(query.after !== undefined, (users) => users.where('email', '>', query.after ?? ''))
        .orderBy('email')
        .limit(limit + 1)
        .execute()
      const page = rows.slice(0, limit)
      const counts = await keyCounts(page.map(({ id }) => id))
      return {
        users: page.map((row) => toManagedUser(row, counts.get(row.id) ?? 0)),
        next: rows.length > limit ? (page.at(-1)?.email ?? null) : null,
      }
    },

    async changeUser({ params, body }) {
      const changed = await inTransaction(db, async (transaction) => {
        if (body.disabled || body.role === 'user') {
          const refused = await refuseLastAdmin(transaction, params.id, 'change')
          if (refused) return refused
        }
        const row = await transaction
          .updateTable('users')
          .set({
            ...(body.disabled === undefined ? {} : { disabled: body.disabled ? 1 : 0 }),
            ...(body.role === undefined ? {} : { role: body.role }),
          })
          .where('id', '=', params.id)
          .returningAll()
          .executeTakeFirst()
        if (!row) return noUser
        // it must sign in anew when it is let in again
        if (body.disabled) await transaction.deleteFrom('sessions').where('user_id', '=', params.id).execute()
        return row
      })
      if (changed instanceof Refusal) return changed
      await storage.announce({ kind: 'access', userId: params.id })
      return toManagedUser(changed, (await keyCounts([params.id])).get(params.id) ?? 0)
    },

    async createResetLink({ params, body, client }) {
      const token = randomToken()
      const expires_at = now() + RESET_LINK_MS
      const user = await db.selectFrom('users').select('id').where('id', '=', params.id).executeTakeFirst()
      if (!user) return noUser
      await db.deleteFrom('reset_links').where('user_id', '=', user.id).execute()
      await db
        .insertInto('reset_links')
        .values({
          hash: hashOf(token),
          user_id: user.id,
          remove_second_factor: body.remove_second_factor ? 1 : 0,
          expires_at,
        })
        .execute()
      // behind the #, so that it stays in the browser and out of every log
      return { token, url: `${client.origin}/reset#${token}`, expires_at: iso(expires_at) }
    },

    async listInvitations() {
      const rows = await db
        .selectFrom('invitations')
        .selectAll()
        .where('expires_at', '>', now())
        .orderBy('created_at')
        .execute()
      return { invitations: rows.map(toInvitation) }
    },

    async createInvitation({ body, who, client }) {
      const code = randomToken()
      const row = {
        id: randomUUID(),
        hash: hashOf(code),
        email: body.email ?? null,
        created_by: who.userId,
        created_at: now(),
        expires_at: now() + INVITATION_MS,
      }
      await db.insertInto('invitations').values(row).execute()
      return { ...toInvitation(row), code, url: `${client.origin}/register#${code}` }
    },

    async revokeInvitation({ params }) {
      const gone = await db.deleteFrom('invitations').where('id', '=', params.id).executeTakeFirst()
      return gone.numDeletedRows > 0n ? undefined : new Refusal('not_found', 'There is no such invitation.')
    },
  }

  async function keyCounts(userIds: string[]): Promise<Map<string, number>> {
    if (userIds.length === 0) return new Map()
    const rows = await db
      .selectFrom('api_keys')
      .select((select) => ['user_id', select.fn.countAll<number>().as('count')])
      .where('user_id', 'in', userIds)
      .groupBy('user_id')
      .execute()
    return new Map(rows.map(({ user_id, count }) => [user_id, Number(count)]))
  }
}

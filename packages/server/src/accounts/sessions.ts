import { randomUUID } from 'node:crypto'
import { Refusal } from '../http/refusal.ts'
import type { Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { hashOf, randomToken } from './secret-text.ts'

const DAY_MS = 86_400_000
/** A session that nobody uses for so long is over. */
export const SESSION_MS = 30 * DAY_MS
/**
 * Two tabs wake up and refresh with the same cookie at once. The second gets an access token too, but no refresh
 * token: the first one's answer has already replaced the cookie that both share.
 */
const TWO_TABS_MS = 10_000

export interface Session {
  id: string
  userId: string
  /** Undefined: the browser has a newer one already. */
  refreshToken: string | undefined
}

/** Sessions and their refresh tokens: each works once, and one that comes back ends its session. */
export function createSessions(storage: Storage, now: () => number) {
  const { db } = storage

  return {
    async start(userId: string): Promise<Session> {
      const id = randomUUID()
      const refreshToken = randomToken()
      const at = now()
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('sessions')
          .values({ id, user_id: userId, created_at: at, last_used_at: at, expires_at: at + SESSION_MS })
          .execute()
        await transaction
          .insertInto('refresh_tokens')
          .values({ hash: hashOf(refreshToken), session_id: id, used_at: null, expires_at: at + SESSION_MS })
          .execute()
      })
      return { id, userId, refreshToken }
    },

    async rotate(refreshToken: string): Promise<Session | Refusal> {
      const hash = hashOf(refreshToken)
      const at = now()
      const next = randomToken()
      const outcome = await inTransaction(db, async (transaction) => {
        // whoever marks it first has used it; the row is locked meanwhile
        const marked = await transaction
          .updateTable('refresh_tokens')
          .set({ used_at: at })
          .where('hash', '=', hash)
          .where('used_at', 'is', null)
          .executeTakeFirst()
        const token = await transaction
          .selectFrom('refresh_tokens')
          .innerJoin('sessions', 'sessions.id', 'refresh_tokens.session_id')
          .select(['refresh_tokens.used_at', 'refresh_tokens.expires_at', 'session_id', 'user_id'])
          .where('hash', '=', hash)
          .executeTakeFirst()
        if (!token) return new Refusal('token_revoked', 'This session has ended: sign in again.')
        if (token.expires_at <= at)
          return new Refusal('token_expired', 'This session has expired: sign in again.')
        const session = { id: token.session_id, userId: token.user_id }
        if (marked.numUpdatedRows === 0n) {
          if (at - (token.used_at ?? 0) <= TWO_TABS_MS) return { ...session, refreshToken: undefined }
          await transaction.deleteFrom('sessions').where('id', '=', session.id).execute()
          return { ...session, isReused: true as const }
        }
        await transaction
          .insertInto('refresh_tokens')
          .values({ hash: hashOf(next), session_id: session.id, used_at: null, expires_at: at + SESSION_MS })
          .execute()
        await transaction
          .updateTable('sessions')
          .set({ last_used_at: at, expires_at: at + SESSION_MS })
          .where('id', '=', session.id)
          .execute()
        return { ...session, refreshToken: next }
      })
      if (outcome instanceof Refusal || !('isReused' in outcome)) return outcome
      await storage.announce({ kind: 'access', userId: outcome.userId })
      return new Refusal(
        'token_revoked',
        'This session was used from two places and has been ended: sign in again.',
      )
    },

    async end(sessionId: string, userId: string): Promise<void> {
      await db.deleteFrom('sessions').where('id', '=', sessionId).execute()
      await storage.announce({ kind: 'access', userId })
    },

    /** The session of a refresh token that is still known, whether used or not. */
    async endOf(refreshToken: string): Promise<void> {
      const session = await db
        .selectFrom('refresh_tokens')
        .innerJoin('sessions', 'sessions.id', 'session_id')
        .select(['sessions.id', 'user_id'])
        .where('hash', '=', hashOf(refreshToken))
        .executeTakeFirst()
      if (session) await this.end(session.id, session.user_id)
    },

    async endAll(userId: string): Promise<void> {
      await db.deleteFrom('sessions').where('user_id', '=', userId).execute()
      await storage.announce({ kind: 'access', userId })
    },

    /** What expired is of no use to anybody. */
    async sweep(): Promise<void> {
      await db.deleteFrom('sessions').where('expires_at', '<=', now()).execute()
      await db.deleteFrom('refresh_tokens').where('expires_at', '<=', now()).execute()
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>

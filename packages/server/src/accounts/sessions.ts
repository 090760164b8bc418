import { randomUUID } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import type { Database, Storage } from '../storage/database.ts'
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

/**
 * Sessions and their refresh tokens: each works once, and one that comes back ends its session. A token is
 * `family.turn`: the family is the session's for all its life, so that however old a token is, it is known by it.
 */
export function createSessions({ db, announce }: Pick<Storage, 'db' | 'announce'>, now: () => number) {
  async function end(sessionId: string, userId: string): Promise<void> {
    await db.deleteFrom('sessions').where('id', '=', sessionId).execute()
    await announce({ kind: 'access', userId })
  }

  return {
    /** In a transaction with whatever lets this user in. */
    async start(transaction: Database, userId: string): Promise<Session> {
      const id = randomUUID()
      const family = randomToken()
      const turn = randomToken()
      const at = now()
      await transaction
        .insertInto('sessions')
        .values({
          id,
          user_id: userId,
          family: hashOf(family),
          turn: hashOf(turn),
          created_at: at,
          last_used_at: at,
          expires_at: at + SESSION_MS,
        })
        .execute()
      return { id, userId, refreshToken: `${family}.${turn}` }
    },

    async rotate(refreshToken: string): Promise<Session | Refusal> {
      const [family = '', turn = ''] = refreshToken.split('.')
      const at = now()
      const next = randomToken()
      // of two that come at once one finds its turn
      const rotated = await db
        .updateTable('sessions')
        .set({ turn: hashOf(next), last_turn: hashOf(turn), last_used_at: at, expires_at: at + SESSION_MS })
        .where('family', '=', hashOf(family))
        .where('turn', '=', hashOf(turn))
        .where('expires_at', '>', at)
        .returning(['id', 'user_id'])
        .executeTakeFirst()
      if (rotated) return { id: rotated.id, userId: rotated.user_id, refreshToken: `${family}.${next}` }
      const session = await db
        .selectFrom('sessions')
        .selectAll()
        .where('family', '=', hashOf(family))
        .executeTakeFirst()
      if (!session) return new Refusal('token_revoked', 'This session has ended: sign in again.')
      if (session.expires_at <= at)
        return new Refusal('token_expired', 'This session has expired: sign in again.')
      if (session.last_turn === hashOf(turn) && at - session.last_used_at <= TWO_TABS_MS)
        return { id: session.id, userId: session.user_id, refreshToken: undefined }
      await end(session.id, session.user_id)
      return new Refusal(
        'token_revoked',
        'This session was used from two places and has been ended: sign in again.',
      )
    },

    end,

    /** The session of a refresh token, whether it was used or not. */
    async endOf(refreshToken: string): Promise<void> {
      const [family = ''] = refreshToken.split('.')
      const session = await db
        .selectFrom('sessions')
        .select(['id', 'user_id'])
        .where('family', '=', hashOf(family))
        .executeTakeFirst()
      if (session) await end(session.id, session.user_id)
    },

    /** In a transaction with the reason for it; to be announced when that is committed. */
    async endAll(transaction: Database, userId: string): Promise<void> {
      await transaction.deleteFrom('sessions').where('user_id', '=', userId).execute()
    },

    /** What expired is of no use to anybody. */
    async sweep(): Promise<void> {
      await db.deleteFrom('sessions').where('expires_at', '<=', now()).execute()
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>

import type { Scope } from '@rollcall/core/schema'
import { LRUCache } from 'lru-cache'
import type { Who } from '../http/who.ts'
import { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import type { AccessJwt } from './access-jwt.ts'
import { hashOf, isAccessTokenText } from './secret-text.ts'

const MOST_KNOWN_TOKENS = 20_000
/** Another process may have died after it revoked a token and before it could say so; an outage is shorter, mostly. */
const UNHEARD_OF_MS = 5 * 60_000
/** Of a token's last use only the hour is kept: a write for every request would be one too many. */
const LAST_USE_MS = 3_600_000

export interface Authenticator {
  authenticate(token: string): Promise<Who | Refusal>
  /** The same without waiting, for a token that was checked before and is still good. */
  known(token: string): Who | undefined
}

/** Whose token it is. What was checked is remembered until anything about that user's access changes. */
export function createAuthenticator(storage: Storage, jwt: AccessJwt, now: () => number): Authenticator {
  const { db } = storage
  const checked = new LRUCache<string, Who>({
    max: MOST_KNOWN_TOKENS,
    ...(storage.dialect === 'postgres' ? { ttl: UNHEARD_OF_MS, perf: { now } } : {}),
  })
  // what was read before a change must not be remembered after it
  let generation = 0
  storage.onChange((change) => {
    if (change.kind !== 'access' && change.kind !== 'everything') return
    generation++
    if (change.kind === 'everything') checked.clear()
    else for (const [token, who] of checked.entries()) if (who.userId === change.userId) checked.delete(token)
  })

  const known = (token: string): Who | undefined => {
    const who = checked.get(token)
    return who && now() < who.expiresAt ? who : undefined
  }

  async function bySession(token: string): Promise<Who | Refusal> {
    const claims = await jwt.verify(token)
    if (claims === 'expired')
      return new Refusal('token_expired', 'This access token has expired: refresh it or sign in again.')
    if (claims === 'invalid')
      return new Refusal('unauthenticated', 'This is no valid access token: sign in again.')
    const session = await db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id', 'users.role', 'users.disabled'])
      .where('sessions.id', '=', claims.sessionId)
      .where('sessions.user_id', '=', claims.userId)
      .where('sessions.expires_at', '>', now())
      .executeTakeFirst()
    if (!session || session.disabled) return revoked()
    return {
      userId: session.id,
      role: session.role,
      sessionId: claims.sessionId,
      accessTokenId: null,
      scopes: 'all',
      expiresAt: claims.expiresAt,
    }
  }

  async function byAccessToken(token: string): Promise<Who | Refusal> {
    const row = await db
      .selectFrom('access_tokens')
      .innerJoin('users', 'users.id', 'access_tokens.user_id')
      .select(['access_tokens.id', 'user_id', 'scopes', 'expires_at', 'last_used_at', 'role', 'disabled'])
      .where('hash', '=', hashOf(token))
      .executeTakeFirst()
    if (!row || row.disabled) return revoked()
    const expiresAt = row.expires_at ?? Number.POSITIVE_INFINITY
    if (expiresAt <= now())
      return new Refusal('token_expired', 'This personal access token has expired: make a new one.')
    if (now() - (row.last_used_at ?? 0) > LAST_USE_MS) {
      await storage.writeForgettable((transaction) =>
        transaction
          .updateTable('access_tokens')
          .set({ last_used_at: now() })
          .where('id', '=', row.id)
          .execute(),
      )
    }
    return {
      userId: row.user_id,
      role: row.role,
      sessionId: null,
      accessTokenId: row.id,
      scopes: row.scopes.split(' ') as Scope[],
      expiresAt,
    }
  }

  return {
    known,
    async authenticate(token) {
      const remembered = known(token)
      if (remembered) return remembered
      const began = generation
      const who = await (token.startsWith('rc_')
        ? isAccessTokenText(token)
          ? byAccessToken(token)
          : new Refusal('unauthenticated', 'This is no personal access token: copy it whole.')
        : bySession(token))
      if (!(who instanceof Refusal) && began === generation) checked.set(token, who)
      return who
    },
  }
}

function revoked(): Refusal {
  return new Refusal('token_revoked', 'This token was revoked or its session has ended: sign in again.')
}

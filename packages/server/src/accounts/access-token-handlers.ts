import { randomUUID } from 'node:crypto'
import type { AccessToken, Scope } from '@rollcall/core/schema'
import type { Handlers } from '../http/bind.ts'
import { iso, isoOrNull } from '../moment-text.ts'
import { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import type { AccessTokenRow } from '../storage/tables.ts'
import { hashOf, newAccessTokenText } from './secret-text.ts'

const DAY_MS = 86_400_000
const MOST_TOKENS = 100

/** Personal access tokens: shown once, kept as a hash, good for their scopes until revoked. */
export function createAccessTokenHandlers(
  storage: Storage,
  now: () => number,
): Pick<Handlers, 'listAccessTokens' | 'createAccessToken' | 'revokeAccessToken' | 'revokeOwnToken'> {
  const { db } = storage
  const tokensOf = (userId: string) =>
    db.selectFrom('access_tokens').selectAll().where('user_id', '=', userId).orderBy('created_at').execute()
  async function revoke(id: string, userId: string): Promise<Refusal | undefined> {
    const revoked = await db
      .deleteFrom('access_tokens')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (revoked.numDeletedRows === 0n) return new Refusal('not_found', 'You have no such access token.')
    await storage.announce({ kind: 'access', userId })
    return undefined
  }

  return {
    async listAccessTokens({ who }) {
      return { access_tokens: (await tokensOf(who.userId)).map(toAccessToken) }
    },

    async createAccessToken({ body, who }) {
      if (body.scopes.includes('admin') && who.role !== 'admin') {
        return new Refusal('forbidden', 'Only an admin can make a token with the scope "admin".', {
          field: 'scopes',
        })
      }
      if ((await tokensOf(who.userId)).length >= MOST_TOKENS) {
        return new Refusal('conflict', `You have ${MOST_TOKENS} access tokens already: revoke one first.`)
      }
      const token = newAccessTokenText()
      const row: AccessTokenRow = {
        id: randomUUID(),
        user_id: who.userId,
        name: body.name,
        hash: hashOf(token),
        preview: `${token.slice(0, 7)}…${token.slice(-4)}`,
        scopes: [...new Set(body.scopes)].join(' '),
        created_at: now(),
        expires_at: body.expires_in_days === undefined ? null : now() + body.expires_in_days * DAY_MS,
        last_used_at: null,
      }
      await db.insertInto('access_tokens').values(row).execute()
      return { ...toAccessToken(row), token }
    },

    revokeAccessToken: ({ params, who }) => revoke(params.id, who.userId),

    revokeOwnToken: ({ who }) =>
      who.accessTokenId === null
        ? new Refusal('not_found', 'This is no personal access token: sign out instead.')
        : revoke(who.accessTokenId, who.userId),
  }
}

export function toAccessToken(row: AccessTokenRow): AccessToken {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes.split(' ') as Scope[],
    preview: row.preview,
    created_at: iso(row.created_at),
    expires_at: isoOrNull(row.expires_at),
    last_used_at: isoOrNull(row.last_used_at),
  }
}

import { hkdfSync } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'

export const ACCESS_TOKEN_SECONDS = 600
const ALGORITHM = 'HS256'
const ISSUER = 'rollcall'
const TYPE = 'at+jwt'

export interface AccessClaims {
  userId: string
  sessionId: string
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** Short-lived tokens of whoever signed in: signed by this server, for this server, with one algorithm. */
export function createAccessJwt(tokenSecret: Buffer, now: () => number) {
  const key = new Uint8Array(hkdfSync('sha256', tokenSecret, '', 'rollcall access token', 32))
  return {
    async sign({ userId, sessionId }: Pick<AccessClaims, 'userId' | 'sessionId'>): Promise<string> {
      const issuedAt = Math.floor(now() / 1000)
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
        .sign(key)
    },
    async verify(token: string): Promise<AccessClaims | 'expired' | 'invalid'> {
      try {
        const { payload } = await jwtVerify<{ sid: string }>(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: ISSUER,
          typ: TYPE,
          currentDate: new Date(now()),
        })
        const { sub, sid, exp = Number.NaN, iat = Number.NaN } = payload
        if (typeof sub !== 'string' || typeof sid !== 'string') return 'invalid'
        // what is left out is no number, and we never give more
        if (!(exp - iat <= ACCESS_TOKEN_SECONDS)) return 'invalid'
        return { userId: sub, sessionId: sid, expiresAt: exp * 1000 }
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'expired' : 'invalid'
      }
    },
  }
}

export type AccessJwt = ReturnType<typeof createAccessJwt>

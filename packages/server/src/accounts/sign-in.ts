import type { SignedIn } from '@rollcall/core/schema'
import { bearerOf } from '../http/bearer.ts'
import type { AppContext, Handlers, Request } from '../http/bind.ts'
import { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import type { UserRow } from '../storage/tables.ts'
import { ACCESS_TOKEN_SECONDS, type AccessJwt } from './access-jwt.ts'
import type { Attempts } from './attempts.ts'
import type { Authenticator } from './authenticate.ts'
import type { Passwords } from './passwords.ts'
import { refreshCookie } from './refresh-cookie.ts'
import type { SecondFactor } from './second-factor.ts'
import type { Session, Sessions } from './sessions.ts'
import { toUser } from './shown-user.ts'

export interface SignInPorts {
  storage: Storage
  jwt: AccessJwt
  sessions: Sessions
  passwords: Passwords
  secondFactor: SecondFactor
  attempts: Attempts
  authenticator: Authenticator
  now: () => number
}

export type AnswerSignedIn = (context: AppContext, user: UserRow, session: Session) => Promise<SignedIn>

/** Tells a browser, or whoever else, that it is signed in: access token in the body, refresh token as a cookie. */
export function createSignedInAnswer(jwt: AccessJwt): AnswerSignedIn {
  return async (context, user, session) => {
    if (session.refreshToken !== undefined) refreshCookie.write(context, session.refreshToken)
    return {
      access_token: await jwt.sign({ userId: user.id, sessionId: session.id }),
      token_type: 'Bearer',
      expires_in: ACCESS_TOKEN_SECONDS,
      user: toUser(user),
    }
  }
}

export function createSignInHandlers(
  ports: SignInPorts,
): Pick<Handlers, 'signIn' | 'refreshSession' | 'signOut' | 'me'> {
  const { storage, sessions, passwords, secondFactor, attempts, authenticator, now } = ports
  const { db } = storage
  const signedIn = createSignedInAnswer(ports.jwt)
  const wrong = new Refusal('invalid_credentials', 'E-mail address or password is wrong.')
  const find = (id: string) => db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()

  async function enter(
    { email, password, code }: Request<'signIn'>['body'],
    place: string,
  ): Promise<{ user: UserRow; session: Session } | Refusal> {
    const tooMany = await attempts.refuse(email, place)
    if (tooMany) return tooMany
    const user = await db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
    const isRight = await passwords.verify(password, user?.password_hash)
    if (!user || !isRight) {
      await attempts.countFailure(email, place)
      return wrong
    }
    if (user.disabled) {
      return new Refusal('account_disabled', 'This account is disabled: ask an admin of this server.')
    }
    const refused = await secondFactor.check(user, code)
    if (refused) {
      if (refused.code === 'second_factor_invalid') await attempts.countFailure(email, place)
      return refused
    }
    await attempts.forget(email, place)
    return inTransaction(db, async (transaction) => {
      // a password that was changed meanwhile, to keep somebody out, lets nobody in any more
      const still = await transaction
        .updateTable('users')
        .set({ last_sign_in_at: now() })
        .where('id', '=', user.id)
        .where('password_hash', '=', user.password_hash)
        .where('disabled', '=', 0)
        .returningAll()
        .executeTakeFirst()
      return still ? { user: still, session: await sessions.start(transaction, user.id) } : wrong
    })
  }

  return {
    async signIn({ body, client, context }) {
      const entered = await attempts.inTurn(client.place, () => enter(body, client.place))
      return entered instanceof Refusal ? entered : signedIn(context, entered.user, entered.session)
    },

    async refreshSession({ context }) {
      const refreshToken = refreshCookie.read(context)
      if (refreshToken === undefined)
        return new Refusal('unauthenticated', 'There is no session here: sign in.')
      const session = await sessions.rotate(refreshToken)
      const user = session instanceof Refusal ? undefined : await find(session.userId)
      if (session instanceof Refusal || !user || user.disabled) {
        refreshCookie.remove(context)
        return session instanceof Refusal
          ? session
          : new Refusal('token_revoked', 'This session has ended: sign in again.')
      }
      return signedIn(context, user, session)
    },

    async signOut({ context }) {
      const refreshToken = refreshCookie.read(context)
      if (refreshToken !== undefined) await sessions.endOf(refreshToken)
      refreshCookie.remove(context)
      const bearer = bearerOf(context.req.header('authorization'))
      const who = bearer === undefined ? undefined : await authenticator.authenticate(bearer)
      if (who && !(who instanceof Refusal) && who.sessionId !== null)
        await sessions.end(who.sessionId, who.userId)
      return undefined
    },

    async me({ who }) {
      const user = await find(who.userId)
      return user ? toUser(user) : new Refusal('token_revoked', 'This account is gone.')
    },
  }
}

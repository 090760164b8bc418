import type { Access, Scope } from '@rollcall/core/schema'
import { SCOPES } from '@rollcall/core/schema'
import type { Simulator } from '@rollcall/simulator'
import type { CallOptions, TestServer } from '../../packages/server/src/testing/test-server.ts'

export const CALLERS = [
  'anonymous',
  'forged token',
  'expired session',
  'expired token',
  'signed out session',
  'revoked token',
  'disabled user',
  'token of a disabled user',
  'token without the scope',
  'admin token of a former admin',
  'token with the scope',
  'other user',
  'owner',
  'admin',
] as const
export type Caller = (typeof CALLERS)[number]

/** Whoever calls, by whichever token, with what is theirs. */
export interface Person {
  token: string
  userId: string
  email: string
  accessTokenId: string
  invitationId: string
  runId: string
}

/** The password of the table's examples, so that what they say of it is true. */
const PASSWORD = 'correct horse battery'
/** By everybody who settles, be it that no key of theirs can use it. */
export const MARKED_MODEL = 'acme/of-their-own'
/** In the run that everybody who settles has. */
export const RUN_PROMPT = 'Why is the sky blue at home?'
const DAY_MS = 86_400_000

/** Everybody who may call a server, in each state in which their token may be. */
export async function createActors(server: TestServer, simulator: Simulator, passTime: (ms: number) => void) {
  let calls = 0
  /** From a place of its own each: limits are another test's. */
  const call = (method: string, path: string, options: CallOptions = {}) => {
    calls++
    const from = `10.${calls >> 16}.${(calls >> 8) & 255}.${calls & 255}`
    return server.call(method, path, { ...options, headers: { 'x-forwarded-for': from } })
  }
  async function expectDone(method: string, path: string, options: CallOptions) {
    const reply = await call(method, path, options)
    if (reply.status >= 300) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.text}`)
    return reply.json
  }

  let arrived = 0
  async function arrive(): Promise<Person> {
    const email = `person${++arrived}@example.org`
    const { access_token, user } = await expectDone('POST', '/api/auth/register', {
      body: { email, password: PASSWORD },
    })
    return { token: access_token, userId: user.id, email, accessTokenId: '', invitationId: '', runId: '' }
  }

  // the first one is an admin; what expires does so before anybody else comes
  let chief = await arrive()
  const signIn = async ({ email }: Person): Promise<string> =>
    (await expectDone('POST', '/api/auth/login', { body: { email, password: PASSWORD } })).access_token
  const personalToken = async (
    { token }: Person,
    scopes: readonly Scope[],
    more = {},
  ): Promise<{ id: string; token: string }> =>
    expectDone('POST', '/api/access-tokens', { token, body: { name: 'x', scopes, ...more } })
  const change = ({ userId }: Person, body: object) =>
    expectDone('PATCH', `/api/admin/users/${userId}`, { token: chief.token, body })

  const expiredSession = await arrive()
  const soon = await personalToken(expiredSession, ['models', 'keys'], { expires_in_days: 1 })
  passTime(DAY_MS)
  chief = { ...chief, token: await signIn(chief) }

  const arriveAsAdmin = async (): Promise<Person> => {
    const person = await arrive()
    await change(person, { role: 'admin' })
    return person
  }

  const signedOut = await arrive()
  await expectDone('POST', '/api/auth/logout', { token: signedOut.token })

  const careful = await arrive()
  const revoked = await personalToken(careful, ['models', 'keys'])
  await expectDone('DELETE', `/api/access-tokens/${revoked.id}`, { token: careful.token })

  const banned = await arrive()
  const bannedToken = await personalToken(banned, ['models', 'keys'])
  await change(banned, { disabled: true })

  const fixed = (person: Person, token: string) => async (): Promise<Person> => ({ ...person, token })
  const withScopes = (scopesFor: (access: Access) => readonly Scope[]) => async (access: Access) => {
    const admin = await arriveAsAdmin()
    return { ...admin, token: (await personalToken(admin, scopesFor(access))).token }
  }
  const isScope = (access: Access): access is Scope => SCOPES.some((scope) => scope === access)

  const makers: Record<Caller, (access: Access) => Promise<Person>> = {
    anonymous: fixed(chief, ''),
    'forged token': fixed(chief, `${chief.token.slice(0, -4)}AAAA`),
    'expired session': fixed(expiredSession, expiredSession.token),
    'expired token': fixed(expiredSession, soon.token),
    'signed out session': fixed(signedOut, signedOut.token),
    'revoked token': fixed(careful, revoked.token),
    'disabled user': fixed(banned, banned.token),
    'token of a disabled user': fixed(banned, bannedToken.token),
    'admin token of a former admin': async () => {
      const admin = await arriveAsAdmin()
      const { token } = await personalToken(admin, ['admin'])
      await change(admin, { role: 'user' })
      return { ...admin, token }
    },
    'token without the scope': withScopes((access) =>
      isScope(access) ? SCOPES.filter((scope) => scope !== access) : SCOPES,
    ),
    'token with the scope': withScopes((access) => (isScope(access) ? [access] : SCOPES)),
    'other user': arrive,
    owner: async () => settle(await arrive()),
    admin: arriveAsAdmin,
  }
  const known = new Map<string, Person>()

  /** Gives somebody one of each thing there is. */
  async function settle(person: Person): Promise<Person> {
    const { token } = person
    await expectDone('POST', '/api/api-keys', {
      token,
      body: { provider: 'openai', key: simulator.keys.openai },
    })
    const { id: accessTokenId } = await personalToken(person, ['models', 'keys'])
    const { id: invitationId } = await expectDone('POST', '/api/admin/invitations', {
      token: chief.token,
      body: {},
    })
    const { id: runId } = await expectDone('POST', '/api/runs', {
      token,
      body: { models: ['openai/gpt-4o'], prompt: RUN_PROMPT },
    })
    await expectDone('PATCH', '/api/model-marks', { token, body: { id: MARKED_MODEL, is_hidden: true } })
    await expectDone('POST', `/api/admin/users/${person.userId}/reset-link`, { token: chief.token, body: {} })
    return { ...person, accessTokenId, invitationId, runId }
  }

  return {
    call,
    arrive,
    settle,
    /** One who calls like this; somebody new where what is done may be their last act. */
    async as(caller: Caller, access: Access, isNew: boolean): Promise<Person> {
      const name = `${caller} ${access}`
      const before = known.get(name)
      if (before && !isNew) return before
      const person = await makers[caller](access)
      if (!isNew) known.set(name, person)
      return person
    },
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCallLimits, createLimiters } from '../http/limiters.ts'
import { Refusal } from '../refusal.ts'
import { readSettings } from '../settings.ts'
import type { Storage } from '../storage/database.ts'
import { openStorage } from '../storage/open-storage.ts'
import {
  createPlace,
  DIALECTS,
  startTestServer,
  type TestPlace,
  type TestServer,
} from '../testing/test-server.ts'
import type { AccessJwt } from './access-jwt.ts'
import { createAttempts } from './attempts.ts'
import type { Authenticator } from './authenticate.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import type { SecondFactor } from './second-factor.ts'
import { createSessions } from './sessions.ts'
import { createSignInHandlers } from './sign-in.ts'

/** Headers that tell one answer from the next and nothing of an account. */
const VOLATILE = ['date', 'x-request-id']

describe.each(DIALECTS)('signing in on %s', (dialect) => {
  let server: TestServer
  let ada: Awaited<ReturnType<TestServer['register']>>

  beforeAll(async () => {
    server = await startTestServer({ dialect, environment: { ROLLCALL_TRUSTED_PROXIES: 'loopback' } })
    ada = await server.register('ada@example.com')
  })
  afterAll(() => server.remove())

  const signIn = (email: string, password: string, from = '192.0.2.1') =>
    server.call('POST', '/api/auth/login', {
      body: { email, password },
      headers: { 'x-forwarded-for': from },
    })

  it('answers with an access token, its time, the user, and a cookie', async () => {
    const { status, json, headers } = await signIn(ada.email, ada.password)
    expect(status).toBe(200)
    expect(json).toMatchObject({ token_type: 'Bearer', user: { id: ada.userId, email: ada.email } })
    expect(json.expires_in).toBeGreaterThan(0)
    expect(headers.get('set-cookie')).toContain('rollcall_refresh=')
    expect((await server.call('GET', '/api/auth/me', { token: json.access_token })).json.id).toBe(ada.userId)
  })

  it('takes the address however it is written', async () => {
    expect((await signIn('  ADA@Example.com ', ada.password)).status).toBe(200)
  })

  it('does not tell a wrong password from an address without account', async () => {
    const replies = [
      await signIn(ada.email, 'a wrong password', '192.0.2.2'),
      await signIn('nobody@example.com', 'a wrong password', '192.0.2.2'),
      await signIn('no address at all', 'a wrong password', '192.0.2.2'),
    ].map(({ status, text, headers }) => ({
      status,
      text,
      headers: [...headers].filter(([name]) => !VOLATILE.includes(name)),
    }))
    expect(replies[0]).toMatchObject({ status: 401 })
    expect(JSON.parse(replies[0]?.text ?? '').error.code).toBe('invalid_credentials')
    expect(replies[1]).toEqual(replies[0])
    expect(replies[2]).toEqual(replies[0])
  })

  it('tells of a disabled account only whoever knows its password', async () => {
    const eve = await server.register()
    await server.call('PATCH', `/api/admin/users/${eve.userId}`, {
      token: ada.token,
      body: { disabled: true },
    })
    expect(await signIn(eve.email, eve.password)).toMatchObject({
      status: 403,
      json: { error: { code: 'account_disabled' } },
    })
    expect(await signIn(eve.email, 'a wrong password')).toMatchObject({
      status: 401,
      json: { error: { code: 'invalid_credentials' } },
    })
  })

  describe('after many failures', () => {
    const fail = async (email: string, from: string, times: number) => {
      for (let count = 0; count < times; count++)
        expect((await signIn(email, 'wrong', from)).status).toBe(401)
    }

    it('waits, though the password be right, here and for this account alone', async () => {
      const here = '198.51.100.1'
      const grace = await server.register('grace@example.com')
      await fail(ada.email, here, 10)
      const refused = await signIn(ada.email, ada.password, here)
      expect(refused).toMatchObject({ status: 429, json: { error: { code: 'rate_limited' } } })
      const seconds = Number(refused.headers.get('retry-after'))
      expect(seconds).toBeGreaterThan(0)
      expect(seconds).toBeLessThanOrEqual(15 * 60)
      expect((await signIn(ada.email, ada.password, '198.51.100.2')).status).toBe(200)
      expect((await signIn(grace.email, grace.password, here)).status).toBe(200)
    })

    it('counts an address without account alike', async () => {
      await fail('nobody@example.com', '198.51.100.3', 10)
      expect((await signIn('nobody@example.com', 'wrong', '198.51.100.3')).status).toBe(429)
    })

    it('begins to count anew after a success', async () => {
      const here = '198.51.100.4'
      for (let round = 0; round < 2; round++) {
        await fail(ada.email, here, 9)
        expect((await signIn(ada.email, ada.password, here)).status).toBe(200)
      }
    })

    it('counts those that come at once', async () => {
      const replies = await Promise.all(
        Array.from({ length: 40 }, () => signIn(ada.email, 'wrong', '198.51.100.5')),
      )
      const looked = replies.filter(({ status }) => status === 401)
      // four are looked at together, and each of these may be the tenth
      expect(looked.length).toBeLessThanOrEqual(13)
      expect(replies.filter(({ status }) => status === 429)).toHaveLength(40 - looked.length)
    })

    it('lets many right ones in at once', async () => {
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => signIn(ada.email, ada.password, '198.51.100.6')),
      )
      expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200))
    })

    it('stops a place that tries many accounts', async () => {
      const here = '198.51.100.7'
      const guess = (index: number) => signIn(`guess${index}@example.com`, 'wrong', here)
      await Promise.all(Array.from({ length: 110 }, (_, index) => guess(index)))
      expect((await guess(111)).status).toBe(429)
      expect((await signIn(ada.email, ada.password, here)).status).toBe(429)
    })
  })

  describe('while something changes', () => {
    let place: TestPlace
    let storage: Storage

    beforeAll(async () => {
      place = await createPlace(dialect)
      storage = await openStorage(readSettings(place.environment))
      await storage.db
        .insertInto('users')
        .values({
          id: 'ada',
          email: 'ada@example.com',
          password_hash: await createPasswords().hash('the old one'),
          role: 'user',
          created_at: 0,
        })
        .execute()
    })
    afterAll(async () => {
      await storage.close()
      await place.remove()
    })

    /** What happens while the password is looked at happens between reading the account and letting it in. */
    async function enterWhile(happens: () => Promise<unknown>) {
      const passwords = createPasswords()
      const interrupted: Passwords = {
        hash: passwords.hash,
        async verify(password, stored) {
          const isRight = await passwords.verify(password, stored)
          await happens()
          return isRight
        },
      }
      const { signIn: enter } = createSignInHandlers({
        storage,
        passwords: interrupted,
        sessions: createSessions(storage, Date.now),
        attempts: createAttempts(createLimiters(storage.pool)),
        secondFactor: { check: async () => undefined } as unknown as SecondFactor,
        jwt: { sign: async () => 'a token' } as unknown as AccessJwt,
        authenticator: {} as Authenticator,
        now: Date.now,
      })
      const context = { get: () => ({ isSecure: false }), header: () => {} }
      return enter({
        body: { email: 'ada@example.com', password: 'the old one' },
        client: { ip: '192.0.2.1', place: '192.0.2.1', origin: '', isSecure: false },
        context,
      } as unknown as Parameters<typeof enter>[0])
    }
    const set = (values: { password_hash?: string; disabled?: 0 | 1 }) =>
      storage.db.updateTable('users').set(values).execute()
    const countSessions = async () => (await storage.db.selectFrom('sessions').select('id').execute()).length

    it('lets in where nothing does', async () => {
      expect(await enterWhile(async () => {})).toMatchObject({ access_token: 'a token' })
      expect(await countSessions()).toBe(1)
    })

    it('lets nobody in by a password that was changed meanwhile', async () => {
      const { password_hash } = await storage.db
        .selectFrom('users')
        .select('password_hash')
        .executeTakeFirstOrThrow()
      const refused = await enterWhile(() => set({ password_hash: 'another' }))
      expect(refused).toBeInstanceOf(Refusal)
      expect(await countSessions()).toBe(1)
      await set({ password_hash })
    })

    it('lets nobody into an account that was disabled meanwhile', async () => {
      expect(await enterWhile(() => set({ disabled: 1 }))).toBeInstanceOf(Refusal)
      expect(await countSessions()).toBe(1)
      await set({ disabled: 0 })
    })
  })
})

describe('failures', () => {
  it('at one account from everywhere are counted too', async () => {
    const attempts = createAttempts(createLimiters(undefined))
    for (let count = 0; count < 200; count++) {
      expect(await attempts.refuse('ada@example.com', `place ${count}`)).toBeUndefined()
      await attempts.countFailure('ada@example.com', `place ${count}`)
    }
    expect(await attempts.refuse('ada@example.com', 'elsewhere')).toMatchObject({ code: 'rate_limited' })
    expect(await attempts.refuse('grace@example.com', 'elsewhere')).toBeUndefined()
  })
})

describe('limits of calls', () => {
  it('count by place where nobody is known, and by user where somebody is', async () => {
    const limit = createCallLimits(createLimiters(undefined))
    const client = (place: string) => ({ ip: place, place, origin: '', isSecure: false })
    const user = (userId: string) => ({
      userId,
      role: 'user' as const,
      sessionId: 'session',
      accessTokenId: null,
      scopes: 'all' as const,
      expiresAt: 0,
    })
    for (let count = 0; count < 20; count++) {
      expect(await limit('deleteAccount', client(`place ${count}`), user('ada'))).toBeUndefined()
    }
    expect(await limit('deleteAccount', client('elsewhere'), user('ada'))).toMatchObject({
      code: 'rate_limited',
    })
    expect(await limit('deleteAccount', client('elsewhere'), user('grace'))).toBeUndefined()
    for (let count = 0; count < 30; count++) {
      expect(await limit('resetPassword', client('here'), undefined)).toBeUndefined()
    }
    expect(await limit('resetPassword', client('here'), undefined)).toMatchObject({ code: 'rate_limited' })
    expect(await limit('resetPassword', client('there'), undefined)).toBeUndefined()
  })
})

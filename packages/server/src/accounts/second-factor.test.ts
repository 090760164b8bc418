import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Vault } from '../keys/vault.ts'
import { readSettings } from '../settings.ts'
import { openStorage } from '../storage/open-storage.ts'
import { readTables, tablesHolding } from '../testing/read-tables.ts'
import { createPlace, DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'
import type { Passwords } from './passwords.ts'
import type { SecondFactor } from './second-factor.ts'
import { createTwoFactorHandlers } from './two-factor-handlers.ts'

const STEP_MS = 30_000

describe('the second factor that is begun anew while the first one is confirmed', () => {
  it.each([
    ['other secret', { totp_sealed: 'of another secret' }],
    ['confirmed one', { totp_confirmed_at: 1 }],
  ])('is not switched on with an %s that nobody has seen a code of', async (_what, change) => {
    const place = await createPlace('sqlite')
    const storage = await openStorage(readSettings(place.environment))
    const { db } = storage
    const user = {
      id: 'ada',
      email: 'ada@example.com',
      password_hash: 'x',
      role: 'user' as const,
      created_at: 0,
    }
    await db
      .insertInto('users')
      .values({ ...user, totp_sealed: 'of the first secret' })
      .execute()
    const { confirmTwoFactor } = createTwoFactorHandlers({
      db,
      now: () => 2,
      secondFactor: {
        async takeTotp() {
          await db.updateTable('users').set(change).execute()
          return true
        },
      } as unknown as SecondFactor,
      vault: {} as Vault,
      passwords: {} as Passwords,
    })
    const request = { body: { code: '123456' }, who: { userId: 'ada' } }
    const answer = await confirmTwoFactor(request as Parameters<typeof confirmTwoFactor>[0])
    expect(answer).toMatchObject({ code: 'conflict' })
    expect(await db.selectFrom('users').select('totp_confirmed_at').executeTakeFirst()).not.toEqual({
      totp_confirmed_at: 2,
    })
    await storage.close()
    await place.remove()
  })
})

describe.each(DIALECTS)('the second factor on %s', (dialect) => {
  let server: TestServer
  let at = Math.floor(Date.now() / STEP_MS) * STEP_MS
  let admin: Awaited<ReturnType<TestServer['register']>>
  let ada: Awaited<ReturnType<TestServer['register']>>

  beforeAll(async () => {
    server = await startTestServer({ dialect, now: () => at })
    admin = await server.register()
  })
  beforeEach(async () => {
    ada = await server.register()
  })
  afterAll(() => server.remove())

  /** As an authenticator app makes it, so many steps from now. */
  const codeOf = (secret: string, steps = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at + steps * STEP_MS })
  const post = (path: string, body: unknown, token = ada.token) =>
    server.call('POST', `/api/auth${path}`, { token, body })
  const signIn = (code?: string) =>
    server.call('POST', '/api/auth/login', { body: { email: ada.email, password: ada.password, code } })
  const begin = async () =>
    (await post('/two-factor', { password: ada.password })).json as { secret: string; uri: string }
  const recoveryRows = async () =>
    (await readTables(server.place)).recovery_codes?.filter(({ user_id }) => user_id === ada.userId).length
  const isOn = async (token = ada.token) =>
    (await server.call('GET', '/api/auth/me', { token })).json.two_factor

  /** Switched on; the step of its first code has passed. */
  async function switchOn(): Promise<{ secret: string; recovery: string[] }> {
    const { secret } = await begin()
    const { status, json } = await post('/two-factor/confirm', { code: codeOf(secret) })
    expect(status).toBe(200)
    at += STEP_MS
    return { secret, recovery: json.recovery_codes }
  }
  const refused = (status: number, code: string) => ({ status, json: { error: { code, field: 'code' } } })
  const required = refused(401, 'second_factor_required')
  const invalid = refused(401, 'second_factor_invalid')

  it('is asked for once it is confirmed, and not before', async () => {
    const { secret, uri } = await begin()
    expect(uri).toContain(`secret=${secret}`)
    expect(uri).toContain('issuer=Rollcall')
    expect(decodeURIComponent(uri)).toContain(ada.email)
    expect(await isOn()).toBe(false)
    expect((await signIn()).status).toBe(200)
    expect(await post('/two-factor/confirm', { code: '000000' })).toMatchObject(refused(403, 'code_wrong'))
    expect((await signIn()).status).toBe(200)
    expect((await post('/two-factor/confirm', { code: codeOf(secret) })).status).toBe(200)
    expect(await isOn()).toBe(true)
    expect(await signIn()).toMatchObject(required)
  })

  it('takes a code of now, of a step before and of a step after, and each once', async () => {
    const { secret } = await switchOn()
    at += 10 * STEP_MS
    expect(await signIn(codeOf(secret, -2))).toMatchObject(invalid)
    expect(await signIn(codeOf(secret, 2))).toMatchObject(invalid)
    for (const steps of [-1, 0, 1]) {
      const code = codeOf(secret, steps)
      expect((await signIn(code)).status).toBe(200)
      expect(await signIn(code)).toMatchObject(invalid)
    }
    // what is older than the last one taken is not taken either
    expect(await signIn(codeOf(secret, 0))).toMatchObject(invalid)
  })

  it('takes a code once where it comes twice at once', async () => {
    const { secret } = await switchOn()
    const code = codeOf(secret)
    const replies = await Promise.all(Array.from({ length: 4 }, () => signIn(code)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  })

  it('does not take the code it was switched on with for signing in', async () => {
    const { secret } = await begin()
    const code = codeOf(secret)
    await post('/two-factor/confirm', { code })
    expect(await signIn(code)).toMatchObject(invalid)
  })

  it('takes a code as it is shown, in groups', async () => {
    const { secret } = await switchOn()
    const code = codeOf(secret)
    expect((await signIn(`${code.slice(0, 3)} ${code.slice(3)}`)).status).toBe(200)
  })

  it('says nothing to whoever does not know the password', async () => {
    const { secret } = await switchOn()
    const reply = await server.call('POST', '/api/auth/login', {
      body: { email: ada.email, password: 'a wrong password', code: codeOf(secret) },
    })
    expect(reply).toMatchObject({ status: 401, json: { error: { code: 'invalid_credentials' } } })
    // nor was the code used up by that
    expect((await signIn(codeOf(secret))).status).toBe(200)
  })

  it('limits wrong codes as it does wrong passwords', async () => {
    await switchOn()
    for (let count = 0; count < 10; count++) expect(await signIn('000000')).toMatchObject(invalid)
    expect((await signIn('000000')).status).toBe(429)
  })

  it('gives ten recovery codes, each of which works once in its place', async () => {
    const { recovery } = await switchOn()
    expect(recovery).toHaveLength(10)
    expect(new Set(recovery).size).toBe(10)
    const [first = '', second = '', third = ''] = recovery
    expect(first).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/)
    expect((await signIn(first)).status).toBe(200)
    expect(await signIn(first)).toMatchObject(invalid)
    expect((await signIn(` ${second.toUpperCase().replaceAll('-', ' ')} `)).status).toBe(200)
    const atOnce = await Promise.all([signIn(third), signIn(third)])
    expect(atOnce.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it('is kept sealed, and its recovery codes as hashes', async () => {
    const { secret, recovery } = await switchOn()
    const texts = [secret, ...recovery, ...recovery.map((code) => code.replaceAll('-', ''))]
    expect(tablesHolding(await readTables(server.place), texts)).toEqual([])
    expect(server.logLines().join('')).not.toContain(secret)
  })

  it('is not begun without the password, and not again while it is on', async () => {
    expect(await post('/two-factor', { password: 'a wrong password' })).toMatchObject({
      status: 403,
      json: { error: { code: 'password_wrong', field: 'password' } },
    })
    expect(await post('/two-factor/confirm', { code: '123456' })).toMatchObject({ status: 409 })
    const { secret } = await switchOn()
    const again = { password: ada.password, code: codeOf(secret) }
    expect(await post('/two-factor', again)).toMatchObject({
      status: 409,
      json: { error: { code: 'conflict' } },
    })
    expect(await post('/two-factor/confirm', { code: codeOf(secret, 1) })).toMatchObject({ status: 409 })
  })

  it('is confirmed with the secret that was begun last', async () => {
    const first = await begin()
    const second = await begin()
    expect(await post('/two-factor/confirm', { code: codeOf(first.secret) })).toMatchObject(
      refused(403, 'code_wrong'),
    )
    expect((await post('/two-factor/confirm', { code: codeOf(second.secret) })).status).toBe(200)
  })

  it('is confirmed once where it is confirmed twice at once', async () => {
    const { secret } = await begin()
    const confirm = () => post('/two-factor/confirm', { code: codeOf(secret) })
    const replies = await Promise.all([confirm(), confirm(), confirm()])
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    const [{ json }] = replies.filter(({ status }) => status === 200) as [(typeof replies)[0]]
    at += STEP_MS
    expect((await signIn(json.recovery_codes[0])).status).toBe(200)
  })

  it('goes with password and code, and its recovery codes go with it', async () => {
    const { secret, recovery } = await switchOn()
    const remove = (body: unknown) =>
      server.call('DELETE', '/api/auth/two-factor', { token: ada.token, body })
    expect(await remove({ password: ada.password })).toMatchObject(required)
    expect(await remove({ password: ada.password, code: '000000' })).toMatchObject(invalid)
    expect(await remove({ password: 'a wrong password', code: codeOf(secret) })).toMatchObject({
      status: 403,
    })
    expect((await remove({ password: ada.password, code: codeOf(secret) })).status).toBe(204)
    expect(await isOn()).toBe(false)
    expect((await signIn()).status).toBe(200)
    expect(await recoveryRows()).toBe(0)
    await switchOn()
    expect(await signIn(recovery[0])).toMatchObject(invalid)
  })

  it('guards the end of the account', async () => {
    const { recovery } = await switchOn()
    const remove = (code?: string) =>
      server.call('DELETE', '/api/account', { token: ada.token, body: { password: ada.password, code } })
    expect(await remove()).toMatchObject(required)
    expect(await remove('000000')).toMatchObject(invalid)
    expect((await remove(recovery[0])).status).toBe(204)
  })

  describe('after a reset link', () => {
    async function reset(body: Record<string, unknown>) {
      at += 700_000
      const { json: again } = await server.call('POST', '/api/auth/login', {
        body: { email: admin.email, password: admin.password },
      })
      const link = await server.call('POST', `/api/admin/users/${ada.userId}/reset-link`, {
        token: again.access_token,
        body,
      })
      ada = { ...ada, password: 'a password after the link' }
      const reply = await server.call('POST', '/api/auth/reset', {
        body: { token: link.json.token, new_password: ada.password },
      })
      expect(reply.status).toBe(204)
    }

    it('is still asked for', async () => {
      const { secret } = await switchOn()
      await reset({})
      expect(await signIn()).toMatchObject(required)
      expect((await signIn(codeOf(secret))).status).toBe(200)
    })

    it('is gone where the admin said so', async () => {
      const { recovery } = await switchOn()
      await reset({ remove_second_factor: true })
      const { status, json } = await signIn()
      expect(status).toBe(200)
      expect(json.user.two_factor).toBe(false)
      expect(await recoveryRows()).toBe(0)
      ada = { ...ada, token: json.access_token }
      await switchOn()
      expect(await signIn(recovery[0])).toMatchObject(invalid)
    })
  })
})

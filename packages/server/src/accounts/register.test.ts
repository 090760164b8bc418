import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { sendRaw } from '../testing/raw-request.ts'
import { readTables, tablesHolding } from '../testing/read-tables.ts'
import { DIALECTS, startTestServer, type TestServer, type TestServerOptions } from '../testing/test-server.ts'

const DAY_MS = 86_400_000
const ELSEWHERE = { ROLLCALL_PUBLIC_URL: 'https://rollcall.example' }
const password = 'correct horse battery'

async function start(options: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options)
  onTestFinished(() => server.remove())
  return server
}

const register = (server: TestServer, body: Record<string, unknown>) =>
  server.call('POST', '/api/auth/register', { body: { password, ...body } })

async function roleOf(server: TestServer, token: string): Promise<string> {
  return (await server.call('GET', '/api/auth/me', { token })).json.role
}

const refusal = (status: number, code: string, field?: string) => ({
  status,
  json: { error: field === undefined ? { code } : { code, field } },
})

describe.each(DIALECTS)('registration on %s', (dialect) => {
  describe('on this machine alone', () => {
    it('is open: the first one is an admin, the others are not', async () => {
      const server = await start({ dialect })
      expect(server.setupCode).toBeUndefined()
      const first = await server.register()
      const second = await server.register()
      expect(await roleOf(server, first.token)).toBe('admin')
      expect(await roleOf(server, second.token)).toBe('user')
    })

    it('makes one admin where many come first at once', async () => {
      const server = await start({ dialect })
      const all = await Promise.all(Array.from({ length: 8 }, () => server.register()))
      const roles = await Promise.all(all.map(({ token }) => roleOf(server, token)))
      expect(roles.filter((role) => role === 'admin')).toHaveLength(1)
    })

    it('takes an address once, however it is written', async () => {
      const server = await start({ dialect })
      expect((await register(server, { email: 'ada@example.com' })).status).toBe(201)
      expect(await register(server, { email: ' Ada@Example.COM ' })).toMatchObject(
        refusal(409, 'email_taken', 'email'),
      )
      const both = await Promise.all(
        Array.from({ length: 2 }, () => register(server, { email: 'grace@example.com' })),
      )
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    })

    it.each([
      ['invite', 'invitation_required', 'invitation'],
      ['closed', 'registration_closed', undefined],
    ])('that is set to "%s" lets in the first one alone', async (registration, code, field) => {
      const server = await start({ dialect, environment: { ROLLCALL_REGISTRATION: registration } })
      const admin = await server.register()
      expect(await register(server, { email: 'eve@example.com' })).toMatchObject(refusal(403, code, field))
      const { json } = await server.call('POST', '/api/admin/invitations', { token: admin.token, body: {} })
      expect((await register(server, { email: 'eve@example.com', invitation: json.code })).status).toBe(
        registration === 'invite' ? 201 : 403,
      )
    })

    it('has nobody in who calls it by another name: a page may have made one lead here', async () => {
      const server = await start({ dialect })
      const call = (host: string) =>
        sendRaw(
          server.address,
          'POST /api/auth/register HTTP/1.1',
          [`Host: ${host}`, 'Content-Type: application/json'],
          JSON.stringify({ email: 'mallory@example.com', password: 'x'.repeat(12) }),
        )
      const refused = await call('rebound.example:3000')
      expect(refused.status).toBe(403)
      expect(refused.body).toContain('registration_closed')
      expect((await call('localhost:3000')).status).toBe(201)
    })
  })

  describe('where others can reach it', () => {
    it.each([{ HOST: '0.0.0.0' }, ELSEWHERE])('wants the set-up code first, with %j', async (environment) => {
      const server = await start({ dialect, environment })
      const { setupCode = '' } = server
      expect(setupCode.length).toBeGreaterThanOrEqual(20)
      const email = 'ada@example.com'
      const wanted = refusal(403, 'setup_code_required', 'setup_code')
      expect(await register(server, { email })).toMatchObject(wanted)
      expect(await register(server, { email, setup_code: `${setupCode}x` })).toMatchObject(wanted)
      expect(await register(server, { email, setup_code: '' })).toMatchObject(wanted)
      const { status, json } = await register(server, { email, setup_code: setupCode })
      expect(status).toBe(201)
      expect(json.user.role).toBe('admin')

      const tables = await readTables(server.place)
      expect(tablesHolding(tables, [setupCode])).toEqual([])
      expect(server.logLines().join('')).not.toContain(setupCode)

      const further = await register(server, { email: 'eve@example.com', setup_code: setupCode })
      expect(further).toMatchObject(refusal(403, 'invitation_required', 'invitation'))
    })

    it('lets in one of many who have the set-up code', async () => {
      const server = await start({ dialect, environment: ELSEWHERE })
      const all = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          register(server, { email: `first${index}@example.com`, setup_code: server.setupCode }),
        ),
      )
      expect(all.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403, 403, 403])
    })

    it('has a new set-up code at every start until it was used, and none after that', async () => {
      const first = await startTestServer({ dialect, environment: ELSEWHERE })
      await first.close()
      const second = await startTestServer({ dialect, environment: ELSEWHERE, place: first.place })
      const email = 'ada@example.com'
      expect(await register(second, { email, setup_code: first.setupCode })).toMatchObject(
        refusal(403, 'setup_code_required'),
      )
      expect((await register(second, { email, setup_code: second.setupCode })).status).toBe(201)
      await second.close()
      const third = await start({ dialect, environment: ELSEWHERE, place: first.place })
      expect(third.setupCode).toBeUndefined()
    })

    it('takes a set-up code once, also when the very last account is gone', async () => {
      const first = await startTestServer({ dialect, environment: ELSEWHERE })
      const email = 'ada@example.com'
      const { json } = await register(first, { email, setup_code: first.setupCode })
      const remove = { token: json.access_token, body: { password } }
      expect((await first.call('DELETE', '/api/account', remove)).status).toBe(204)
      expect(await register(first, { email, setup_code: first.setupCode })).toMatchObject(
        refusal(403, 'setup_code_required'),
      )
      await first.close()
      const second = await start({ dialect, environment: ELSEWHERE, place: first.place })
      expect((await register(second, { email, setup_code: second.setupCode })).status).toBe(201)
    })

    it('is open to whoever comes after the first, where it is set so', async () => {
      const server = await start({ dialect, environment: { ...ELSEWHERE, ROLLCALL_REGISTRATION: 'open' } })
      expect(await register(server, { email: 'ada@example.com' })).toMatchObject(
        refusal(403, 'setup_code_required'),
      )
      await register(server, { email: 'ada@example.com', setup_code: server.setupCode })
      const { status, json } = await register(server, { email: 'grace@example.com' })
      expect(status).toBe(201)
      expect(json.user.role).toBe('user')
    })
  })

  describe('by invitation', () => {
    let server: TestServer
    let token: string
    let at = Date.now()

    beforeAll(async () => {
      server = await startTestServer({
        dialect,
        environment: { ROLLCALL_REGISTRATION: 'invite' },
        now: () => at,
      })
      token = (await server.register()).token
    })
    afterAll(() => server.remove())

    const invite = async (email?: string) =>
      (await server.call('POST', '/api/admin/invitations', { token, body: email ? { email } : {} })).json as {
        id: string
        code: string
        url: string
      }
    const isOpen = async (id: string) =>
      (await server.call('GET', '/api/admin/invitations', { token })).json.invitations.some(
        (invitation: { id: string }) => invitation.id === id,
      )
    const wanted = refusal(403, 'invitation_required', 'invitation')

    it('works once', async () => {
      const { code, url } = await invite()
      expect(url).toBe(`${server.address}/register#${code}`)
      expect((await register(server, { email: 'one@example.com', invitation: code })).status).toBe(201)
      expect(await register(server, { email: 'two@example.com', invitation: code })).toMatchObject(wanted)
    })

    it('works once where two use it at once', async () => {
      const { code } = await invite()
      const all = await Promise.all(
        ['a', 'b', 'c'].map((name) => register(server, { email: `${name}@example.com`, invitation: code })),
      )
      expect(all.map(({ status }) => status).sort()).toEqual([201, 403, 403])
    })

    it('works for the address it is bound to, and is still there after another tried', async () => {
      const { id, code } = await invite('Bound@Example.com')
      expect(await register(server, { email: 'other@example.com', invitation: code })).toMatchObject(wanted)
      expect(await isOpen(id)).toBe(true)
      expect((await register(server, { email: 'bound@example.com', invitation: code })).status).toBe(201)
      expect(await isOpen(id)).toBe(false)
    })

    it('is not used up by a registration that is refused', async () => {
      const { id, code } = await invite()
      const { email } = await server
        .call('GET', '/api/auth/me', { token })
        .then(({ json }) => json as { email: string })
      expect(await register(server, { email, invitation: code })).toMatchObject(refusal(409, 'email_taken'))
      expect(
        await register(server, { email: 'x@example.com', password: 'short', invitation: code }),
      ).toMatchObject(refusal(422, 'invalid_request', 'password'))
      expect(await isOpen(id)).toBe(true)
    })

    it('works no more when it was revoked', async () => {
      const { id, code } = await invite()
      expect((await server.call('DELETE', `/api/admin/invitations/${id}`, { token })).status).toBe(204)
      expect(await register(server, { email: 'late@example.com', invitation: code })).toMatchObject(wanted)
    })

    it('works no more after a week', async () => {
      const { code } = await invite()
      const { code: second } = await invite()
      at += 7 * DAY_MS - 1
      expect((await register(server, { email: 'justintime@example.com', invitation: code })).status).toBe(201)
      at += 1
      expect(await register(server, { email: 'late@example.com', invitation: second })).toMatchObject(wanted)
    })

    it('is kept as a hash', async () => {
      const { code } = await invite()
      expect(tablesHolding(await readTables(server.place), [code])).toEqual([])
    })
  })
})

import type { Scope } from '@rollcall/core/schema'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readTables, tablesHolding } from '../testing/read-tables.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const DAY_MS = 86_400_000

describe.each(DIALECTS)('personal access tokens on %s', (dialect) => {
  let server: TestServer
  let at = Date.now()
  let admin: Awaited<ReturnType<TestServer['register']>>
  let ada: Awaited<ReturnType<TestServer['register']>>

  beforeAll(async () => {
    server = await startTestServer({ dialect, now: () => at })
    admin = await server.register()
  })
  beforeEach(async () => {
    ada = await server.register()
    // whoever registered long ago has signed in anew
    const reply = await server.call('POST', '/api/auth/login', {
      body: { email: admin.email, password: admin.password },
    })
    admin = { ...admin, token: reply.json.access_token }
  })
  afterAll(() => server.remove())

  const create = (token: string, body: Record<string, unknown> = {}) =>
    server.call('POST', '/api/access-tokens', {
      token,
      body: { name: 'laptop', scopes: ['models'], ...body },
    })
  const list = async (token = ada.token) =>
    (await server.call('GET', '/api/access-tokens', { token })).json.access_tokens
  const status = async (token: string, path = '/api/auth/me') =>
    (await server.call('GET', path, { token })).status

  it('are shown once and kept as a hash', async () => {
    const { status: created, json } = await create(ada.token, {
      name: '  laptop ',
      scopes: ['keys', 'models', 'keys'],
    })
    expect(created).toBe(201)
    expect(json).toMatchObject({
      name: 'laptop',
      scopes: ['keys', 'models'],
      expires_at: null,
      last_used_at: null,
    })
    expect(json.token).toMatch(/^rc_[0-9A-Za-z]{38}$/)
    expect(await status(json.token)).toBe(200)
    const { token, ...shown } = json
    expect(await list()).toEqual([{ ...shown, last_used_at: expect.any(String) }])
    expect(shown.preview).toBe(`${token.slice(0, 7)}…${token.slice(-4)}`)
    const secret = token.slice(7, -4)
    expect(tablesHolding(await readTables(server.place), [secret])).toEqual([])
    expect(server.logLines().join('')).not.toContain(secret)
  })

  it('differ from one another', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 10 }, async () => (await create(ada.token)).json.token),
    )
    expect(new Set(tokens).size).toBe(10)
  })

  it.each([
    ['models', { '/api/available-models': 200, '/api/api-keys': 403, '/api/admin/users': 403 }],
    ['keys', { '/api/available-models': 403, '/api/api-keys': 200, '/api/admin/users': 403 }],
    ['admin', { '/api/available-models': 403, '/api/api-keys': 403, '/api/admin/users': 200 }],
  ] satisfies [Scope, Record<string, number>][])('may do what "%s" allows', async (scope, expected) => {
    const { token } = (await create(admin.token, { scopes: [scope] })).json
    for (const [path, expectedStatus] of Object.entries(expected)) {
      const reply = await server.call('GET', path, { token })
      expect([path, reply.status]).toEqual([path, expectedStatus])
      if (expectedStatus === 403) expect(reply.json.error.code).toBe('forbidden')
    }
  })

  it('of an admin alone may administrate, and only while they are one', async () => {
    expect(await create(ada.token, { scopes: ['models', 'admin'] })).toMatchObject({
      status: 403,
      json: { error: { code: 'forbidden', field: 'scopes' } },
    })
    const change = (role: string) =>
      server.call('PATCH', `/api/admin/users/${ada.userId}`, { token: admin.token, body: { role } })
    await change('admin')
    const { token } = (await create(ada.token, { scopes: ['models', 'admin'] })).json
    expect(await status(token, '/api/admin/users')).toBe(200)
    await change('user')
    expect(await status(token, '/api/admin/users')).toBe(403)
    expect(await status(token, '/api/providers')).toBe(200)
  })

  it('end at once when they are revoked', async () => {
    const [first, second] = [(await create(ada.token)).json, (await create(ada.token)).json]
    expect(await status(first.token)).toBe(200)
    const revoke = () => server.call('DELETE', `/api/access-tokens/${first.id}`, { token: ada.token })
    expect((await revoke()).status).toBe(204)
    expect(await server.call('GET', '/api/auth/me', { token: first.token })).toMatchObject({
      status: 401,
      json: { error: { code: 'token_revoked' } },
    })
    expect(await status(second.token)).toBe(200)
    expect((await revoke()).status).toBe(404)
  })

  it('end by themselves when it was said so', async () => {
    const { token, expires_at } = (await create(ada.token, { expires_in_days: 1 })).json
    expect(expires_at).toBe(new Date(at + DAY_MS).toISOString())
    at += DAY_MS - 1
    expect(await status(token)).toBe(200)
    at += 1
    const reply = await server.call('GET', '/api/auth/me', { token })
    expect(reply).toMatchObject({ status: 401, json: { error: { code: 'token_expired' } } })
  })

  it('end at once with the account that is disabled, and work again when it is let in again', async () => {
    const { token } = (await create(ada.token)).json
    const disable = (disabled: boolean) =>
      server.call('PATCH', `/api/admin/users/${ada.userId}`, { token: admin.token, body: { disabled } })
    expect(await status(token)).toBe(200)
    await disable(true)
    expect(await status(token)).toBe(401)
    await disable(false)
    expect(await status(token)).toBe(200)
    // a session has to be begun anew
    expect(await status(ada.token)).toBe(401)
  })

  it('outlive sessions and passwords', async () => {
    const { token } = (await create(ada.token)).json
    await server.call('POST', '/api/auth/logout', { token: ada.token })
    expect(await status(token)).toBe(200)
  })

  it('with a slip of the pen are told apart from unknown ones', async () => {
    const { token } = (await create(ada.token)).json as { token: string }
    const last = token.endsWith('0') ? '1' : '0'
    const reply = await server.call('GET', '/api/auth/me', { token: `${token.slice(0, -1)}${last}` })
    expect(reply).toMatchObject({ status: 401, json: { error: { code: 'unauthenticated' } } })
    expect(reply.json.error.message).toContain('copy it whole')
  })

  it('remember the hour of their last use', async () => {
    const { token } = (await create(ada.token)).json
    const lastUse = async () => (await list())[0].last_used_at
    await status(token)
    const first = at
    expect(await lastUse()).toBe(new Date(first).toISOString())
    at += 60_000
    await status(token)
    expect(await lastUse()).toBe(new Date(first).toISOString())
  })

  it('are 100 at most', async () => {
    for (let count = 0; count < 100; count++) expect((await create(ada.token)).status).toBe(201)
    expect(await create(ada.token)).toMatchObject({ status: 409, json: { error: { code: 'conflict' } } })
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: 'x'.repeat(65) }, 'name'],
    [{ name: 'a\0b' }, 'name'],
    [{ name: '\ud800' }, 'name'],
    [{ name: undefined }, 'name'],
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['root'] }, 'scopes.0'],
    [{ scopes: 'models' }, 'scopes'],
    [{ expires_in_days: 0 }, 'expires_in_days'],
    [{ expires_in_days: 1.5 }, 'expires_in_days'],
    [{ expires_in_days: 3651 }, 'expires_in_days'],
    [{ expires_in_days: '1' }, 'expires_in_days'],
  ])('are not made of %j', async (body, field) => {
    expect(await create(ada.token, body)).toMatchObject({
      status: 422,
      json: { error: { code: 'invalid_request', field } },
    })
  })

  it.each([
    ['GET', '/api/access-tokens', undefined],
    ['POST', '/api/access-tokens', { name: 'more', scopes: ['models'] }],
    [
      'POST',
      '/api/auth/password',
      { current_password: 'a long enough password', new_password: 'another one' },
    ],
    ['POST', '/api/auth/two-factor', { password: 'a long enough password' }],
    ['GET', '/api/account/export', undefined],
    ['DELETE', '/api/account', { password: 'a long enough password' }],
  ])('cannot guard the account: %s %s', async (method, path, body) => {
    const { token } = (await create(admin.token, { scopes: ['models', 'keys', 'admin'] })).json
    expect(await server.call(method, path, { token, body })).toMatchObject({
      status: 403,
      json: { error: { code: 'forbidden' } },
    })
  })
})

import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTables, tablesHolding } from '../testing/read-tables.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const DAY_MS = 86_400_000
const NOBODY = '00000000-0000-4000-8000-000000000000'
type Account = Awaited<ReturnType<TestServer['register']>>

const lastAdmin = { status: 409, json: { error: { code: 'last_admin' } } }

describe.each(DIALECTS)('an admin on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let at = Date.now()
  let admin: Account

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ dialect, simulator, now: () => at })
    admin = await server.register('boss@example.com')
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const change = (userId: string, body: unknown, token = admin.token) =>
    server.call('PATCH', `/api/admin/users/${userId}`, { token, body })
  const list = async (query = '') =>
    (await server.call('GET', `/api/admin/users${query}`, { token: admin.token })).json
  const me = async (token: string) => (await server.call('GET', '/api/auth/me', { token })).status

  it('sees every account, page by page, by address', async () => {
    const emails = ['eve@a.example', 'carol@a.example', 'dave@a.example', 'bob@a.example', 'adam@a.example']
    for (const email of emails) await server.register(email)
    const all = (await list()).users.map(({ email }: { email: string }) => email)
    expect(all).toEqual([...emails, admin.email].sort())
    const pages: string[][] = []
    let after = ''
    for (;;) {
      const { users, next } = await list(`?limit=2${after && `&after=${encodeURIComponent(after)}`}`)
      pages.push(users.map(({ email }: { email: string }) => email))
      if (next === null) break
      after = next
    }
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2])
    expect(pages.flat()).toEqual(all)
  })

  it('sees what there is to know of each, and no secret', async () => {
    const ada = await server.register()
    await server.call('POST', '/api/api-keys', {
      token: ada.token,
      body: { provider: 'openai', key: 'sk-canary7Qz3vXk9-of-a-user' },
    })
    const { users } = await list('?limit=500')
    const shown = users.find(({ id }: { id: string }) => id === ada.userId)
    expect(shown).toEqual({
      id: ada.userId,
      email: ada.email,
      role: 'user',
      two_factor: false,
      disabled: false,
      created_at: new Date(at).toISOString(),
      last_sign_in_at: new Date(at).toISOString(),
      api_key_count: 1,
    })
  })

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=501', 'limit'],
    ['?limit=x', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?after=%00', 'after'],
    ['?offset=1', 'offset'],
  ])('is told what is wrong with %s', async (query, field) => {
    const reply = await server.call('GET', `/api/admin/users${query}`, { token: admin.token })
    expect(reply).toMatchObject({ status: 422, json: { error: { code: 'invalid_request', field } } })
  })

  it('ends all that a disabled account has, at once', async () => {
    const ada = await server.register()
    const body = { name: 'laptop', scopes: ['models'] }
    const { token } = (await server.call('POST', '/api/access-tokens', { token: ada.token, body })).json
    expect([await me(ada.token), await me(token)]).toEqual([200, 200])
    const disabled = await change(ada.userId, { disabled: true })
    expect(disabled).toMatchObject({ status: 200, json: { id: ada.userId, disabled: true } })
    expect([await me(ada.token), await me(token)]).toEqual([401, 401])
    const refresh = () => server.call('POST', '/api/auth/refresh', { headers: { cookie: ada.cookie } })
    expect((await refresh()).status).toBe(401)
    const signIn = () =>
      server.call('POST', '/api/auth/login', { body: { email: ada.email, password: ada.password } })
    expect((await signIn()).status).toBe(403)
    expect((await change(ada.userId, { disabled: false })).json.disabled).toBe(false)
    expect((await refresh()).status).toBe(401)
    expect((await signIn()).status).toBe(200)
  })

  it('ends what is under way there too', async () => {
    const ada = await server.register()
    const body = { current_password: ada.password, new_password: 'another horse battery' }
    const [changed, disabled] = await Promise.all([
      server.call('POST', '/api/auth/password', { token: ada.token, body }),
      change(ada.userId, { disabled: true }),
    ])
    expect(disabled.status).toBe(200)
    await change(ada.userId, { disabled: false })
    // whether it came before or after: no session has outlived it
    if (changed.status === 200) expect(await me(changed.json.access_token)).toBe(401)
    const { sessions } = await readTables(server.place)
    expect(sessions?.filter(({ user_id }) => user_id === ada.userId)).toEqual([])
  })

  it('makes others admins, who are so at once, and no more at once', async () => {
    const ada = await server.register()
    const users = () => server.call('GET', '/api/admin/users', { token: ada.token })
    expect((await users()).status).toBe(403)
    expect((await change(ada.userId, { role: 'admin' })).json.role).toBe('admin')
    expect((await users()).status).toBe(200)
    await change(ada.userId, { role: 'user' })
    expect((await users()).status).toBe(403)
  })

  it.each([{}, { role: 'root' }, { disabled: 'yes' }, { email: 'x@example.com' }, [], null])(
    'changes nothing with %j',
    async (body) => {
      expect((await change(admin.userId, body)).status).toBe(422)
    },
  )

  it('is told of accounts and invitations that are not there', async () => {
    const notFound = { status: 404, json: { error: { code: 'not_found' } } }
    expect(await change(NOBODY, { disabled: true })).toMatchObject(notFound)
    for (const [method, path] of [
      ['POST', `/api/admin/users/${NOBODY}/reset-link`],
      ['DELETE', `/api/admin/invitations/${NOBODY}`],
    ] as const) {
      const body = method === 'POST' ? {} : undefined
      expect(await server.call(method, path, { token: admin.token, body })).toMatchObject(notFound)
    }
  })

  it('sees open invitations without their codes, and not those that have expired', async () => {
    const invite = async () =>
      (
        await server.call('POST', '/api/admin/invitations', {
          token: admin.token,
          body: { email: 'New@Example.com' },
        })
      ).json
    const { code, url, ...shown } = await invite()
    expect(shown.email).toBe('new@example.com')
    const open = async () =>
      (await server.call('GET', '/api/admin/invitations', { token: admin.token })).json.invitations
    expect(await open()).toEqual([shown])
    at += 7 * DAY_MS
    admin = await signInAgain(admin)
    expect(await open()).toEqual([])
    expect([code, url].join()).toContain(code)
  })

  async function signInAgain(account: Account): Promise<Account> {
    const { json } = await server.call('POST', '/api/auth/login', {
      body: { email: account.email, password: account.password },
    })
    return { ...account, token: json.access_token }
  }

  describe('who makes a reset link', () => {
    const linkFor = async (userId: string) =>
      (await server.call('POST', `/api/admin/users/${userId}/reset-link`, { token: admin.token, body: {} }))
        .json as {
        token: string
        url: string
      }
    const use = (token: string, new_password = 'a password after the link') =>
      server.call('POST', '/api/auth/reset', { body: { token, new_password } })
    const invalid = { status: 403, json: { error: { code: 'link_invalid', field: 'token' } } }

    it('gives the owner a new password once, and ends all sessions', async () => {
      const ada = await server.register()
      const { token, url } = await linkFor(ada.userId)
      expect(url).toBe(`${server.address}/reset#${token}`)
      expect(tablesHolding(await readTables(server.place), [token])).toEqual([])
      expect((await use(token, 'short')).status).toBe(422)
      expect((await use(token)).status).toBe(204)
      expect(await me(ada.token)).toBe(401)
      expect(await use(token)).toMatchObject(invalid)
      const signIn = (password: string) =>
        server.call('POST', '/api/auth/login', { body: { email: ada.email, password } })
      expect((await signIn(ada.password)).status).toBe(401)
      expect((await signIn('a password after the link')).status).toBe(200)
    })

    it('has it used once where it is used twice at once', async () => {
      const ada = await server.register()
      const { token } = await linkFor(ada.userId)
      const replies = await Promise.all([use(token), use(token), use(token)])
      expect(replies.map(({ status }) => status).sort()).toEqual([204, 403, 403])
    })

    it('makes an earlier one void, and none lasts longer than a day', async () => {
      const ada = await server.register()
      const first = await linkFor(ada.userId)
      const second = await linkFor(ada.userId)
      expect(await use(first.token)).toMatchObject(invalid)
      at += DAY_MS
      expect(await use(second.token)).toMatchObject(invalid)
      admin = await signInAgain(admin)
      const third = await linkFor(ada.userId)
      at += DAY_MS - 1
      expect((await use(third.token)).status).toBe(204)
      expect(await use('made-up')).toMatchObject(invalid)
      admin = await signInAgain(admin)
    })
  })
})

describe.each(DIALECTS)('the last admin on %s', (dialect) => {
  let server: TestServer
  let admin: Account
  beforeAll(async () => {
    server = await startTestServer({ dialect })
    admin = await server.register()
  })
  afterAll(() => server.remove())

  const change = (userId: string, body: unknown, token = admin.token) =>
    server.call('PATCH', `/api/admin/users/${userId}`, { token, body })
  const remove = ({ token, password }: Account) =>
    server.call('DELETE', '/api/account', { token, body: { password } })

  it('stays one', async () => {
    const ada = await server.register()
    expect(await change(admin.userId, { role: 'user' })).toMatchObject(lastAdmin)
    expect(await change(admin.userId, { disabled: true })).toMatchObject(lastAdmin)
    expect(await remove(admin)).toMatchObject(lastAdmin)
    // an admin who cannot sign in is none
    await change(ada.userId, { role: 'admin', disabled: true })
    expect(await change(admin.userId, { role: 'user' })).toMatchObject(lastAdmin)
    expect((await server.call('GET', '/api/auth/me', { token: admin.token })).json.role).toBe('admin')
    await change(ada.userId, { disabled: false })
    expect((await change(admin.userId, { role: 'user' }, admin.token)).status).toBe(200)
    await change(admin.userId, { role: 'admin' }, await tokenOf(ada))
    expect((await change(ada.userId, { role: 'user' })).status).toBe(200)
  })

  it('is still there when two end each other at once, in whichever way', async () => {
    for (const body of [{ role: 'user' }, { disabled: true }]) {
      for (let round = 0; round < 8; round++) {
        const other = await server.register()
        await change(other.userId, { role: 'admin' })
        const both = await Promise.all([
          change(other.userId, body, admin.token),
          change(admin.userId, body, other.token),
        ])
        // who is no admin any more when it is looked at is refused as such
        expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
        expect(both.map(({ status }) => status)).not.toContain(500)
        if (both[1]?.status === 200) admin = other
        expect((await server.call('GET', '/api/admin/users', { token: admin.token })).status).toBe(200)
      }
    }
  })

  it('is still there when two delete themselves at once', async () => {
    for (let round = 0; round < 5; round++) {
      const other = await server.register()
      await change(other.userId, { role: 'admin' })
      const both = await Promise.all([remove(admin), remove(other)])
      expect(both.map(({ status }) => status).sort()).toEqual([204, 409])
      if (both[0]?.status === 204) admin = other
    }
  })

  it('may go as the very last one, and whoever comes then is the first again', async () => {
    const alone = await startTestServer({ dialect })
    const first = await alone.register()
    const { status } = await alone.call('DELETE', '/api/account', {
      token: first.token,
      body: { password: first.password },
    })
    expect(status).toBe(204)
    const next = await alone.register()
    expect((await alone.call('GET', '/api/auth/me', { token: next.token })).json.role).toBe('admin')
    await alone.remove()
  })

  async function tokenOf({ email, password }: Account): Promise<string> {
    return (await server.call('POST', '/api/auth/login', { body: { email, password } })).json.access_token
  }
})

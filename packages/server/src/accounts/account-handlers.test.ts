import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readTables, tablesHolding } from '../testing/read-tables.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

type Account = Awaited<ReturnType<TestServer['register']>>

describe.each(DIALECTS)('an account on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let admin: Account
  let ada: Account

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({
      dialect,
      simulator,
      // a call that never comes back is waited for longer than any test
      environment: { ROLLCALL_PROVIDER_TIMEOUT_MS: '600000' },
    })
    admin = await server.register()
  })
  beforeEach(async () => {
    await simulator.reset()
    ada = await server.register()
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const post = (path: string, body: unknown, token = ada.token) => server.call('POST', path, { token, body })
  const remove = (body: unknown = { password: ada.password }) =>
    server.call('DELETE', '/api/account', { token: ada.token, body })
  const signIn = (email: string, password: string) =>
    server.call('POST', '/api/auth/login', { body: { email, password } })

  /** Something of hers in every place there is. */
  async function settle(): Promise<{ accessToken: string; recovery: string[] }> {
    await server.saveKeys(ada.token, ['openai', 'groq'])
    await server.call('GET', '/api/available-models', { token: ada.token })
    const { token } = (await post('/api/access-tokens', { name: 'laptop', scopes: ['models', 'keys'] })).json
    await server.call('PATCH', `/api/admin/users/${ada.userId}`, {
      token: admin.token,
      body: { role: 'admin' },
    })
    await post('/api/admin/invitations', { email: `friend-of-${ada.userId}@example.com` })
    await post(`/api/admin/users/${ada.userId}/reset-link`, {})
    await signIn(ada.email, 'a wrong password')
    const { secret } = (await post('/api/auth/two-factor', { password: ada.password })).json
    const { Secret, TOTP } = await import('otpauth')
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    const { json } = await post('/api/auth/two-factor/confirm', { code })
    return { accessToken: token, recovery: json.recovery_codes }
  }

  it('changes its password with the old one', async () => {
    const change = (current_password: string, new_password: string) =>
      post('/api/auth/password', { current_password, new_password })
    expect(await change('a wrong password', 'another password')).toMatchObject({
      status: 403,
      json: { error: { code: 'password_wrong', field: 'current_password' } },
    })
    for (const bad of ['short', 'x'.repeat(257), 'half a sign \ud800']) {
      expect(await change(ada.password, bad)).toMatchObject({
        status: 422,
        json: { error: { field: 'new_password' } },
      })
    }
    expect((await signIn(ada.email, ada.password)).status).toBe(200)
    expect((await change(ada.password, 'x'.repeat(256))).status).toBe(200)
    expect((await signIn(ada.email, 'x'.repeat(256))).status).toBe(200)
    expect((await signIn(ada.email, ada.password)).status).toBe(401)
  })

  it('changes its password to one of two that come at once', async () => {
    const wanted = ['the first password', 'the second password']
    const replies = await Promise.all(
      wanted.map((new_password) =>
        post('/api/auth/password', { current_password: ada.password, new_password }),
      ),
    )
    expect(replies.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
    const index = replies.findIndex(({ status }) => status === 200)
    expect((await signIn(ada.email, wanted[index] ?? '')).status).toBe(200)
    expect((await signIn(ada.email, wanted[1 - index] ?? '')).status).toBe(401)
  })

  it('lets go of all that is stored about it, without a secret', async () => {
    const { accessToken, recovery } = await settle()
    const { status, json, text } = await server.call('GET', '/api/account/export', { token: ada.token })
    expect(status).toBe(200)
    expect(json.user).toMatchObject({ id: ada.userId, email: ada.email, two_factor: true })
    expect(json.api_keys.map(({ provider }: { provider: string }) => provider)).toEqual(['openai', 'groq'])
    expect(json.access_tokens).toMatchObject([{ name: 'laptop', scopes: ['models', 'keys'] }])
    expect(json.sessions).toHaveLength(1)
    expect(json.user.last_sign_in_at).not.toBeNull()
    expect(json.invitations).toMatchObject([{ email: `friend-of-${ada.userId}@example.com` }])
    const { users, api_keys, access_tokens, sessions } = await readTables(server.place)
    const own = [...(api_keys ?? []), ...(access_tokens ?? []), ...(sessions ?? [])].filter(
      ({ user_id }) => user_id === ada.userId,
    )
    const secrets = [
      simulator.keys.openai,
      simulator.keys.groq,
      accessToken,
      ada.token,
      ...recovery,
      ...own.flatMap(({ sealed, hash, family, turn }) => [sealed, hash, family, turn]),
      ...(users ?? []).flatMap(({ password_hash, totp_sealed }) => [password_hash, totp_sealed]),
    ].filter((secret) => typeof secret === 'string')
    expect(secrets.length).toBeGreaterThan(15)
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  it('is deleted only with its password', async () => {
    expect(await remove({ password: 'a wrong password' })).toMatchObject({
      status: 403,
      json: { error: { code: 'password_wrong', field: 'password' } },
    })
    expect((await remove({})).status).toBe(422)
    expect((await signIn(ada.email, ada.password)).status).toBe(200)
  })

  it('is deleted with every row of it in every table', async () => {
    const { recovery, accessToken } = await settle()
    // a list that nobody else has
    await server.saveKeys(ada.token, ['cohere'])
    await server.call('GET', '/api/available-models', { token: ada.token })
    const before = await readTables(server.place)
    const traces = [ada.userId, ada.email]
    expect(tablesHolding(before, traces)).toEqual(
      expect.arrayContaining([
        'users',
        'sessions',
        'access_tokens',
        'invitations',
        'reset_links',
        'api_keys',
        'recovery_codes',
      ]),
    )
    const keyIds = before.api_keys?.filter(({ user_id }) => user_id === ada.userId).map(({ id }) => id) ?? []
    expect(before.key_lists?.filter(({ key_id }) => keyIds.includes(key_id))).toHaveLength(3)

    expect((await remove({ password: ada.password, code: recovery[0] })).status).toBe(204)

    const after = await readTables(server.place)
    expect(tablesHolding(after, traces)).toEqual([])
    expect(after.key_lists?.filter(({ key_id }) => keyIds.includes(key_id))).toEqual([])
    const used = after.key_lists?.map(({ content }) => content)
    expect(after.list_contents?.filter(({ hash }) => !used?.includes(hash))).toEqual([])
    expect(after.list_contents?.length).toBeLessThan(before.list_contents?.length ?? 0)
    for (const token of [ada.token, accessToken]) {
      expect((await server.call('GET', '/api/auth/me', { token })).status).toBe(401)
    }
    const refresh = await server.call('POST', '/api/auth/refresh', { headers: { cookie: ada.cookie } })
    expect(refresh.status).toBe(401)
    expect(await signIn(ada.email, ada.password)).toMatchObject({
      status: 401,
      json: { error: { code: 'invalid_credentials' } },
    })
    // the address is free again, and its new account has nothing of the old one
    const anew = await server.register(ada.email)
    expect((await server.call('GET', '/api/api-keys', { token: anew.token })).json.api_keys).toEqual([])
    ada = anew
    await remove()
  })

  it('leaves others what is theirs', async () => {
    await server.saveKeys(ada.token, ['openai'])
    const grace = await server.register()
    await server.saveKeys(grace.token, ['openai'])
    const models = async () =>
      (await server.call('GET', '/api/available-models', { token: grace.token })).json.providers[0].models
    const before = await models()
    await server.call('GET', '/api/available-models', { token: ada.token })
    expect((await remove()).status).toBe(204)
    expect(await models()).toEqual(before)
    expect(before.length).toBeGreaterThan(1)
  })

  it('ends its calls to providers when it is deleted', async () => {
    await simulator.set('openai', { fault: 'C1' })
    await server.saveKeys(ada.token, ['openai'])
    const waiting = server.call('GET', '/api/available-models', { token: ada.token })
    await vi.waitFor(
      () => expect(simulator.requests.some(({ provider }) => provider === 'openai')).toBe(true),
      10_000,
    )
    expect(simulator.openConnections('openai')).toBeGreaterThan(0)
    expect((await remove()).status).toBe(204)
    await vi.waitFor(() => expect(simulator.openConnections('openai')).toBe(0), 10_000)
    expect((await waiting).status).toBe(200)
  })

  it('is no trouble when it goes while other things are asked of it', async () => {
    await server.saveKeys(ada.token, ['openai'])
    const replies = await Promise.all([
      post('/api/access-tokens', { name: 'a', scopes: ['models'] }),
      server.call('GET', '/api/available-models', { token: ada.token }),
      post('/api/api-keys', { provider: 'groq', key: simulator.keys.groq }),
      signIn(ada.email, ada.password),
      remove(),
      ...Array.from({ length: 10 }, (_, index) =>
        post('/api/access-tokens', { name: `${index}`, scopes: ['models'] }),
      ),
      post('/api/auth/two-factor', { password: ada.password }),
      post('/api/api-keys', { provider: 'mistral', key: simulator.keys.mistral }),
      server.call('POST', '/api/auth/refresh', { headers: { cookie: ada.cookie } }),
    ])
    expect(replies.map(({ status }) => status).filter((status) => status >= 500)).toEqual([])
    expect(tablesHolding(await readTables(server.place), [ada.userId])).toEqual([])
  })
})

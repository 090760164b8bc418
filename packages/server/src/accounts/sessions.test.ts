import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listenToEvents } from '../testing/events.ts'
import { readTables, tablesHolding } from '../testing/read-tables.ts'
import { DIALECTS, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts'

const DAY_MS = 86_400_000
const TWO_TABS_MS = 10_000

/** What a browser would send from now on; empty where the cookie was taken away. */
function cookieOf({ headers }: Reply): string | undefined {
  const header = headers.get('set-cookie')
  if (header === null) return undefined
  return /Max-Age=0/i.test(header) ? '' : (header.split(';')[0] ?? '')
}

describe.each(DIALECTS)('sessions on %s', (dialect) => {
  let server: TestServer
  let at = Date.now()
  let ada: Awaited<ReturnType<TestServer['register']>>

  beforeAll(async () => {
    server = await startTestServer({ dialect, now: () => at })
    await server.register()
  })
  beforeEach(async () => {
    ada = await server.register()
  })
  afterAll(() => server.remove())

  const refresh = (cookie: string) => server.call('POST', '/api/auth/refresh', { headers: { cookie } })
  const me = async (token: string) => (await server.call('GET', '/api/auth/me', { token })).status
  const signIn = async () => {
    const reply = await server.call('POST', '/api/auth/login', {
      body: { email: ada.email, password: ada.password },
    })
    return { token: reply.json.access_token as string, cookie: cookieOf(reply) ?? '' }
  }
  const refused = (code: string) => ({ status: 401, json: { error: { code } } })

  it('give a new access token and a new cookie for the cookie', async () => {
    at += 700_000
    expect(await server.call('GET', '/api/auth/me', { token: ada.token })).toMatchObject(
      refused('token_expired'),
    )
    const reply = await refresh(ada.cookie)
    expect(reply.status).toBe(200)
    expect(await me(reply.json.access_token)).toBe(200)
    const next = cookieOf(reply)
    expect(next).not.toBe(ada.cookie)
    expect((await refresh(next ?? '')).status).toBe(200)
  })

  it.each([1, 3])('end when a cookie comes back %i turns later', async (turns) => {
    let cookie = ada.cookie
    let token = ada.token
    for (let turn = 0; turn < turns; turn++) {
      const reply = await refresh(cookie)
      cookie = cookieOf(reply) ?? ''
      token = reply.json.access_token
    }
    at += TWO_TABS_MS + 1
    expect(await me(token)).toBe(200)
    const reply = await refresh(ada.cookie)
    expect(reply).toMatchObject(refused('token_revoked'))
    expect(cookieOf(reply)).toBe('')
    // the thief's and the owner's alike, and at once
    expect(await server.call('GET', '/api/auth/me', { token })).toMatchObject(refused('token_revoked'))
    expect(await refresh(cookie)).toMatchObject(refused('token_revoked'))
  })

  it('end at once when a cookie comes back that was not the last one', async () => {
    const second = cookieOf(await refresh(ada.cookie)) ?? ''
    const third = await refresh(second)
    expect(await refresh(ada.cookie)).toMatchObject(refused('token_revoked'))
    expect(await me(third.json.access_token)).toBe(401)
  })

  it('leave the other sessions of the user alone', async () => {
    const other = await signIn()
    await refresh(ada.cookie)
    at += TWO_TABS_MS + 1
    await refresh(ada.cookie)
    expect(await me(other.token)).toBe(200)
    expect((await refresh(other.cookie)).status).toBe(200)
  })

  it('serve two tabs that wake up at once, and several', async () => {
    const replies = await Promise.all(Array.from({ length: 6 }, () => refresh(ada.cookie)))
    expect(replies.map(({ status }) => status)).toEqual(Array(6).fill(200))
    const cookies = replies.map(cookieOf).filter((cookie) => cookie !== undefined)
    expect(cookies).toHaveLength(1)
    for (const { json } of replies) expect(await me(json.access_token)).toBe(200)
    expect((await refresh(cookies[0] ?? '')).status).toBe(200)
  })

  it('serve the second tab to the end of its time', async () => {
    const first = await refresh(ada.cookie)
    at += TWO_TABS_MS
    const second = await refresh(ada.cookie)
    expect(second.status).toBe(200)
    expect(cookieOf(second)).toBeUndefined()
    expect((await refresh(cookieOf(first) ?? '')).status).toBe(200)
  })

  it('last as long as they are used, and no longer than 30 days without', async () => {
    let cookie = ada.cookie
    for (let times = 0; times < 3; times++) {
      at += 29 * DAY_MS
      const reply = await refresh(cookie)
      expect(reply.status).toBe(200)
      cookie = cookieOf(reply) ?? ''
    }
    at += 30 * DAY_MS
    const reply = await refresh(cookie)
    expect(reply).toMatchObject(refused('token_expired'))
    expect(cookieOf(reply)).toBe('')
  })

  it.each(['', 'rollcall_refresh=', 'rollcall_refresh=made-up', `rollcall_refresh=${'x.'.repeat(500)}`])(
    'are not had with the cookie "%.30s"',
    async (cookie) => {
      const reply = await refresh(cookie)
      expect(reply.status).toBe(401)
      expect(reply.json.error.code).toMatch(/^(unauthenticated|token_revoked)$/)
    },
  )

  it('are not ended by somebody who knows their id, as every access token tells it', async () => {
    const { sid } = JSON.parse(Buffer.from(ada.token.split('.')[1] ?? '', 'base64url').toString())
    expect((await refresh(`rollcall_refresh=${sid}.x`)).status).toBe(401)
    expect((await refresh(ada.cookie)).status).toBe(200)
  })

  it('are kept without their tokens', async () => {
    const [family = '', turn = ''] = (ada.cookie.split('=')[1] ?? '').split('.')
    expect(family.length).toBeGreaterThan(40)
    expect(turn.length).toBeGreaterThan(40)
    expect(tablesHolding(await readTables(server.place), [family, turn])).toEqual([])
  })

  it.each([
    ['cookie and token', true, true],
    ['the cookie alone', true, false],
    ['the token alone', false, true],
  ])('end with signing out by %s', async (_by, withCookie, withToken) => {
    const reply = await server.call('POST', '/api/auth/logout', {
      ...(withToken ? { token: ada.token } : {}),
      headers: withCookie ? { cookie: ada.cookie } : {},
    })
    expect(reply.status).toBe(204)
    expect(cookieOf(reply)).toBe('')
    expect(await me(ada.token)).toBe(401)
    expect((await refresh(ada.cookie)).status).toBe(401)
  })

  it('end with signing out by a cookie that was used already', async () => {
    const reply = await refresh(ada.cookie)
    await server.call('POST', '/api/auth/logout', { headers: { cookie: ada.cookie } })
    expect(await me(reply.json.access_token)).toBe(401)
  })

  it('are no trouble when everything happens to one at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { token, cookie } = await signIn()
      const replies = await Promise.all([
        refresh(cookie),
        server.call('POST', '/api/auth/logout', { headers: { cookie } }),
        refresh(cookie),
        server.call('POST', '/api/auth/logout', { token }),
        server.call('GET', '/api/auth/me', { token }),
      ])
      for (const { status } of replies) expect([200, 204, 401]).toContain(status)
      expect(await me(token)).toBe(401)
    }
  })

  it('all end when the password changes, but the one of whoever changed it', async () => {
    const other = await signIn()
    const reply = await server.call('POST', '/api/auth/password', {
      token: ada.token,
      body: { current_password: ada.password, new_password: 'another horse battery' },
    })
    expect(reply.status).toBe(200)
    for (const token of [ada.token, other.token]) expect(await me(token)).toBe(401)
    for (const cookie of [ada.cookie, other.cookie]) expect((await refresh(cookie)).status).toBe(401)
    expect(await me(reply.json.access_token)).toBe(200)
    expect((await refresh(cookieOf(reply) ?? '')).status).toBe(200)
    const again = (password: string) =>
      server.call('POST', '/api/auth/login', { body: { email: ada.email, password } })
    expect((await again(ada.password)).status).toBe(401)
    expect((await again('another horse battery')).status).toBe(200)
  })
})

describe.each(DIALECTS)('a stream that is open on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let admin: Awaited<ReturnType<TestServer['register']>>
  let ada: Awaited<ReturnType<TestServer['register']>>

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    // it never answers, and is waited for longer than any test
    await simulator.set('openai', { fault: 'C1' })
    server = await startTestServer({
      dialect,
      simulator,
      environment: { ROLLCALL_PROVIDER_TIMEOUT_MS: '600000' },
    })
    admin = await server.register()
  })
  beforeEach(async () => {
    ada = await server.register()
    await server.saveKeys(ada.token, ['openai'])
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  async function endsWhen(token: string, happens: () => Promise<Reply>): Promise<void> {
    const events = await listenToEvents(server, '/api/available-models/stream', token)
    expect((await events.next())?.event).toBe('snapshot')
    expect((await happens()).status).toBeLessThan(300)
    expect(await events.all()).toEqual([])
  }
  const accessToken = async () =>
    (
      await server.call('POST', '/api/access-tokens', {
        token: ada.token,
        body: { name: 'x', scopes: ['models'] },
      })
    ).json as { id: string; token: string }

  it('ends when its session does', () =>
    endsWhen(ada.token, () => server.call('POST', '/api/auth/logout', { token: ada.token })))

  it('ends when the password changes', () =>
    endsWhen(ada.token, () =>
      server.call('POST', '/api/auth/password', {
        token: ada.token,
        body: { current_password: ada.password, new_password: 'another horse battery' },
      }),
    ))

  it('ends when the account is disabled', () =>
    endsWhen(ada.token, () =>
      server.call('PATCH', `/api/admin/users/${ada.userId}`, {
        token: admin.token,
        body: { disabled: true },
      }),
    ))

  it('ends when the account is deleted', () =>
    endsWhen(ada.token, () =>
      server.call('DELETE', '/api/account', { token: ada.token, body: { password: ada.password } }),
    ))

  it('ends when the personal access token is revoked', async () => {
    const { id, token } = await accessToken()
    await endsWhen(token, () => server.call('DELETE', `/api/access-tokens/${id}`, { token: ada.token }))
  })
})

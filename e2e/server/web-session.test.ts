import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import { createSession, type Session } from '../../packages/web/src/session/session.ts'

const MINUTE_MS = 60_000

let server: TestServer
let at = Date.now()
let ada: Awaited<ReturnType<TestServer['register']>>
/** What a browser does with cookies, and what was sent. */
let cookie = ''
let sent: string[] = []
let isCut = false
const news: string[] = []
let starts = 0

async function browserFetch(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  sent.push(`${init.method ?? 'GET'} ${new URL(String(url)).pathname}`)
  if (isCut) throw new TypeError('fetch failed')
  const headers = new Headers(init.headers)
  if (cookie) headers.set('cookie', cookie)
  const response = await fetch(url, { ...init, headers })
  const set = response.headers.get('set-cookie')
  if (set) cookie = set.split(';')[0] ?? ''
  return response
}

function open(now = () => at): Session {
  return createSession({
    fetch: browserFetch as typeof fetch,
    server: server.address,
    now,
    tell: (word) => news.push(word),
    forget: () => news.push('forgotten'),
    startOver: () => starts++,
  })
}

async function signedIn(): Promise<Session> {
  const session = open()
  session.accept(
    await session.call('signIn', { body: { email: ada.email, password: 'a long enough password' } }),
  )
  sent = []
  return session
}

beforeAll(async () => {
  server = await startTestServer({ now: () => at })
  ada = await server.register()
})
afterAll(() => server.remove())
beforeEach(() => {
  cookie = ''
  sent = []
  isCut = false
  starts = 0
  news.length = 0
})

describe('the session of a page', () => {
  it('is nobody’s without a cookie, and its owner’s with one', async () => {
    const first = open()
    await first.start()
    expect(first.state().kind).toBe('signed_out')
    await signedIn()
    const reloaded = open()
    await reloaded.start()
    expect(reloaded.state()).toMatchObject({ kind: 'signed_in', user: { email: ada.email } })
  })

  it('says that the server is away instead of that nobody is signed in', async () => {
    await signedIn()
    isCut = true
    const session = open()
    await session.start()
    expect(session.state().kind).toBe('unreachable')
    isCut = false
    await session.start()
    expect(session.state().kind).toBe('signed_in')
  })

  it('renews a token before it ends, once for all calls of the moment', async () => {
    const session = await signedIn()
    at += 9.8 * MINUTE_MS
    await Promise.all([session.call('me', {}), session.call('listKeys', {}), session.call('me', {})])
    expect(sent.filter((line) => line === 'POST /api/auth/refresh')).toHaveLength(1)
    expect(sent).toHaveLength(4)
  })

  it('renews a token that turns out not to work, and sends the call again', async () => {
    await signedIn()
    // the computer slept: its clock has not moved
    const before = at
    const session = open(() => before)
    await session.start()
    at += 11 * MINUTE_MS
    sent = []
    expect(await session.call('me', {})).toMatchObject({ email: ada.email })
    expect(sent).toEqual(['GET /api/auth/me', 'POST /api/auth/refresh', 'GET /api/auth/me'])
  })

  it('holds a call back while the session is over, and sends it once its owner is back', async () => {
    const session = await signedIn()
    cookie = ''
    at += 11 * MINUTE_MS
    let kinds: unknown
    const call = session.call('listKeys', {}).then((answer) => {
      kinds = answer
    })
    await expect.poll(() => session.state().kind).toBe('ended')
    expect(news).toEqual([])
    expect(session.state()).toMatchObject({ user: { email: ada.email } })
    expect(kinds).toBeUndefined()
    session.accept(
      await session.call('signIn', { body: { email: ada.email, password: 'a long enough password' } }),
    )
    await call
    expect(kinds).toEqual({ api_keys: [] })
    expect(session.state().kind).toBe('signed_in')
  })

  it('starts over where somebody else came back', async () => {
    const session = await signedIn()
    const eve = await server.register()
    session.accept(await session.call('signIn', { body: { email: eve.email, password: eve.password } }))
    expect(starts).toBe(1)
    expect(session.state()).toMatchObject({ user: { email: ada.email } })
  })

  it('takes a refused password for what it is, not for the end of the session', async () => {
    const session = await signedIn()
    const body = { current_password: 'another password', new_password: 'a long enough password' }
    await expect(session.call('changePassword', { body })).rejects.toMatchObject({ code: 'password_wrong' })
    expect(session.state().kind).toBe('signed_in')
    expect(sent).toEqual(['POST /api/auth/password'])
  })

  it('signs out for good, and says so to the other tabs', async () => {
    const session = await signedIn()
    const before = cookie
    await session.signOut()
    expect(session.state().kind).toBe('signed_out')
    expect(news).toEqual(['signed_out', 'forgotten'])
    cookie = before
    const reloaded = open()
    await reloaded.start()
    expect(reloaded.state().kind).toBe('signed_out')
  })

  it('opens a stream with its token, and says when there is no server', async () => {
    const session = await signedIn()
    const leaving = new AbortController()
    const response = await session.open('/api/available-models/stream', leaving.signal)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    leaving.abort()
    isCut = true
    await expect(session.open('/api/events', new AbortController().signal)).rejects.toMatchObject({
      code: 'unreachable',
    })
  })
})

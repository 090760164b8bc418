import { afterEach, describe, expect, it } from 'vitest'
import { type CallOptions, startTestServer, type TestServer } from '../testing/test-server.ts'

const account = { email: 'ada@example.com', password: 'correct horse battery' }
const MONTH = 'Max-Age=2592000'
const LAN = ['HttpOnly', 'SameSite=Strict', 'Path=/api/auth', MONTH]
const TLS = ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Secure', MONTH]

let server: TestServer
afterEach(() => server.remove())

/** Name and attributes, in an order of ours. */
function parse(header: string | null) {
  const [pair = '', ...attributes] = (header ?? '').split('; ')
  const [name, value = ''] = pair.split('=')
  return { name, value, attributes: attributes.toSorted() }
}

async function cookieFor(environment: Record<string, string>, headers: CallOptions['headers'] = {}) {
  server = await startTestServer({ environment })
  const body = { ...account, ...(server.setupCode === undefined ? {} : { setup_code: server.setupCode }) }
  const reply = await server.call('POST', '/api/auth/register', { body, headers })
  expect(reply.status).toBe(201)
  return parse(reply.headers.get('set-cookie'))
}

const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'rollcall.example' }

describe('the refresh cookie', () => {
  it.each([
    ['over plain http, as in a LAN', {}, {}, LAN],
    ['over plain http at a public address', { ROLLCALL_PUBLIC_URL: 'http://rollcall.lan:3000' }, {}, LAN],
    ['where https is said by somebody who is not trusted', {}, proxied, LAN],
    ['where https is said by another proxy', { ROLLCALL_TRUSTED_PROXIES: '192.0.2.0/24' }, proxied, LAN],
    ['at a public https address', { ROLLCALL_PUBLIC_URL: 'https://rollcall.example' }, {}, TLS],
    ['where a trusted proxy says https', { ROLLCALL_TRUSTED_PROXIES: 'loopback' }, proxied, TLS],
    [
      'where a trusted proxy says http',
      { ROLLCALL_TRUSTED_PROXIES: 'loopback' },
      { 'x-forwarded-proto': 'http' },
      LAN,
    ],
  ])('%s', async (_where, environment, headers, attributes) => {
    const cookie = await cookieFor(environment, headers)
    expect(cookie.name).toBe(attributes === TLS ? '__Host-rollcall_refresh' : 'rollcall_refresh')
    expect(cookie.attributes).toEqual(attributes.toSorted())
    // what was set is what is read, and what is taken away
    const send = { headers: { ...headers, cookie: `${cookie.name}=${cookie.value}` } }
    const refreshed = await server.call('POST', '/api/auth/refresh', send)
    expect(refreshed.status).toBe(200)
    const next = parse(refreshed.headers.get('set-cookie'))
    expect([next.name, next.attributes]).toEqual([cookie.name, cookie.attributes])
    const removed = parse((await server.call('POST', '/api/auth/logout', send)).headers.get('set-cookie'))
    expect(removed).toEqual({
      name: cookie.name,
      value: '',
      attributes: attributes.map((attribute) => (attribute === MONTH ? 'Max-Age=0' : attribute)).toSorted(),
    })
  })

  it('that a page could have put there over http counts for nothing over https', async () => {
    const cookie = await cookieFor({ ROLLCALL_TRUSTED_PROXIES: 'loopback' })
    const send = (headers: Record<string, string>) =>
      server.call('POST', '/api/auth/refresh', {
        headers: { ...headers, cookie: `${cookie.name}=${cookie.value}` },
      })
    expect((await send(proxied)).status).toBe(401)
    expect((await send({})).status).toBe(200)
  })
})

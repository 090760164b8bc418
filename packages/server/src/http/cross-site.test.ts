import { ENDPOINTS } from '@rollcall/core/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startTestServer()
  token = (await server.register()).token
})
afterAll(() => server.remove())

describe('a page of another site', () => {
  const post = (headers: Record<string, string>) => server.call('POST', '/api/auth/logout', { headers })
  const refused = { status: 403, json: { error: { code: 'cross_site' } } }

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'http://127.0.0.1' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('changes nothing: %j', async (headers) => {
    expect(await post(headers as Record<string, string>)).toMatchObject(refused)
  })

  it('is refused at every endpoint that changes something, before anything is looked at', async () => {
    for (const { method, path } of Object.values(ENDPOINTS)) {
      if (method === 'GET') continue
      const headers = { origin: 'https://evil.example' }
      expect(await server.call(method, path, { token, headers, body: 'not json' })).toMatchObject(refused)
    }
  })

  it('is told from our own, and from programs that are no page', async () => {
    expect((await post({ origin: server.address, 'sec-fetch-site': 'same-origin' })).status).toBe(204)
    expect((await post({ 'sec-fetch-site': 'none' })).status).toBe(204)
    expect((await post({})).status).toBe(204)
  })

  it('may have a link to us', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await server.call('GET', '/docs', { headers })).status).toBe(200)
    expect((await server.call('GET', '/health/live', { headers })).status).toBe(200)
  })

  it('reads nothing: no header allows it', async () => {
    const reply = await server.call('GET', '/health/live', { headers: { origin: 'https://evil.example' } })
    expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('is told from our own by the address people type', async () => {
    const proxied = await startTestServer({
      environment: { ROLLCALL_PUBLIC_URL: 'https://rollcall.example' },
    })
    const call = (origin: string) => proxied.call('POST', '/api/auth/logout', { headers: { origin } })
    expect((await call('https://rollcall.example')).status).toBe(204)
    for (const origin of [
      proxied.address,
      'http://rollcall.example',
      'https://rollcall.example.evil.example',
    ]) {
      expect(await call(origin)).toMatchObject(refused)
    }
    await proxied.remove()
  })
})

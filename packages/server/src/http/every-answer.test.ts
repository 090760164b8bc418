import { ENDPOINTS, type Endpoint } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRaw } from '../testing/raw-request.ts'
import { type CallOptions, startTestServer, type TestServer } from '../testing/test-server.ts'

let simulator: Simulator
let server: TestServer
let token: string

beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
  server = await startTestServer({ simulator })
  token = (await server.register()).token
  await server.saveKeys(token, ['openai'])
})
afterAll(async () => {
  await server.remove()
  await simulator.close()
})

describe('every answer', () => {
  const SECURITY: Record<string, RegExp> = {
    'content-security-policy': /^default-src 'none'; .*frame-ancestors 'none'/,
    'x-content-type-options': /^nosniff$/,
    'referrer-policy': /^no-referrer$/,
    'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/,
    'permissions-policy': /camera=\(\)/,
    'x-request-id': /^[\w-]{5,40}$/,
  }
  const paths: [string, string][] = [
    ...Object.values(ENDPOINTS as Record<string, Endpoint>).map(({ method, path }): [string, string] => [
      method,
      path,
    ]),
    ['GET', '/available-models'],
    ['GET', '/'],
    ['GET', '/docs'],
    ['GET', '/docs.css'],
    ['GET', '/openapi.json'],
    ['GET', '/nothing'],
    ['PUT', '/docs'],
    ['HEAD', '/docs'],
  ]

  async function expectSecure(address: TestServer, method: string, path: string, options: CallOptions) {
    const { headers, status } = await address.call(method, path, options)
    for (const [name, pattern] of Object.entries(SECURITY)) {
      expect([path, status, name, headers.get(name)]).toEqual([
        path,
        status,
        name,
        expect.stringMatching(pattern),
      ])
    }
    return headers
  }

  it('says what browsers may do with it, whoever asks for what', async () => {
    for (const [method, path] of paths) {
      for (const options of [{}, { token: 'forged' }, method === 'GET' ? { token } : {}]) {
        const headers = await expectSecure(server, method, path, options)
        // over plain http it would count for nothing, or for too much
        expect(headers.has('strict-transport-security')).toBe(false)
      }
    }
  })

  it('says so on the shortest way too; a 304 has nothing to guard, and what it confirms has it', async () => {
    const first = await expectSecure(server, 'GET', '/api/available-models', { token })
    const etag = first.get('etag') ?? ''
    const reply = await server.call('GET', '/api/available-models', {
      token,
      headers: { 'if-none-match': etag },
    })
    expect(reply.status).toBe(304)
    expect(reply.text).toBe('')
    expect(reply.headers.has('content-security-policy')).toBe(false)
  })

  it('says that https is for good, where it is https', async () => {
    const secure = await startTestServer({
      simulator,
      environment: { ROLLCALL_PUBLIC_URL: 'https://rollcall.example' },
    })
    const { json } = await secure.call('POST', '/api/auth/register', {
      body: { email: 'ada@example.com', password: 'a long enough password', setup_code: secure.setupCode },
    })
    await secure.saveKeys(json.access_token, ['openai'])
    for (const path of ['/docs', '/nothing', '/api/available-models', '/api/available-models']) {
      const headers = await expectSecure(secure, 'GET', path, { token: json.access_token })
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/)
    }
    await secure.remove()
  })

  it('is kept by nobody, where it is about somebody', async () => {
    for (const { method, path, media, example } of Object.values<Endpoint>(ENDPOINTS)) {
      if (method !== 'GET' || path === '/api/available-models') continue
      const query = example?.query ? `?${new URLSearchParams(example.query)}` : ''
      const { status, headers } = await server.call('HEAD', `${path}${query}`, { token })
      // there is nothing of that name; of a stream nobody looks what it would be of
      const wanted = path.includes('{') && !media ? 404 : 200
      expect([path, status, headers.get('cache-control')]).toEqual([path, wanted, 'no-store'])
    }
    const models = await server.call('GET', '/api/available-models', { token })
    expect(models.headers.get('cache-control')).toMatch(/^private, no-cache/)
  })

  it('has an id of its own that the log knows', async () => {
    const ids: string[] = []
    for (const path of ['/api/nothing', '/api/auth/me', '/docs']) {
      const id = (await server.call('GET', path)).headers.get('x-request-id') ?? ''
      ids.push(id)
      const lines = server.logLines().map((line) => JSON.parse(line))
      expect(lines.filter(({ request_id }) => request_id === id)).toHaveLength(1)
    }
    expect(new Set(ids).size).toBe(3)
    // what a caller says is not taken over
    const reply = await server.call('GET', '/docs', { headers: { 'x-request-id': 'mine' } })
    expect(reply.headers.get('x-request-id')).not.toBe('mine')
  })

  it('comes without a body where only its head is asked for', async () => {
    for (const path of ['/health/live', '/api/providers', '/api/available-models', '/docs', '/api/nothing']) {
      const [get, head] = await Promise.all([
        server.call('GET', path, { token }),
        server.call('HEAD', path, { token }),
      ])
      expect([path, head.status, head.text]).toEqual([path, get.status, ''])
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
    }
  })

  it('is no stream where only its head is asked for', async () => {
    const asked = simulator.requests.length
    const path = '/api/available-models/stream?force_refresh=true'
    const { status, headers } = await server.call('HEAD', path, { token })
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    expect((await server.call('HEAD', path)).status).toBe(401)
    expect(simulator.requests.length).toBe(asked)
  })

  it('is compressed for whoever takes that, where it is long', async () => {
    const get = async (path: string, encoding: string) => {
      const { headers, text } = await server.call('GET', path, {
        token,
        headers: { 'accept-encoding': encoding },
      })
      return {
        encoding: headers.get('content-encoding'),
        vary: headers.get('vary')?.toLowerCase() ?? '',
        text,
      }
    }
    const long = await get('/api/providers', 'gzip')
    expect(long.encoding).toBe('gzip')
    expect(long.vary).toContain('accept-encoding')
    expect(JSON.parse(long.text).providers).toHaveLength(9)
    expect((await get('/api/providers', 'identity')).encoding).toBeNull()
    expect((await get('/openapi.json', 'gzip')).encoding).toBe('gzip')
    expect((await get('/health/live', 'gzip')).encoding).toBeNull()
    expect((await get('/api/auth/me', 'gzip')).encoding).toBeNull()
  })

  it('is given to whoever asks without a host, as health checks do', async () => {
    expect((await sendRaw(server.address, 'GET /health/live HTTP/1.0')).status).toBe(200)
  })
})

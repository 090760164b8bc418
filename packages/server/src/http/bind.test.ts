import { ENDPOINTS, type Endpoint } from '@rollcall/core/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { STATUS_OF } from '../refusal.ts'
import { readSettings } from '../settings.ts'
import { openStorage } from '../storage/open-storage.ts'
import { openRaw, sendRaw } from '../testing/raw-request.ts'
import {
  type CallOptions,
  createPlace,
  DIALECTS,
  startTestServer,
  type TestServer,
} from '../testing/test-server.ts'
import { createHttpApp, type Handlers } from './bind.ts'
import { createClientAddress } from './client-address.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startTestServer()
  token = (await server.register()).token
})
afterAll(() => server.remove())

const JSON_TYPE = 'Content-Type: application/json'
const local = () => `Host: ${new URL(server.address).host}`
const bodyOf = (text: string) => JSON.parse(text)

describe('a request that cannot be done', () => {
  const account = { email: 'new@example.com', password: 'a long enough password' }
  it.each([
    [
      'a field of the query twice',
      'GET',
      '/api/available-models?provider=openai&provider=groq',
      { auth: true },
      422,
      'invalid_request',
      'provider',
    ],
    ['invalid JSON', 'POST', '/api/auth/login', { body: '{' }, 400, 'invalid_json', undefined],
    ['no body', 'POST', '/api/auth/login', { body: '' }, 400, 'invalid_json', undefined],
    [
      'another media type',
      'POST',
      '/api/auth/login',
      { body: 'a=b', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
      undefined,
    ],
    [
      'a form',
      'POST',
      '/api/auth/login',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media_type',
      undefined,
    ],
    [
      'what only looks like JSON',
      'POST',
      '/api/auth/login',
      { body: '{}', headers: { 'content-type': 'application/jsonp' } },
      415,
      'unsupported_media_type',
      undefined,
    ],
    ['no media type', 'POST', '/api/auth/login', { headers: {} }, 415, 'unsupported_media_type', undefined],
    ['JSON that is no object', 'POST', '/api/auth/login', { body: '[]' }, 422, 'invalid_request', undefined],
    ['JSON that is null', 'POST', '/api/auth/login', { body: 'null' }, 422, 'invalid_request', undefined],
    [
      'a field that is missing',
      'POST',
      '/api/auth/register',
      { body: { email: account.email } },
      422,
      'invalid_request',
      'password',
    ],
    [
      'a field of another type',
      'POST',
      '/api/auth/register',
      { body: { ...account, email: 1 } },
      422,
      'invalid_request',
      'email',
    ],
    [
      'a field that is wrong',
      'POST',
      '/api/auth/register',
      { body: { ...account, email: 'x' } },
      422,
      'invalid_request',
      'email',
    ],
    [
      'a field that is unknown',
      'POST',
      '/api/auth/register',
      { body: { ...account, pass_word: 'x' } },
      422,
      'invalid_request',
      'pass_word',
    ],
    [
      'a prototype',
      'POST',
      '/api/auth/register',
      { body: '{"__proto__":{"email":"x"}}' },
      422,
      'invalid_request',
      'email',
    ],
    [
      'a query that is wrong',
      'GET',
      '/api/available-models?force_refresh=yes',
      { auth: true },
      422,
      'invalid_request',
      'force_refresh',
    ],
    [
      'a query that is unknown',
      'GET',
      '/api/available-models?refresh=true',
      { auth: true },
      422,
      'invalid_request',
      'refresh',
    ],
    ['a path with a NUL', 'DELETE', '/api/access-tokens/%00', { auth: true }, 422, 'invalid_request', 'id'],
    ['no token', 'GET', '/api/auth/me', {}, 401, 'unauthenticated', undefined],
    ['an unknown address', 'GET', '/api/nothing', {}, 404, 'not_found', undefined],
    ['an unknown address with a token', 'GET', '/api/nothing', { auth: true }, 404, 'not_found', undefined],
    ['a slash too many', 'GET', '/api/auth/me/', { auth: true }, 404, 'not_found', undefined],
    [
      'a path that cannot be decoded',
      'DELETE',
      '/api/access-tokens/%E0%A4%A',
      { auth: true },
      404,
      'not_found',
      undefined,
    ],
    ['another method', 'PUT', '/api/auth/me', { auth: true }, 405, 'method_not_allowed', undefined],
    [
      'another method on an address with a name in it',
      'GET',
      '/api/access-tokens/x',
      { auth: true },
      405,
      'method_not_allowed',
      undefined,
    ],
    ['another method on a document', 'POST', '/openapi.json', {}, 405, 'method_not_allowed', undefined],
    ['a method for other sites', 'OPTIONS', '/api/auth/login', {}, 405, 'method_not_allowed', undefined],
  ] as [string, string, string, CallOptions & { auth?: boolean }, number, string, string | undefined][])(
    'is told why: %s',
    async (_what, method, path, { auth, ...options }, status, code, field) => {
      const reply = await server.call(method, path, { ...options, ...(auth ? { token } : {}) })
      expect(reply.json).toEqual({
        error: {
          code,
          message: expect.stringMatching(/^.{8,250}[.?]$/),
          ...(field === undefined ? {} : { field }),
        },
      })
      expect(reply.status).toBe(status)
      expect(reply.headers.get('content-type')).toBe('application/json')
      expect(reply.headers.get('cache-control')).toBe('no-store')
      expect(reply.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer realm="Rollcall"' : null)
      expect(reply.headers.has('allow')).toBe(status === 405)
    },
  )

  it('is told which methods there are', async () => {
    const allow = async (method: string, path: string) =>
      (await server.call(method, path)).headers.get('allow')?.split(', ').sort()
    expect(await allow('PUT', '/api/api-keys')).toEqual(['GET', 'HEAD', 'POST'])
    expect(await allow('GET', '/api/admin/users/x')).toEqual(['PATCH'])
    expect(await allow('DELETE', '/docs')).toEqual(['GET', 'HEAD'])
  })

  it('has one status for each code, whatever endpoint', () => {
    const declared = Object.values(ENDPOINTS as Record<string, Endpoint>).flatMap(({ errors }) =>
      Object.entries(errors ?? {}),
    )
    expect(declared.length).toBeGreaterThan(10)
    for (const [status, codes] of declared) {
      for (const code of codes ?? []) expect([code, STATUS_OF[code]]).toEqual([code, Number(status)])
    }
  })

  it.each([
    ['whose length says so', (size: number) => [`Content-Length: ${size}`], (text: string) => text],
    [
      'that comes in chunks',
      () => ['Transfer-Encoding: chunked'],
      (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`,
    ],
  ])('is told of a body that is too large, %s', async (_how, headers, framed) => {
    const send = async (bytes: number) => {
      const text = JSON.stringify({ email: 'x@example.com', password: '' }).replace(
        '""',
        `"${'x'.repeat(bytes - 40)}"`,
      )
      const connection = await openRaw(server.address)
      connection.send(
        [`POST /api/auth/login HTTP/1.1`, local(), JSON_TYPE, ...headers(text.length)].join('\r\n') +
          '\r\n\r\n',
      )
      connection.send(framed(text))
      const received = await connection.until(/\r\n\r\n\{.*\}/)
      connection.destroy()
      return {
        size: text.length,
        status: Number(received.slice(9, 12)),
        json: bodyOf(received.split('\r\n\r\n')[1] ?? ''),
      }
    }
    const fits = await send(64 * 1024 - 4)
    expect(fits.size).toBeLessThanOrEqual(64 * 1024)
    expect(fits.status).toBe(422) // a password may have 256 characters
    const over = await send(64 * 1024 + 100)
    expect(over.size).toBeGreaterThan(64 * 1024)
    expect(over).toMatchObject({ status: 413, json: { error: { code: 'too_large' } } })
  })

  it.each([
    ['Host', 'GET /health/live HTTP/1.1', 'Host: not a host'],
    ['Host', 'GET /health/live HTTP/1.1', 'Host: a@b'],
    ['address', 'GET /health\\live HTTP/1.1', 'Host: localhost'],
    ['address', 'OPTIONS * HTTP/1.1', 'Host: localhost'],
  ])('is told of a %s that cannot be read: %s, %s', async (_what, line, host) => {
    const { status, body, head } = await sendRaw(server.address, line, [host])
    expect([status, bodyOf(unchunked(body)).error.code]).toEqual([400, 'bad_request'])
    expect(head.toLowerCase()).toContain("content-security-policy: default-src 'none'")
    expect(head.toLowerCase()).toMatch(/x-request-id: \S/)
  })

  it('is no trouble of ours when its sender goes away in the middle', async () => {
    const before = server.logLines().length
    const connection = await openRaw(server.address)
    connection.send(
      `POST /api/auth/login HTTP/1.1\r\n${local()}\r\n${JSON_TYPE}\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n`,
    )
    await connection.until(/100 Continue/)
    connection.destroy()
    await expect.poll(() => server.logLines().length, { timeout: 10_000 }).toBeGreaterThan(before)
    const events = server
      .logLines()
      .slice(before)
      .map((line) => JSON.parse(line))
    expect(events).toMatchObject([{ event: 'request', status: 400, ip: '127.0.0.1' }])
  })
})

/** The body of an answer whose length was not told before. */
function unchunked(body: string): string {
  return /^[0-9a-f]+\r\n/.test(body) ? body.replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, '') : body
}

/** The real app with one endpoint that fails like this. */
async function answerWhen(live: () => Promise<never>) {
  const lines: string[] = []
  const app = createHttpApp({ live } as unknown as Handlers, {
    log: createLog('trace', { write: (line) => void lines.push(line) }),
    clientAddress: createClientAddress({ trustedProxies: [], publicUrl: undefined }),
    nextRequestId: () => 'the-id',
    authenticate: () => Promise.reject(new Error('not asked')),
    limit: async () => undefined,
  })
  const incoming = { socket: { remoteAddress: '192.0.2.1' }, headers: { host: 'localhost' } }
  const response = await app.request('/health/live', {}, { incoming })
  return { response, text: await response.text(), lines }
}

it.each(DIALECTS)('a row for an account that is gone is no bug, on %s', async (dialect) => {
  const place = await createPlace(dialect)
  const storage = await openStorage(readSettings(place.environment))
  const { response, text, lines } = await answerWhen(async () => {
    const row = {
      id: 'x',
      user_id: 'gone',
      name: 'x',
      hash: 'x',
      preview: 'x',
      scopes: 'models',
      created_at: 0,
    }
    await storage.db.insertInto('access_tokens').values(row).execute()
    return expect.unreachable('there is nobody whose it could be')
  })
  expect([response.status, JSON.parse(text).error.code]).toEqual([409, 'conflict'])
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(['request'])
  await storage.close()
  await place.remove()
})

describe('a bug of ours', () => {
  it('is told with its place, and without a word of its message', async () => {
    const canary = 'secret5Wq8rTz1'
    const { response, text, lines } = await answerWhen(async () => {
      const error = new RangeError(`${canary} is wrong\n    at ${canary} (file.ts:1:1)`, { cause: canary })
      throw Object.assign(error, { code: `${canary}`, detail: canary })
    })
    expect(response.status).toBe(500)
    expect(response.headers.get('x-request-id')).toBe('the-id')
    expect(response.headers.has('content-security-policy')).toBe(true)
    expect(JSON.parse(text).error).toMatchObject({
      code: 'internal',
      message: expect.stringContaining('the-id'),
    })
    const bug = JSON.parse(lines[0] ?? '')
    expect(bug).toMatchObject({
      level: 'error',
      event: 'bug',
      request_id: 'the-id',
      error_name: 'RangeError',
    })
    expect(bug.stack).toContain('bind.test.ts')
    expect(lines.join('') + text).not.toContain(canary)
  })
})

import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { recordEvidence } from '../testing/evidence.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { chooseEncoding } from './send-answer.ts'

const PATH = '/api/available-models'
const DECODERS = { br: brotliDecompressSync, zstd: zstdDecompressSync, gzip: gunzipSync }

describe('the answer', () => {
  let simulator: Simulator
  let server: TestServer
  let token: string

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ simulator })
    ;({ token } = await server.register())
    await server.saveKeys(token)
    await eventually(async () => {
      const { json } = await server.call('GET', PATH, { token })
      for (const { status } of json.statuses) expect(status).toBe('cached')
    })
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  /** Bytes and headers as they are sent: `fetch` would decode the one and hide the other. */
  function send(path: string, headers: Record<string, string> = {}, method = 'GET') {
    return new Promise<{ status: number; headers: IncomingHttpHeaders; rawHeaders: string[]; body: Buffer }>(
      (resolve, reject) => {
        const request = httpRequest(
          `${server.address}${path}`,
          { method, headers: { authorization: `Bearer ${token}`, ...headers } },
          async (response) => {
            const body = Buffer.concat(await response.toArray())
            recordEvidence('response', body.toString('latin1'))
            const { statusCode = 0, headers, rawHeaders } = response
            resolve({ status: statusCode, headers, rawHeaders, body })
          },
        )
        request.on('error', reject).end()
      },
    )
  }
  /** The same question the long way: only the very address is answered the short one. */
  const LONG = `${PATH}?provider=`

  it('has a tag, is private, and varies by who asks and how', async () => {
    const { headers, body } = await send(PATH)
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': `${body.length}`,
      etag: expect.stringMatching(/^W\/"[\w-]{27}"$/),
      'cache-control': 'private, no-cache, no-transform',
      vary: 'authorization, accept-encoding',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/.+/),
    })
    expect(headers).not.toHaveProperty('content-encoding')
  })

  describe('in the encodings that the caller takes', () => {
    it.each([
      [undefined, undefined],
      ['', undefined],
      ['identity', undefined],
      ['deflate', undefined],
      ['br', 'br'],
      ['zstd', 'zstd'],
      ['gzip', 'gzip'],
      ['GZIP', 'gzip'],
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip, zstd', 'zstd'],
      ['*', 'br'],
      ['gzip;q=1.0, br;q=0', 'gzip'],
      ['br;q=0.000, zstd; q=0, gzip;q=0.5', 'gzip'],
      ['*, br;q=0', 'zstd'],
      ['gzip;q=0, *;q=0', undefined],
      ['br;q=0,zstd;q=0,gzip;q=0', undefined],
      [';;;,,q=0', undefined],
    ])('%s is sent as %s, the short way and the long', async (accepted, encoding) => {
      const headers: Record<string, string> = accepted === undefined ? {} : { 'accept-encoding': accepted }
      const plain = await send(PATH)
      const long = await send(LONG, headers)
      await send(PATH, headers) // is compressed the first time
      const short = await send(PATH, headers)
      for (const answer of [long, short]) {
        expect(answer.status).toBe(200)
        expect(answer.headers['content-encoding']).toBe(encoding)
        const decode = DECODERS[encoding as keyof typeof DECODERS] ?? ((body: Buffer) => body)
        expect(decode(answer.body).equals(plain.body)).toBe(true)
        expect(answer.headers.etag).toBe(plain.headers.etag)
        expect(answer.headers.vary).toBe('authorization, accept-encoding')
      }
      if (encoding) expect(short.body.length).toBeLessThan(plain.body.length / 2)
    })

    it('whatever else stands there', () => {
      fc.assert(
        fc.property(
          fc.array(
            fc.tuple(
              fc.constantFrom('br', 'zstd', 'gzip', 'deflate', 'identity', '*', ''),
              fc.constantFrom('', ';q=1', ';q=0', '; q=0.0', ';q=0.3', ';q', ';level=9'),
            ),
            { maxLength: 6 },
          ),
          (parts) => {
            const chosen = chooseEncoding(parts.map((part) => part.join('')).join(', '))
            if (chosen === undefined) return
            // never one that was not named, or that was forbidden the last time it was
            const named =
              parts.filter(([name]) => name === chosen).at(-1) ??
              parts.filter(([name]) => name === '*').at(-1)
            expect(named).toBeDefined()
            expect(named?.[1]).not.toMatch(/q=0(\.0)?$/)
          },
        ),
      )
    })
  })

  describe('that is known to the caller', () => {
    const tagged = (tag: string, change: (bare: string) => string) => change(tag.slice(2))

    it.each<[string, (bare: string) => string]>([
      ['as it was given', (bare) => `W/${bare}`],
      ['in its strong form', (bare) => bare],
      ['in a list', (bare) => `"other", W/${bare} ,W/"another"`],
      ['in a list of strong ones', (bare) => `"a","b",${bare}`],
      ['whatever it is', () => '*'],
    ])('%s is not sent again', async (_name, change) => {
      const { headers } = await send(PATH)
      for (const path of [PATH, '/available-models', LONG]) {
        const answer = await send(path, {
          'if-none-match': tagged(headers.etag ?? '', change),
          'accept-encoding': 'gzip',
        })
        expect(answer.status).toBe(304)
        expect(answer.body).toHaveLength(0)
        expect(answer.headers.etag).toBe(headers.etag)
        expect(answer.headers['cache-control']).toBe(headers['cache-control'])
        expect(answer.headers.vary).toBe(headers.vary)
        expect(answer.headers).not.toHaveProperty('content-encoding')
      }
    })

    it.each<[string, (bare: string) => string]>([
      ['another one', () => 'W/"another"'],
      ['nothing', () => ''],
      ['a part of it', (bare) => bare.slice(0, -2)],
      ['it without quotes', (bare) => bare.replaceAll('"', '')],
      ['it in small letters', (bare) => bare.toLowerCase()],
    ])('not: %s', async (_name, change) => {
      const { headers } = await send(PATH)
      for (const path of [PATH, LONG]) {
        const answer = await send(path, { 'if-none-match': tagged(headers.etag ?? '', change) })
        expect(answer.status).toBe(200)
      }
    })

    it('is sent again as soon as it is another', async () => {
      const own = await startTestServer({ simulator })
      const other = await own.register()
      await own.saveKeys(other.token, ['groq'])
      await own.call('GET', PATH, { token: other.token })
      const before = await own.call('GET', PATH, { token: other.token })
      const tag = before.headers.get('etag') ?? ''
      const ask = () => own.call('GET', PATH, { token: other.token, headers: { 'if-none-match': tag } })
      expect((await ask()).status).toBe(304)
      await simulator.set('groq', { fault: 'G14' })
      await own.call('GET', `${PATH}?force_refresh=true`, { token: other.token })
      const after = await ask()
      expect(after.status).toBe(200)
      expect(after.headers.get('etag')).not.toBe(tag)
      await own.call('DELETE', '/api/api-keys/groq', { token: other.token })
      expect((await ask()).json.statuses).toEqual([])
      await own.remove()
      await simulator.reset()
    })
  })

  it.each([
    [{}],
    [{ 'accept-encoding': 'br' }],
    [{ 'accept-encoding': 'gzip' }],
    [{ 'accept-encoding': 'zstd' }],
    [{ 'accept-encoding': 'deflate' }],
    [{ 'if-none-match': '*' }],
  ] as Record<string, string>[][])('is the same the short way and the long: %j', async (headers) => {
    await send(PATH, headers)
    const short = await send(PATH, headers)
    const long = await send(LONG, headers)
    expect(short.status).toBe(long.status)
    expect(short.body.equals(long.body)).toBe(true)
    const comparable = ({ headers }: { headers: IncomingHttpHeaders }) => {
      const { 'x-request-id': id, date, ...rest } = headers
      expect(id).toBeTruthy()
      expect(date).toBeTruthy()
      return rest
    }
    expect(comparable(short)).toEqual(comparable(long))
  })

  it('goes the short way only for who may see it', async () => {
    const ask = (headers: Record<string, string>) => send(PATH, headers).then(({ status }) => status)
    expect(await ask({})).toBe(200)
    expect(await ask({ authorization: '' })).toBe(401)
    expect(await ask({ authorization: `Bearer ${token}x` })).toBe(401)
    const made = await server.call('POST', '/api/access-tokens', {
      token,
      body: { name: 'keys alone', scopes: ['keys'] },
    })
    // also where that token is known already
    for (let times = 0; times < 2; times++)
      expect(await ask({ authorization: `Bearer ${made.json.token}` })).toBe(403)
    expect((await send(PATH, {}, 'POST')).status).toBe(405)
    const head = await send(PATH, {}, 'HEAD')
    expect([head.status, head.body.length]).toEqual([200, 0])
  })
})

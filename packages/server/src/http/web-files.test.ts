import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRaw, sendRaw } from '../testing/raw-request.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const PAGE = '<!doctype html><title>Rollcall</title><div id="app"></div>'
const SCRIPT = `export const text = '${'long '.repeat(500)}'`
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const PLAIN = { 'accept-encoding': 'identity' }

let folder: string
let server: TestServer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-web-'))
  const bundle = join(folder, 'bundle')
  mkdirSync(join(bundle, 'assets'), { recursive: true })
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(bundle, name), content)
  write('index.html', PAGE)
  write('theme.js', 'document.body')
  write('favicon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
  write('made-of.txt', 'nobody’s business')
  write('assets/app-1a2b.js', SCRIPT)
  write('assets/app-1a2b.js.br', brotliCompressSync(SCRIPT))
  write('assets/app-1a2b.js.gz', gzipSync(SCRIPT))
  write('assets/app-3c4d.css', 'body{}')
  write('assets/inter.woff2', Uint8Array.of(1, 2, 3))
  write('assets/picture.png', Uint8Array.of(4))
  write('assets/manifest.json', '{}')
  writeFileSync(join(folder, 'secret.js'), 'beside the bundle')
  server = await startTestServer({ web: bundle })
})
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) => server.call('GET', path, { headers })

describe('the files of the web app', () => {
  it.each([
    ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['/theme.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/favicon.svg', 'image/svg+xml', 'no-cache'],
    ['/assets/app-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/app-3c4d.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/inter.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
    ['/assets/picture.png', 'image/png', 'public, max-age=31536000, immutable'],
    ['/assets/manifest.json', 'application/json', 'public, max-age=31536000, immutable'],
  ])('has %s as %s, kept as %s', async (path, type, caching) => {
    const { status, headers } = await get(path)
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, type, caching])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self';")
  })

  it.each(['br', 'gzip'])('are sent as they were compressed before, with %s', async (encoding) => {
    const { headers, text } = await get('/assets/app-1a2b.js', { 'accept-encoding': encoding })
    const compressed = encoding === 'br' ? brotliCompressSync(SCRIPT) : gzipSync(SCRIPT)
    expect([headers.get('content-encoding'), headers.get('content-length')]).toEqual([
      encoding,
      `${compressed.length}`,
    ])
    expect(headers.get('vary')).toBe('accept-encoding')
    expect(text).toBe(SCRIPT)
  })

  it('are sent plain to whoever takes nothing else', async () => {
    const { headers, text } = await get('/assets/app-1a2b.js', PLAIN)
    expect([headers.has('content-encoding'), headers.get('content-length')]).toEqual([
      false,
      `${SCRIPT.length}`,
    ])
    expect(text).toBe(SCRIPT)
  })

  it('are not sent again to whoever has them', async () => {
    for (const path of ['/', '/theme.js', '/assets/app-1a2b.js']) {
      const { headers } = await get(path, BROWSER)
      const etag = headers.get('etag') ?? ''
      expect(etag).toMatch(/^W\/"[\w-]{27}"$/)
      const again = await get(path, { ...BROWSER, 'if-none-match': etag })
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
      expect(again.headers.get('cache-control')).toBe(headers.get('cache-control'))
      expect((await get(path, { ...BROWSER, 'if-none-match': 'W/"other"' })).status).toBe(200)
    }
  })

  it('come without a body where only their head is asked for', async () => {
    const { status, headers, text } = await server.call('HEAD', '/theme.js', { headers: PLAIN })
    expect([status, text, headers.get('content-length')]).toEqual([200, '', '13'])
  })

  it.each([
    '/made-of.txt',
    '/assets/app-1a2b.js.br',
    '/assets/app-1a2b.js.gz',
    '/assets',
    '/assets/',
    '/assets/nothing.js',
    '/secret.js',
  ])('are no other file of a disk: %s', async (path) => {
    expect((await get(path)).json?.error.code).toBe('not_found')
  })

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/..%5csecret.js',
    '//secret.js',
    '/assets/%00.js',
    '/constructor',
    '/__proto__',
  ])('are none that an address leads to by tricks: %s', async (path) => {
    const { status, body } = await sendRaw(server.address, `GET ${path} HTTP/1.1`, ['Host: localhost'])
    expect([status, body]).toEqual([404, expect.stringContaining('"not_found"')])
  })

  it('change nothing of what a program may do with their addresses', async () => {
    expect((await server.call('POST', '/theme.js', { body: {} })).status).toBe(404)
    expect((await server.call('PUT', '/docs')).status).toBe(405)
  })
})

describe('an address of the web app', () => {
  it.each(['/', '/models', '/runs/0199-1', '/models/gpt-4.1', '/a/%2f/b', '/apix', '/documents'])(
    'is the app in a browser: %s',
    async (path) => {
      const { status, text, headers } = await get(path, BROWSER)
      expect([status, text]).toEqual([200, PAGE])
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('cache-control')).toBe('no-cache')
      expect(headers.get('vary')).toContain('accept')
    },
  )

  it('is the front door for everybody', async () => {
    expect((await get('/', { accept: 'application/json' })).text).toBe(PAGE)
  })

  it.each([
    '/api',
    '/api/nothing',
    '/api/runs/a/b',
    '/assets/old-9f9f.js',
    '/health',
    '/health/nothing',
    '/docs/nothing',
    '/openapi.json/nothing',
  ])('is not %s, in a browser either', async (path) => {
    const { status, json } = await get(path, BROWSER)
    expect([status, json?.error.code]).toEqual([404, 'not_found'])
  })

  it('is nothing to a program', async () => {
    for (const accept of ['application/json', '*/*']) {
      const { status, json } = await get('/models', { accept })
      expect([status, json?.error.code]).toEqual([404, 'not_found'])
    }
    expect((await server.call('POST', '/models', { headers: BROWSER })).status).toBe(404)
  })

  it('leaves what is described, and the API, where they are', async () => {
    expect((await get('/docs', BROWSER)).text).toContain('Rollcall API')
    expect((await get('/openapi.json', BROWSER)).json.openapi).toBe('3.1.0')
    expect((await get('/health/live', BROWSER)).json).toEqual({ status: 'ok' })
    expect((await get('/available-models', BROWSER)).status).toBe(401)
  })
})

it('is read once: what becomes of the folder later changes nothing', async () => {
  const own = mkdtempSync(join(tmpdir(), 'rollcall-web-'))
  writeFileSync(join(own, 'index.html'), PAGE)
  const other = await startTestServer({ web: own })
  rmSync(own, { recursive: true })
  expect((await other.call('GET', '/')).text).toBe(PAGE)
  const connection = await openRaw(other.address)
  connection.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\nHEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  expect((await connection.until(/200 OK[\s\S]*200 OK[\s\S]*\r\n\r\n$/)).match(/<!doctype/g)).toHaveLength(1)
  connection.destroy()
  await other.remove()
})

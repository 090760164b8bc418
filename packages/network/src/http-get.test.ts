import { once } from 'node:events'
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { GetRequest } from '@rollcall/core/transport'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { NetworkOptions } from './agent.ts'
import { createHttpGet } from './http-get.ts'

const opened: (Server | HttpServer)[] = []
const networks: { close: () => Promise<void> }[] = []

afterEach(async () => {
  for (const network of networks.splice(0)) await network.close()
  for (const server of opened.splice(0)) server.close()
})

/** A server on loopback; `sockets` are those open right now. */
async function listen<T extends Server | HttpServer>(server: T, host = '127.0.0.1') {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  server.listen(0, host)
  await once(server, 'listening')
  opened.push(server)
  return { port: (server.address() as AddressInfo).port, sockets }
}

const serve = (listener: RequestListener, host?: string) => listen(createServer(listener), host)
const talk = (listener: (socket: Socket) => void) => listen(createTcpServer(listener))

function createGet(options: NetworkOptions = {}) {
  const network = createHttpGet(options)
  networks.push(network)
  return (url: string, change: Partial<GetRequest> = {}) =>
    network.get({
      url,
      headers: { authorization: 'Bearer canary-key' },
      signal: new AbortController().signal,
      mostBytes: 1024 * 1024,
      mostErrorBytes: 1024,
      ...change,
    })
}

const textOf = (result: Awaited<ReturnType<ReturnType<typeof createGet>>>) =>
  'answer' in result ? new TextDecoder().decode(result.answer.body) : result

describe('a body', () => {
  it('may come in single bytes', async () => {
    const text = 'x'.repeat(100_000)
    const { port } = await talk((socket) => {
      const chunk = Buffer.from('1\r\nx\r\n')
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
        socket.end(
          Buffer.concat([...Array.from({ length: text.length }, () => chunk), Buffer.from('0\r\n\r\n')]),
        )
      })
    })
    expect(textOf(await createGet()(`http://127.0.0.1:${port}/`))).toBe(text)
  })

  it.each([
    [1024 * 1024, 'answer'],
    [1024 * 1024 + 1, 'failure'],
  ])('of %i bytes is an %s', async (size, what) => {
    const { port } = await serve((_request, response) => response.end(Buffer.alloc(size)))
    expect(Object.keys(await createGet()(`http://127.0.0.1:${port}/`))).toEqual([what])
  })

  it.each([true, false])(
    'of an error is kept from its beginning, as far as it is worth (gzip: %s)',
    async (isGzip) => {
      const text = JSON.stringify({ error: { code: 'invalid_api_key' }, padding: 'x'.repeat(5_000_000) })
      const { port } = await serve((_request, response) => {
        response.writeHead(401, isGzip ? { 'content-encoding': 'gzip' } : {})
        // packed it is only a few kilobytes
        response.end(isGzip ? gzipSync(text) : text)
      })
      const result = await createGet()(`http://127.0.0.1:${port}/`, { mostErrorBytes: 16 * 1024 })
      expect(result).toMatchObject({ answer: { status: 401 } })
      expect('answer' in result && result.answer.body.length).toBeLessThanOrEqual(16 * 1024)
      if (!isGzip) expect(textOf(result)).toContain('invalid_api_key')
    },
  )
})

it('a status is told although its words never end', async () => {
  const { port } = await serve((_request, response) => {
    response.writeHead(401)
    response.write('{"error":')
  })
  expect(await createGet()(`http://127.0.0.1:${port}/`)).toMatchObject({ answer: { status: 401 } })
})

describe('a kept connection', () => {
  it('that died meanwhile costs nothing: the call goes out again on a new one', async () => {
    let requests = 0
    const { port } = await talk((socket) => {
      let served = 0
      socket.on('data', () => {
        requests++
        if (++served === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
        else socket.resetAndDestroy()
      })
    })
    const get = createGet()
    const url = `http://127.0.0.1:${port}/`
    for (let round = 0; round < 3; round++) expect(textOf(await get(url))).toBe('ok')
    // some of them found the connection dead first
    expect(requests).toBeGreaterThan(3)
  })

  it('is no excuse for a server that always resets', async () => {
    let requests = 0
    const { port } = await talk((socket) => {
      socket.on('data', () => {
        requests++
        socket.resetAndDestroy()
      })
    })
    expect(await createGet()(`http://127.0.0.1:${port}/`)).toMatchObject({
      failure: { code: 'unreachable', detail: 'reset' },
    })
    expect(requests).toBe(1)
  })
})

describe('an abort while connecting', () => {
  it('drops the connection at once', async () => {
    // takes the connection and never says a word of TLS
    const { port, sockets } = await talk((socket) => socket.resume())
    const caller = new AbortController()
    const pending = createGet({ connectTimeoutMs: 60_000 })(`https://127.0.0.1:${port}/`, {
      signal: caller.signal,
    })
    await vi.waitFor(() => expect(sockets.size).toBe(1))
    caller.abort()
    expect(await pending).toEqual({ failure: { code: 'timeout' } })
    await vi.waitFor(() => expect(sockets.size).toBe(0))
  })

  it('leaves the next call a connection of its own', async () => {
    let isWell = false
    const { port } = await talk((socket) => {
      if (isWell) socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'))
    })
    const get = createGet()
    const url = `http://127.0.0.1:${port}/`
    expect(await get(url, { signal: AbortSignal.timeout(50) })).toEqual({ failure: { code: 'timeout' } })
    isWell = true
    expect(textOf(await get(url))).toBe('ok')
  })
})

describe('a proxy', () => {
  const through = (port: number, more: NetworkOptions = {}) =>
    createGet({ proxies: { httpsProxy: `http://127.0.0.1:${port}`, noProxy: '' }, ...more })

  it('has nothing to do with plain http, which never leaves this machine', async () => {
    let connections = 0
    const { port: proxyPort } = await talk(() => connections++)
    const { port } = await serve((_request, response) => response.end('ok'), '127.0.0.2')
    expect(textOf(await through(proxyPort)(`http://127.0.0.2:${port}/`))).toBe('ok')
    expect(connections).toBe(0)
  })

  it('that is not there is named, and not asked twice', async () => {
    expect(await through(9)('https://provider.test/')).toEqual({
      failure: { code: 'unreachable', detail: 'proxy' },
    })
  })

  it('that never opens the tunnel does not hold the call', async () => {
    const { port } = await talk(() => {})
    expect(await through(port, { connectTimeoutMs: 300 })('https://provider.test/')).toEqual({
      failure: { code: 'unreachable', detail: 'proxy' },
    })
  })

  it('does not make the time to connect longer for the host behind it', async () => {
    const { port } = await talk((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'))
    })
    expect(await through(port, { connectTimeoutMs: 300 })('https://provider.test/')).toEqual({
      failure: { code: 'timeout', detail: 'connecting' },
    })
  })
})

it.each([
  [
    'a 100 that nobody asked for',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
  ],
  [
    'a thousand fields of one name',
    `HTTP/1.1 200 OK\r\n${'x: 1\r\n'.repeat(1_000)}content-length: 0\r\n\r\n`,
  ],
])('%s is a bad response', async (_name, bytes) => {
  const { port } = await talk((socket) => {
    socket.once('data', () => socket.end(bytes))
  })
  expect(await createGet()(`http://127.0.0.1:${port}/`)).toMatchObject({ failure: { code: 'bad_response' } })
})

it.each([true, false])(
  'nobody is asked after the end, nor a socket opened (asked before: %s)',
  async (isUsed) => {
    const seen = vi.fn()
    const { port } = await serve((_request, response) => {
      seen()
      response.end('{}')
    })
    const get = createGet()
    if (isUsed) await get(`http://127.0.0.1:${port}/`)
    seen.mockClear()
    await networks.at(-1)?.close()
    expect(await get(`http://127.0.0.1:${port}/`)).toMatchObject({ failure: { code: 'unreachable' } })
    expect(seen).not.toHaveBeenCalled()
  },
)

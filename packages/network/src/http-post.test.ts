import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpPost } from './http-post.ts'

const opened: Server[] = []
const networks: { close: () => Promise<void> }[] = []

afterEach(async () => {
  for (const network of networks.splice(0)) await network.close()
  for (const server of opened.splice(0)) server.close()
})

async function serve(listener: RequestListener) {
  const server = createServer(listener)
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    socket.on('error', () => {}).on('close', () => (connections -= 1))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  opened.push(server)
  const { post, close } = createHttpPost()
  networks.push({ close })
  const controller = new AbortController()
  return {
    controller,
    connections: () => connections,
    post: () =>
      post({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat?alt=sse`,
        headers: { 'x-api-key': 'canary-key', 'content-type': 'application/json' },
        body: '{"question":"ça va ?"}',
        signal: controller.signal,
        mostErrorBytes: 1024,
      }),
  }
}

async function read(result: Awaited<ReturnType<Awaited<ReturnType<typeof serve>>['post']>>) {
  if (!('open' in result)) throw new Error('there is no open answer')
  let text = ''
  for (;;) {
    const { done, value } = await result.open.stream.next()
    if (done) return { text, failure: value }
    text += Buffer.from(value).toString()
  }
}

describe('a post', () => {
  it('sends what it is given and leaves the answer open', async () => {
    const { post } = await serve(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      response.write(
        `${request.method} ${request.url} ${request.headers['content-type']} ${request.headers['accept-encoding']} `,
      )
      response.end(body)
    })
    expect(await read(await post())).toEqual({
      text: 'POST /chat?alt=sse application/json identity {"question":"ça va ?"}',
      failure: undefined,
    })
  })

  it.each([301, 302, 303, 307, 308])('follows no %i', async (status) => {
    let requests = 0
    const { post } = await serve((_request, response) => {
      requests += 1
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
    expect(await post()).toMatchObject({ answer: { status, headers: { location: '/elsewhere' } } })
    expect(requests).toBe(1)
  })

  it('is not sent again, also where a kept connection turns out to be dead', async () => {
    let requests = 0
    const { post } = await serve((request, response) => {
      requests += 1
      if (requests === 1) response.end('good')
      else request.socket.destroy()
    })
    await read(await post())
    expect(await post()).toEqual({ failure: { code: 'unreachable', detail: 'reset', isRetryable: true } })
    expect(requests).toBe(2)
  })

  it('says what cut its answer off, after what came', async () => {
    const { post } = await serve((request, response) => {
      response.write('half', () => setTimeout(() => request.socket.destroy(), 20))
    })
    expect(await read(await post())).toMatchObject({
      text: 'half',
      failure: { code: 'bad_response', detail: 'cut_off' },
    })
  })

  it('takes no encoding that it did not ask for', async () => {
    const { post, connections } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('text'))
    })
    expect(await post()).toMatchObject({ failure: { code: 'bad_response', detail: 'encoding' } })
    await expect.poll(connections).toBe(0)
  })

  it('keeps only the beginning of an error', async () => {
    const { post } = await serve((_request, response) => response.writeHead(500).end('x'.repeat(5_000)))
    const result = await post()
    expect('answer' in result && result.answer.body.length).toBe(1024)
  })
})

describe('the end of waiting', () => {
  it.each([
    ['before an answer', () => {}],
    ['within it', (_request, response) => response.write('first')],
  ] as [string, RequestListener][])('closes the connection %s', async (_name, listener) => {
    const { post, controller, connections } = await serve(listener)
    const pending = post()
    await expect.poll(connections).toBe(1)
    if (_name === 'within it') {
      const result = await pending
      setTimeout(() => controller.abort(), 20)
      expect(await read(result)).toEqual({ text: 'first', failure: { code: 'timeout' } })
    } else {
      controller.abort()
      expect(await pending).toEqual({ failure: { code: 'timeout' } })
    }
    await expect.poll(connections).toBe(0)
  })

  it('closes it also before anybody has begun to read', async () => {
    const { post, controller, connections } = await serve(
      (_request, response) => void response.write('first'),
    )
    const result = await post()
    controller.abort()
    await expect.poll(connections).toBe(0)
    expect(await read(result)).toEqual({ text: '', failure: { code: 'timeout' } })
  })

  it('closes it too for whoever leaves the answer', async () => {
    const { post, connections } = await serve((_request, response) => void response.write('first'))
    const result = await post()
    if (!('open' in result)) throw new Error('there is no open answer')
    await result.open.stream.next()
    await result.open.stream.return(undefined)
    await expect.poll(connections).toBe(0)
  })
})

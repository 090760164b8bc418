import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listenToEvents } from '../testing/events.ts'
import { openRaw, sendRaw } from '../testing/raw-request.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe('a connection', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({
      limits: {
        headersTimeout: 200,
        requestTimeout: 300,
        connectionsCheckingInterval: 50,
        keepAliveTimeout: 200,
      },
    })
  })
  afterAll(() => server.remove())

  it.each([
    ['nothing at all', ''],
    ['half a line', 'GET /health'],
    ['headers without an end', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-One: 1\r\n'],
    [
      'a body without an end',
      'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
  ])('that sends %s is ended', async (_what, text) => {
    const connection = await openRaw(server.address)
    if (text) connection.send(text)
    const received = await connection.closed()
    expect(received).toMatch(/^(HTTP\/1\.1 408|$)/)
    // nothing of it is taken for a bug
    const events = server.logLines().map((line) => JSON.parse(line).event)
    expect(events).not.toContain('bug')
    expect(events).not.toContain('storage_trouble')
  })

  it('that drips its headers is ended', async () => {
    const connection = await openRaw(server.address)
    connection.send('GET /health/live HTTP/1.1\r\nHost: localhost\r\n')
    const drip = setInterval(() => connection.send('X: y\r\n'), 20)
    await connection.closed()
    clearInterval(drip)
  })

  it('that asks for nothing more is ended', async () => {
    const connection = await openRaw(server.address)
    connection.send('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(await connection.closed()).toContain('{"status":"ok"}')
  })

  it.each([
    [
      'a header that is too large',
      `GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`,
      431,
    ],
    [
      'headers that are too large together',
      `GET /health/live HTTP/1.1\r\nHost: localhost\r\n${`X: ${'x'.repeat(500)}\r\n`.repeat(40)}\r\n`,
      431,
    ],
    ['an address that is too long', `GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['two lengths', 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'a length beside chunks',
      'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['no host', 'GET /health/live HTTP/1.1\r\n\r\n', 400],
  ])('that sends %s is refused and ended', async (_what, text, status) => {
    const connection = await openRaw(server.address)
    connection.send(text)
    expect(await connection.closed()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  it('serves headers that are just not too large', async () => {
    const reply = await sendRaw(server.address, 'GET /health/live HTTP/1.1', [
      'Host: localhost',
      `X: ${'x'.repeat(15_000)}`,
    ])
    expect(reply.status).toBe(200)
  })
})

it('a sender who goes on and on is told so, and cut off', async () => {
  // by no other limit
  const server = await startTestServer({ limits: { requestTimeout: 0, headersTimeout: 0 } })
  const connection = await openRaw(server.address)
  connection.send(
    'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
  )
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
  const sending = setInterval(() => connection.send(chunk), 1)
  expect(await connection.closed()).toMatch(/^HTTP\/1\.1 413 [\s\S]*"too_large"/)
  clearInterval(sending)
  await server.remove()
})

describe('a server that stops', () => {
  let simulator: Simulator
  let server: TestServer
  let token: string
  let isRemoved: boolean

  beforeEach(async () => {
    simulator = await createSimulator({ size: 'small', latencyMs: { openai: 300 } })
    server = await startTestServer({ simulator, environment: { ROLLCALL_PROVIDER_TIMEOUT_MS: '600000' } })
    token = (await server.register()).token
    isRemoved = false
  })
  afterEach(async () => {
    if (!isRemoved) await server.remove()
    await simulator.close()
  })

  it('finishes what is under way, and takes nothing new', async () => {
    await server.saveKeys(token, ['openai'])
    const underWay = server.call('GET', '/api/available-models', { token })
    await expect.poll(() => simulator.openConnections('openai'), { timeout: 10_000 }).toBeGreaterThan(0)
    // begun before the end, and asked only then
    const late = await openRaw(server.address)
    late.send('GET /health/ready HTTP/1.1\r\nHost: localhost\r\n')
    const idle = await openRaw(server.address)
    idle.send('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await idle.until(/"ok"/)

    const closed = server.close()
    await expect(openRaw(server.address)).rejects.toThrow('ECONNREFUSED')
    await idle.closed()
    late.send('\r\n')
    expect(await late.closed()).toMatch(/^HTTP\/1\.1 503 [\s\S]*"unavailable"/)
    const { status, json } = await underWay
    expect(status).toBe(200)
    expect(json.statuses).toMatchObject([
      { provider_key: 'openai', status: expect.stringMatching(/^(fresh|cached)$/) },
    ])
    await closed
    expect(server.logLines().at(-1)).toContain('"stopped"')
  })

  it('ends its streams', async () => {
    await simulator.set('groq', { fault: 'C1' })
    await server.saveKeys(token, ['groq'])
    const events = await listenToEvents(server, '/api/available-models/stream', token)
    expect((await events.next())?.event).toBe('snapshot')
    const closed = server.close()
    expect(await events.all()).toEqual([])
    await closed
  })

  it('does not wait for a connection that a browser has opened ahead', async () => {
    const ahead = await openRaw(server.address)
    const closed = server.close()
    expect(await ahead.closed()).toBe('')
    await closed
  }, 10_000)

  it('does so once, however often it is told to', async () => {
    await Promise.all([server.close(), server.close()])
    expect(server.logLines().filter((line) => line.includes('"stopped"'))).toHaveLength(1)
    await server.remove()
    isRemoved = true
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../http/bind.ts'
import { createListeners } from '../storage/listeners.ts'
import { listenToEvents } from '../testing/events.ts'
import { eventually } from '../testing/eventually.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'
import { createChangeStream } from './change-stream.ts'

const PATH = '/api/events'
type Stream = Awaited<ReturnType<typeof listenToEvents>>

describe.each(DIALECTS)('the stream of changes on %s', (dialect) => {
  let server: TestServer
  let passedMs = 0
  const streams: Stream[] = []

  beforeAll(async () => {
    server = await startTestServer({ dialect, now: () => Date.now() + passedMs })
  })
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close()
  })
  afterAll(() => server.remove())

  /** Has heard `open`. */
  async function listen(token: string, at = server): Promise<Stream> {
    const stream = await listenToEvents(at, PATH, token)
    streams.push(stream)
    expect(stream.status).toBe(200)
    expect(await stream.next()).toEqual({ event: 'open', data: {} })
    return stream
  }
  async function createRun(token: string, at = server): Promise<string> {
    const body = { models: ['openai/gpt-4o'], prompt: 'Why?' }
    const { status, json } = await at.call('POST', '/api/runs', { token, body })
    expect(status).toBe(201)
    return json.id
  }
  const told = (kind: string) => ({ event: 'change', data: { kind } })

  it('is a stream that nobody keeps, compresses or holds back', async () => {
    const { token } = await server.register()
    const { headers } = await listen(token)
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-accel-buffering')).toBe('no')
    expect(headers.has('content-encoding')).toBe(false)
  })

  it('tells runs and keys as they change, and what becomes known of their lists', async () => {
    const { token } = await server.register()
    const stream = await listen(token)
    const id = await createRun(token)
    expect(await stream.next()).toEqual(told('runs'))
    await server.call('DELETE', `/api/runs/${id}`, { token })
    expect(await stream.next()).toEqual(told('runs'))
    await server.call('DELETE', `/api/runs/${id}`, { token }) // it is gone: nothing changes
    const body = { provider: 'openai', key: 'sk-nobody-knows-it' }
    await server.call('POST', '/api/api-keys', { token, body })
    expect(await stream.next()).toEqual(told('keys'))
    await server.call('DELETE', '/api/api-keys/openai', { token })
    expect((await stream.next())?.data.kind).toMatch(/^(keys|lists)$/)
  })

  it('tells nobody of what is another’s', async () => {
    const [ada, bob] = [await server.register(), await server.register()]
    const [adas, bobs] = [await listen(ada.token), await listen(bob.token)]
    await createRun(bob.token)
    await createRun(bob.token)
    expect(await bobs.next()).toEqual(told('runs'))
    const body = { provider: 'openai', key: 'sk-nobody-knows-it' }
    await server.call('POST', '/api/api-keys', { token: ada.token, body })
    // the first that she hears is her own
    expect(await adas.next()).toEqual(told('keys'))
  })

  it('tells many changes of a moment as few, and never loses the last', async () => {
    const { token } = await server.register()
    const stream = await listen(token)
    for (let count = 0; count < 30; count++) await createRun(token)
    const { json } = await server.call('GET', '/api/runs?limit=1', { token })
    expect(await stream.next()).toEqual(told('runs'))
    // there is another one after the first, and what it is told of is all there then
    expect(await stream.next()).toEqual(told('runs'))
    await server.call('DELETE', `/api/runs/${json.runs[0].id}`, { token })
    await server.call('POST', '/api/auth/logout', { token })
    const rest = (await stream.all()).map(({ data }) => data.kind)
    expect(rest.at(-1)).toBe('account')
    expect(rest.length).toBeLessThan(15)
  })

  it('ends with its last words when the access of its user changes, and for nobody else', async () => {
    const { token, cookie } = await server.register()
    const other = await server.register()
    const [stream, others] = [await listen(token), await listen(other.token)]
    await server.call('POST', '/api/auth/logout', { token, headers: { cookie } })
    expect(await stream.all()).toEqual([told('account')])
    await createRun(other.token)
    expect(await others.next()).toEqual(told('runs'))
  })

  it('ends with the token it was opened with', async () => {
    const { token } = await server.register()
    passedMs += 598_500
    const stream = await listen(token)
    expect(await stream.all()).toEqual([])
    passedMs = 0
  })

  it('ends when the server closes', async () => {
    const own = await startTestServer({ dialect })
    const { token } = await own.register()
    const stream = await listen(token, own)
    const removed = own.remove()
    expect(await stream.next()).toBeUndefined()
    await removed
  })

  it('gives up the oldest of more than twenty of one user', async () => {
    const { token } = await server.register()
    const other = await server.register()
    const others = await listen(other.token)
    const all: Stream[] = []
    for (let count = 0; count < 22; count++) all.push(await listen(token))
    const [first, second, ...rest] = all
    expect(await first?.next()).toBeUndefined()
    expect(await second?.next()).toBeUndefined()
    await createRun(token)
    for (const stream of rest) expect(await stream.next()).toEqual(told('runs'))
    // one that has gone makes room
    rest[0]?.close()
    await createRun(other.token)
    expect(await others.next()).toEqual(told('runs'))
  })

  it('leaves no timer behind where readers hang up', async () => {
    const { token } = await server.register()
    const before = timersOf()
    const opened = await Promise.all(Array.from({ length: 15 }, () => listen(token)))
    // one or the other that had nothing to do with it may have ended
    expect(timersOf()).toBeGreaterThanOrEqual(before + 25)
    for (const stream of opened) stream.close()
    await eventually(() => expect(timersOf()).toBeLessThan(before + 10))
  })

  it('is for whoever is signed in', async () => {
    const { token } = await server.register()
    expect((await server.call('GET', PATH)).status).toBe(401)
    const made = await server.call('POST', '/api/access-tokens', {
      token,
      body: { name: 'all', scopes: ['models', 'keys', 'runs'] },
    })
    expect((await server.call('GET', PATH, { token: made.json.token })).status).toBe(403)
  })
})

it('hears what another process on the same PostgreSQL has changed', async () => {
  const first = await startTestServer({ dialect: 'postgres' })
  const second = await startTestServer({ dialect: 'postgres', place: first.place })
  const { token } = await first.register()
  const stream = await listenToEvents(second, PATH, token)
  expect(await stream.next()).toEqual({ event: 'open', data: {} })
  await first.call('POST', '/api/runs', { token, body: { models: ['a/b'], prompt: 'x' } })
  expect(await stream.next()).toEqual({ event: 'change', data: { kind: 'runs' } })
  await first.call('POST', '/api/auth/logout', { token })
  expect(await stream.all()).toEqual([{ event: 'change', data: { kind: 'account' } }])
  await second.close()
  await first.remove()
})

it('keeps one of each kind for a reader who does not read', async () => {
  const listeners = createListeners()
  const sent: string[] = []
  let listening = 0
  const reading = Promise.withResolvers<void>()
  const end = new AbortController()
  let told: Promise<void> | undefined
  const { changes } = createChangeStream({
    storage: {
      onChange(listener) {
        listening++
        const stop = listeners.add(listener)
        return () => {
          listening--
          stop()
        }
      },
    },
    openStream(_call, { tell }) {
      const send = (event: string, data: string) => {
        sent.push(`${event} ${data}`)
        return reading.promise
      }
      told = tell(send, end.signal)
      return new Response()
    },
    now: Date.now,
  })
  const who = { userId: 'ada', expiresAt: Date.now() + 60_000 }
  await changes({ who, signal: end.signal } as Request<'changes'>)
  for (let count = 0; count < 1_000; count++) {
    listeners.tell({ kind: 'runs', userId: 'ada' })
    listeners.tell({ kind: 'lists', userId: 'ada' })
    listeners.tell({ kind: 'keys', userId: 'bob', keyId: 1 })
  }
  expect(sent).toEqual(['open {}'])
  reading.resolve()
  await eventually(() => expect(sent).toHaveLength(3))
  expect(sent.slice(1)).toEqual(['change {"kind":"runs"}', 'change {"kind":"lists"}'])
  end.abort()
  await told
  expect([sent.length, listening]).toEqual([3, 0])
})

/** Timers of this process that are under way. */
function timersOf(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
}

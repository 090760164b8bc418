import { describe, expect, expectTypeOf, it } from 'vitest'
import { ApiError, type ClientPorts, createClient } from './client.ts'
import type { Endpoint } from './endpoint.ts'
import { ENDPOINTS, type EndpointName } from './endpoints.ts'

const SERVER = 'https://rollcall.example'
const TOKEN = 'rc_a-token-that-nobody-may-see'
const endpoints = Object.entries(ENDPOINTS as Record<string, Endpoint>) as [EndpointName, Endpoint][]

interface Sent {
  url: string
  init: Parameters<ClientPorts['fetch']>[1]
}

/** A client of a server that always says the same. */
function clientOf(status: number, answer: unknown, token: string | undefined = TOKEN) {
  const sent: Sent[] = []
  const call = createClient({
    server: SERVER,
    token: () => token,
    async fetch(url, init) {
      sent.push({ url, init })
      return { status, text: async () => (typeof answer === 'string' ? answer : JSON.stringify(answer)) }
    },
  })
  // by name alone: what each takes is the type's affair
  const callAny = call as (name: EndpointName, input: object) => Promise<unknown>
  return { call, callAny, sent }
}

async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => expect.unreachable('it was to fail'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}

/** All that a program could come to print of it. */
const allOf = (error: ApiError) =>
  JSON.stringify([error, error.message, error.stack, `${error}`, error.cause])

describe('the typed client', () => {
  it.each(endpoints)('calls %s by its method and path', async (name, { method, path, example = {} }) => {
    const { callAny, sent } = clientOf(500, {})
    await errorOf(callAny(name, example))
    const [{ url, init } = { url: '', init: undefined }] = sent
    const filled = Object.entries(example.params ?? {}).reduce(
      (text, [param, value]) => text.replace(`{${param}}`, encodeURIComponent(value)),
      path,
    )
    const query = example.query ? `?${new URLSearchParams(example.query)}` : ''
    expect(url).toBe(`${SERVER}${filled}${query}`)
    expect(init).toEqual({
      method,
      redirect: 'error',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${TOKEN}`,
        ...(example.body ? { 'content-type': 'application/json' } : {}),
      },
      ...(example.body ? { body: JSON.stringify(example.body) } : {}),
    })
  })

  it('writes params and queries so that they stay what they are', async () => {
    const { call, sent } = clientOf(204, '')
    await call('removeKey', { params: { provider: 'a/b?c#d e' }, query: { label: 'x&y=z /ü' } })
    await call('removeKey', { params: { provider: 'openai' }, query: { label: undefined } })
    expect(sent.map(({ url }) => url)).toEqual([
      `${SERVER}/api/api-keys/a%2Fb%3Fc%23d%20e?label=x%26y%3Dz+%2F%C3%BC`,
      `${SERVER}/api/api-keys/openai`,
    ])
  })

  it('asks for the token anew each time, and sends none where there is none', async () => {
    const tokens = ['first', 'second', undefined]
    const sent: (string | undefined)[] = []
    const call = createClient({
      server: SERVER,
      token: () => tokens.shift(),
      async fetch(_url, { headers }) {
        sent.push(headers.authorization)
        return { status: 200, text: async () => '{"status":"ok"}' }
      },
    })
    for (let times = 0; times < 3; times++) await call('live', {})
    expect(sent).toEqual(['Bearer first', 'Bearer second', undefined])
  })

  it('gives the answer as its schema reads it, without what it does not know', async () => {
    const user = { id: '1', email: 'a@b.c', role: 'user', two_factor: false, created_at: 'then' }
    const { call } = clientOf(200, { ...user, newer: true })
    const me = await call('me', {})
    expect(me).toEqual(user)
    expectTypeOf(me.role).toEqualTypeOf<'user' | 'admin'>()
  })

  it('gives nothing where there is nothing', async () => {
    const gone = await clientOf(204, '').call('signOut', {})
    expect(gone).toBeUndefined()
    expectTypeOf(gone).toEqualTypeOf<undefined>()
  })

  it('throws what the server says, in its words', async () => {
    const { call } = clientOf(422, {
      error: { code: 'key_text', message: 'It holds a space.', field: 'key' },
    })
    const error = await errorOf(call('saveKey', { body: { provider: 'openai', key: 'a b' } }))
    expect(error).toMatchObject({ code: 'key_text', message: 'It holds a space.', status: 422, field: 'key' })
  })

  it.each([
    ['a page', 200, '<!doctype html>'],
    ['nothing', 200, ''],
    ['another answer', 200, { id: 1 }],
    ['a list', 200, []],
    [
      'success of another kind',
      201,
      { id: '1', email: 'a@b.c', role: 'user', two_factor: false, created_at: '' },
    ],
    ['a page that says no', 502, '<h1>Bad Gateway</h1>'],
    ['an error that is none of ours', 404, { error: 'not found' }],
    ['a code that is not known', 400, { error: { code: 'teapot', message: 'x' } }],
  ])('says that it is no Rollcall where it answers with %s', async (_what, status, answer) => {
    const error = await errorOf(clientOf(status, answer).call('me', {}))
    expect(error).toMatchObject({ code: 'not_rollcall', status })
    expect(error.message).toContain(SERVER)
  })

  it.each([
    ['to be reached', { fetch: () => Promise.reject(new Error(`Invalid header "Bearer ${TOKEN}"`)) }],
    [
      'to be read',
      { fetch: async () => ({ status: 200, text: () => Promise.reject(new Error(`aborted ${TOKEN}`)) }) },
    ],
  ])('says where it could not be got %s, and quotes no token', async (_what, { fetch }) => {
    const call = createClient({ server: SERVER, token: () => TOKEN, fetch })
    const error = await errorOf(call('me', {}))
    expect(error).toMatchObject({ code: 'unreachable', status: null })
    expect(error.message).toContain(SERVER)
    expect(allOf(error)).not.toContain(TOKEN)
  })

  it.each([
    [401, { error: { code: 'unauthenticated', message: `${TOKEN} is not known`, field: TOKEN } }],
    [200, { error: TOKEN }],
    [500, `Bearer ${TOKEN}`],
    [404, { error: { code: TOKEN, message: TOKEN } }],
  ])('quotes no token that the other side sends back: %i', async (status, answer) => {
    expect(allOf(await errorOf(clientOf(status, answer).call('me', {})))).not.toContain(TOKEN)
  })

  it('takes only what an endpoint takes', () => {
    const { call } = clientOf(200, {})
    // @ts-expect-error: no such endpoint
    const noSuch = () => call('nothing', {})
    // @ts-expect-error: without its body
    const noBody = () => call('signIn', {})
    // @ts-expect-error: without its params
    const noParams = () => call('revokeAccessToken', {})
    // @ts-expect-error: with a body that it does not take
    const body = () => call('me', { body: {} })
    const good = () => call('changeUser', { params: { id: '1' }, body: { disabled: true } })
    expect([noSuch, noBody, noParams, body, good]).toHaveLength(5)
  })
})

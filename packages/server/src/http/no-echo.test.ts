import { ENDPOINTS, type Endpoint, type EndpointName } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { findKeys } from '../testing/find-keys.ts'
import { sendRaw } from '../testing/raw-request.ts'
import {
  type CallOptions,
  DIALECTS,
  type Reply,
  startTestServer,
  type TestServer,
} from '../testing/test-server.ts'

/** Stands for any secret that somebody puts where it does not belong. */
const CANARY = 'echo5Wq8rTz1Lm'
const password = 'a long enough password'
const endpoints = Object.entries(ENDPOINTS as Record<string, Endpoint>) as [EndpointName, Endpoint][]

/** What is there to be shown again, by whoever may see it. */
const SHOWN: Partial<Record<EndpointName, string[]>> = {
  saveKey: ['label'],
  register: ['email'],
  createAccessToken: ['name'],
  createRun: ['models', 'prompt', 'system_prompt'],
  createInvitation: ['email'],
}

/** Of every kind: what no field can be, and what a text field may well be. */
const VALUES = [
  CANARY,
  `${CANARY}@example.com`,
  `${CANARY} with spaces`,
  `${CANARY}\0`,
  `${CANARY}\n\u00e9\u{1f600}`,
  CANARY.repeat(40),
  [CANARY],
  { [CANARY]: CANARY },
  { value: CANARY },
]

describe.each(DIALECTS)('what a request holds, on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let token: string

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({
      dialect,
      simulator,
      environment: { ROLLCALL_TRUSTED_PROXIES: 'loopback' },
    })
    token = (await server.register()).token
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  let calls = 0
  /** From a place of its own: nothing is to be told by a limit. */
  const call = (method: string, path: string, options: CallOptions) => {
    calls++
    const headers = {
      'x-forwarded-for': `10.${calls >> 16}.${(calls >> 8) & 255}.${calls & 255}`,
      ...options.headers,
    }
    return server.call(method, path, { ...options, headers })
  }

  function expectSilence(what: unknown, { status, headers, text }: Reply) {
    const said = `${[...headers].join('\n')}\n${text}`
    expect([what, findKeys(Buffer.from(said), [CANARY])]).toEqual([what, []])
    expect([what, status]).not.toEqual([what, 500])
  }
  const pathOf = ({ path, example }: Endpoint, value?: string) =>
    path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(value ?? example?.params?.[name] ?? ''))
  const fieldsOf = (schema: z.ZodObject | undefined) => Object.keys(schema?.shape ?? {})

  it('is quoted by no answer, whichever field of whichever endpoint it is in', async () => {
    for (const [name, endpoint] of endpoints) {
      if (name === 'deleteAccount' || name === 'signOut') continue
      const { method, body, query, params, example } = endpoint
      for (const field of fieldsOf(body)) {
        for (const value of VALUES) {
          const sent = { ...example?.body, [field]: value }
          const reply = await call(method, pathOf(endpoint), { token, body: sent })
          const isShown = reply.status < 300 && SHOWN[name]?.includes(field)
          if (!isShown) expectSilence([name, field, value], reply)
        }
      }
      for (const field of [CANARY, `${CANARY}.x`, `x_${CANARY.toLowerCase()}`]) {
        if (body)
          expectSilence(
            [name, field],
            await call(method, pathOf(endpoint), { token, body: { ...example?.body, [field]: 1 } }),
          )
        if (query)
          expectSilence([name, field], await call(method, `${pathOf(endpoint)}?${field}=1`, { token }))
      }
      for (const field of fieldsOf(query)) {
        for (const value of VALUES.slice(0, 6)) {
          const search = new URLSearchParams({ [field]: `${value}` })
          expectSilence([name, field, value], await call(method, `${pathOf(endpoint)}?${search}`, { token }))
        }
      }
      if (params) {
        for (const value of [CANARY, `${CANARY}/x`, `${CANARY}\0`, `<${CANARY}>`, `${CANARY}\u00e9`]) {
          const options = { token, ...(body ? { body: example?.body } : {}) }
          expectSilence([name, value], await call(method, pathOf(endpoint, value), options))
        }
      }
    }
  })

  it('was looked at: it came with a token that is still good', async () => {
    expect((await call('GET', '/api/admin/users', { token })).status).toBe(200)
  })

  it('is quoted by none of the ways in which a body is wrong', async () => {
    for (const [name, endpoint] of endpoints) {
      if (!endpoint.body) continue
      for (const body of [
        CANARY,
        `{"${CANARY}`,
        `"${CANARY}"`,
        `["${CANARY}"]`,
        `{"a": ${CANARY}}`,
        `\ufeff${CANARY}`,
      ]) {
        expectSilence([name, body], await call(endpoint.method, pathOf(endpoint), { token, body }))
      }
      const headers = { 'content-type': `text/${CANARY}` }
      expectSilence(
        [name, headers],
        await call(endpoint.method, pathOf(endpoint), { token, body: '{}', headers }),
      )
    }
  })

  it('is quoted by no answer to headers, addresses and methods', async () => {
    const headers = {
      authorization: `Bearer ${CANARY}`,
      cookie: `rollcall_refresh=${CANARY}; ${CANARY}=1`,
      'x-request-id': CANARY,
      'user-agent': CANARY,
      referer: `https://${CANARY.toLowerCase()}.example/${CANARY}`,
      'x-forwarded-for': CANARY,
      'x-forwarded-proto': CANARY,
      'accept-encoding': CANARY,
      'if-none-match': `"${CANARY}"`,
      accept: CANARY,
    }
    for (const [name, endpoint] of endpoints) {
      const { method } = endpoint
      const body = endpoint.body ? {} : undefined
      expectSilence([name, 'all headers'], await call(method, pathOf(endpoint), { body, headers }))
      for (const one of [
        'authorization',
        'cookie',
        'user-agent',
        'x-forwarded-for',
        'accept-encoding',
      ] as const) {
        const reply = await call(method, pathOf(endpoint), { token, body, headers: { [one]: headers[one] } })
        expectSilence([name, one], reply)
      }
      const origin = { origin: `https://${CANARY.toLowerCase()}.example` }
      expectSilence([name, 'origin'], await call(method, pathOf(endpoint), { token, body, headers: origin }))
    }
    for (const path of [
      `/${CANARY}`,
      `/docs/${CANARY}`,
      `/docs?${CANARY}`,
      `/api/${CANARY}?${CANARY}=${CANARY}`,
      `/%00${CANARY}`,
    ]) {
      for (const method of ['GET', 'POST', 'OPTIONS'])
        expectSilence([method, path], await call(method, path, { token }))
    }
    for (const line of [`${CANARY} / HTTP/1.1`, `GET /${CANARY}\\x HTTP/1.1`, `GET ${CANARY} HTTP/1.1`]) {
      const { head, body } = await sendRaw(server.address, line, ['Host: localhost'])
      expect([line, head + body]).toEqual([line, expect.not.stringContaining(CANARY)])
    }
    const { head, body } = await sendRaw(server.address, 'GET /health/live HTTP/1.1', [`Host: ${CANARY} x`])
    expect(head + body).not.toContain(CANARY)
  })

  it('is quoted by none of the steps of an account that is all made of it', async () => {
    const account = { email: `the.${CANARY}@example.com`, password: `${CANARY} is my password` }
    const created = await call('POST', '/api/auth/register', {
      body: { ...account, setup_code: CANARY, invitation: CANARY },
    })
    const own = { token: created.json.access_token }
    const wrong = { ...account, password: `${CANARY} is not` }
    expectSilence('register again', await call('POST', '/api/auth/register', { body: account }))
    expectSilence('sign in wrong', await call('POST', '/api/auth/login', { body: wrong }))
    expectSilence('code', await call('POST', '/api/auth/login', { body: { ...wrong, code: CANARY } }))
    const reset = { token: CANARY, new_password: CANARY }
    expectSilence('reset', await call('POST', '/api/auth/reset', { body: reset }))
    const change = { current_password: wrong.password, new_password: `${CANARY} is next` }
    expectSilence('change', await call('POST', '/api/auth/password', { ...own, body: change }))
    expectSilence(
      'set up',
      await call('POST', '/api/auth/two-factor', { ...own, body: { password: wrong.password } }),
    )
    const secret = await call('POST', '/api/auth/two-factor', {
      ...own,
      body: { password: account.password },
    })
    expect(secret.status).toBe(200)
    expectSilence(
      'confirm',
      await call('POST', '/api/auth/two-factor/confirm', { ...own, body: { code: CANARY } }),
    )
    expectSilence(
      'delete',
      await call('DELETE', '/api/account', { ...own, body: { password: CANARY, code: CANARY } }),
    )
    const last = await call('DELETE', '/api/account', { ...own, body: { password: account.password } })
    expect(last.status).toBe(204)
  })

  it('is in no line of the log', () => {
    const lines = server.logLines()
    expect(lines.length).toBeGreaterThan(500)
    expect(findKeys(Buffer.from(lines.join('')), [CANARY, CANARY.toLowerCase(), password])).toEqual([])
    const bugs = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'error')
    expect(bugs).toEqual([])
  })
})

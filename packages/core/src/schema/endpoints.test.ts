import { describe, expect, it } from 'vitest'
import * as accounts from './accounts.ts'
import { Label, NewKey } from './api-keys.ts'
import type { Endpoint } from './endpoint.ts'
import { ENDPOINTS } from './endpoints.ts'

const endpoints = Object.entries(ENDPOINTS as Record<string, Endpoint>)

describe('the table of endpoints', () => {
  it('has each method and path once', () => {
    const places = endpoints.flatMap(([, { method, path, alsoAt }]) =>
      [path, alsoAt].filter(Boolean).map((at) => `${method} ${at}`),
    )
    expect(new Set(places).size).toBe(places.length)
  })

  it('has a fixed address before the one with a name that would take it', () => {
    const before: Endpoint[] = []
    for (const [name, endpoint] of endpoints) {
      const hidden = before.find(({ method, path }) => {
        const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
        return method === endpoint.method && pattern.test(endpoint.path)
      })
      expect([name, hidden?.path]).toEqual([name, undefined])
      before.push(endpoint)
    }
  })

  it.each(endpoints)('is whole at %s', (_name, endpoint) => {
    const { method, path, params, body, query, status, answer, media, example } = endpoint
    expect(path).toMatch(/^(\/[a-z-]+|\/\{\w+\})+(\.csv)?$/)
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(params?.shape ?? {})).toEqual(inPath)
    if (method === 'GET') expect(body).toBeUndefined()
    if (status === 204) expect([answer, media]).toEqual([undefined, undefined])
    else expect([answer, media].filter(Boolean)).toHaveLength(1)
    for (const [schema, value] of [
      [params, example?.params],
      [query, example?.query ?? {}],
      [body, example?.body],
    ] as const) {
      if (schema) expect(schema.safeParse(value).error).toBeUndefined()
      else if (value) expect(value).toEqual({})
    }
    // what is not known is told, not left aside
    for (const schema of [body, query]) {
      expect(schema?.safeParse({ ...example?.body, unknown: 1 }).success ?? false).toBe(false)
    }
  })
})

describe('an e-mail address', () => {
  it.each([
    [' Ada@Example.COM ', 'ada@example.com'],
    ['a+b@example.co.uk', 'a+b@example.co.uk'],
  ])('%j is %j', (text, email) => {
    expect(accounts.Email.parse(text)).toBe(email)
  })

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'a b@example.com',
    'a@b@c.d',
    `${'a'.repeat(251)}@b.c`,
    'a\0@b.c',
    'a\n@b.c',
    1,
    null,
  ])('%j is none', (text) => {
    expect(accounts.Email.safeParse(text).success).toBe(false)
  })
})

describe('a text that is stored', () => {
  it.each(['a\0b', '\0', '\ud800', 'a\udc00', '\udc00\ud800'])('is not %j', (text) => {
    expect(Label.safeParse(text).success).toBe(false)
    expect(accounts.NewAccessToken.safeParse({ name: text, scopes: ['models'] }).success).toBe(false)
    expect(accounts.SignIn.safeParse({ email: text, password: 'x' }).success).toBe(false)
    expect(ENDPOINTS.revokeAccessToken.params.safeParse({ id: text }).success).toBe(false)
    expect(ENDPOINTS.listUsers.query.safeParse({ after: text }).success).toBe(false)
    expect(NewKey.safeParse({ provider: 'openai', key: 'x', label: text }).success).toBe(false)
  })

  it.each(['', 'work', 'ü 😀', '\t'])('may be %j', (text) => {
    expect(Label.parse(text)).toBe(text.trim())
  })
})

describe('a new password', () => {
  it.each(['12345678', 'x'.repeat(256), '        ', 'ü😀ü😀ü😀ü😀', 'nul\0inside'])('may be %j', (text) => {
    expect(accounts.NewPassword.parse(text)).toBe(text)
  })

  it.each(['', '1234567', 'x'.repeat(257), '12345678\ud800'])('is not %j', (text) => {
    expect(accounts.NewPassword.safeParse(text).success).toBe(false)
  })
})

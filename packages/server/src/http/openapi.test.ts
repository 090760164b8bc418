import { ENDPOINTS, type Endpoint } from '@rollcall/core/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sendRaw } from '../testing/raw-request.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

// biome-ignore lint/suspicious/noExplicitAny: it is looked at as any program would
type Json = any
const endpoints = Object.entries(ENDPOINTS as Record<string, Endpoint>)

let server: TestServer
let document: Json
beforeAll(async () => {
  server = await startTestServer()
  document = (await server.call('GET', '/openapi.json')).json
})
afterAll(() => server.remove())

const operations = (): { path: string; method: string; operation: Json }[] =>
  Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    Object.entries<Json>(item).map(([method, operation]) => ({ path, method, operation })),
  )

/** Every object within, itself included. */
function* within(value: Json): Generator<Json> {
  if (typeof value !== 'object' || value === null) return
  yield value
  for (const part of Object.values(value)) yield* within(part)
}

describe('the OpenAPI document', () => {
  it('is 3.1 and says where it is', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({
      title: 'Rollcall',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    })
    expect(document.servers).toEqual([{ url: server.address }])
    const parts = ['openapi', 'info', 'servers', 'paths', 'components']
    expect(Object.keys(document).sort()).toEqual(parts.sort())
  })

  it('says where it is to each who asks, at their address', async () => {
    const { body } = await sendRaw(server.address, 'GET /openapi.json HTTP/1.1', ['Host: other.example'])
    expect(body).toContain('"url":"http://other.example"')
    expect((await server.call('GET', '/openapi.json')).json).toEqual(document)
  })

  it('has every endpoint of the table and no other', () => {
    const wanted = endpoints.flatMap(([, { method, path, alsoAt }]) =>
      [path, alsoAt].filter(Boolean).map((at) => `${method} ${at}`),
    )
    const given = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`)
    expect(given.sort()).toEqual(wanted.sort())
  })

  it('names each operation once, and says in words what it does and who may', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { operation } of operations()) {
      expect(operation.tags).toHaveLength(1)
      expect(operation.summary.length).toBeGreaterThan(5)
      expect(operation.description).toMatch(/For (anybody|whoever|admins)/)
    }
  })

  it('resolves every reference within itself', () => {
    const references = [...within(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
    expect(references.length).toBeGreaterThan(50)
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\//)
      const found = reference
        .slice(2)
        .split('/')
        .reduce(
          (part: Json, name: string) => part?.[name.replaceAll('~1', '/').replaceAll('~0', '~')],
          document,
        )
      expect([reference, typeof found]).toEqual([reference, 'object'])
    }
  })

  it('has exactly the parameters that stand in each path', () => {
    for (const { path, operation } of operations()) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const inPath = operation.parameters.filter((parameter: Json) => parameter.in === 'path')
      expect([path, inPath.map(({ name }: Json) => name)]).toEqual([path, wanted])
      for (const parameter of operation.parameters) {
        expect(['path', 'query']).toContain(parameter.in)
        expect(parameter.schema).toBeTypeOf('object')
        if (parameter.in === 'path') expect(parameter.required).toBe(true)
      }
    }
  })

  it('says who must show a token', () => {
    for (const [name, { access }] of endpoints) {
      const { operation } = operations().find(({ operation: { operationId } }) => operationId === name) ?? {}
      expect([name, operation.security]).toEqual([name, access === 'public' ? [] : [{ bearer: [] }]])
      expect([name, '401' in operation.responses || access === 'public']).toEqual([name, true])
      expect([name, '403' in operation.responses || ['public', 'any'].includes(access)]).toEqual([name, true])
    }
  })

  it('describes every answer: one that is good, and those that are not', () => {
    for (const { path, method, operation } of operations()) {
      const statuses = Object.keys(operation.responses)
      expect([path, statuses.filter((status) => status.startsWith('2'))]).toEqual([
        path,
        [expect.any(String)],
      ])
      for (const [status, { description, content }] of Object.entries<Json>(operation.responses)) {
        expect(description).toBeTypeOf('string')
        if (status === '204') expect(content).toBeUndefined()
        else expect(Object.keys(content)).toHaveLength(1)
        if (Number(status) >= 400) {
          expect(content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Error' })
        }
      }
      expect([method, path, 'requestBody' in operation ? 415 : 0]).toEqual([
        method,
        path,
        '415' in operation.responses ? 415 : 0,
      ])
    }
  })

  it('has schemas that JSON Schema understands, and examples that satisfy them', () => {
    let count = 0
    for (const { operation } of operations()) {
      const media = operation.requestBody?.content['application/json']
      if (!media) continue
      const schema = z.fromJSONSchema(media.schema)
      expect(media.schema.additionalProperties).toBe(false)
      if (media.example === undefined) continue
      count++
      expect([operation.operationId, schema.safeParse(media.example).error]).toEqual([
        operation.operationId,
        undefined,
      ])
      expect(schema.safeParse({ ...media.example, unknown: 1 }).success).toBe(false)
    }
    expect(count).toBeGreaterThan(8)
    for (const { operation } of operations()) {
      for (const { content } of Object.values<Json>(operation.responses)) {
        const schema = content?.['application/json']?.schema
        if (schema && !schema.$ref) expect(() => z.fromJSONSchema(schema)).not.toThrow()
      }
    }
  })

  it('is what the server answers by', async () => {
    const { token } = await server.register()
    const { json } = await server.call('GET', '/api/auth/me', { token })
    const answer = document.paths['/api/auth/me'].get.responses['200'].content['application/json'].schema
    expect(z.fromJSONSchema(answer).safeParse(json).error).toBeUndefined()
    const { json: refused } = await server.call('GET', '/api/auth/me')
    const error = z.fromJSONSchema(document.components.schemas.Error)
    expect(error.safeParse(refused).error).toBeUndefined()
    expect(error.safeParse({ error: { code: 'made_up', message: '' } }).success).toBe(false)
  })
})

describe('the page for people', () => {
  it('names every endpoint, and has no script and nothing from elsewhere', async () => {
    const { status, text, headers } = await server.call('GET', '/docs')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    const shown = text.replace(/<[^>]+>/g, '')
    for (const [, { method, path, summary }] of endpoints) {
      expect(shown).toContain(`${method} ${path}`)
      expect(shown).toContain(summary)
    }
    expect(text).not.toMatch(/<script|javascript:|\son\w+=|style="/i)
    const addresses = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address)
    expect(addresses.length).toBeGreaterThan(3)
    for (const address of addresses) expect(address).toMatch(/^(\/[\w.]*|#[\w-]+)$/)
    const anchors = addresses.filter((address) => address?.startsWith('#'))
    for (const anchor of anchors) expect(text).toContain(`id="${anchor?.slice(1)}"`)
    expect((await server.call('GET', '/docs.css')).headers.get('content-type')).toContain('text/css')
  })

  it('takes no markup from the address it is called by', async () => {
    const proxied = await startTestServer({ environment: { ROLLCALL_TRUSTED_PROXIES: 'loopback' } })
    const headers = { 'x-forwarded-host': '"><script>alert(1)</script>' }
    expect((await proxied.call('GET', '/docs', { headers })).text).not.toContain('<script')
    await proxied.remove()
  })

  it('is where the front door leads', async () => {
    const { status, headers } = await server.call('GET', '/')
    expect([status, headers.get('location')]).toEqual([302, '/docs'])
  })
})

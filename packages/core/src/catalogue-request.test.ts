import { describe, expect, it } from 'vitest'
import { parseCatalogueUrl, requestCatalogue } from './catalogue-request.ts'
import type { GetRequest, HttpAnswer } from './transport.ts'

const BODY = new TextEncoder().encode('{"openai":{"models":{"gpt-4o":{"limit":{"context":128000}}}}}')

function asking(answer: Partial<HttpAnswer>, etag?: string) {
  const requests: GetRequest[] = []
  const result = requestCatalogue({
    get: async (request) => {
      requests.push(request)
      return { answer: { status: 200, headers: {}, body: BODY, ...answer } }
    },
    url: 'https://models.dev/api.json',
    etag,
    now: () => Date.parse('2026-11-24T23:59:59Z'),
  })
  return { result, requests }
}

describe('asking for the catalogue', () => {
  it('gives it with the day of the asking', async () => {
    const { result, requests } = asking({ headers: { etag: 'W/"1"' } })
    expect(await result).toMatchObject({
      catalogue: { source: { from: 'models.dev', date: '2026-11-24' } },
      etag: 'W/"1"',
    })
    expect(requests).toHaveLength(1)
    expect(Object.keys(requests[0]?.headers ?? {}).sort()).toEqual(['accept', 'user-agent'])
  })

  it('says which one is here already', async () => {
    const { result, requests } = asking({ status: 304, body: new Uint8Array() }, 'W/"1"')
    expect(await result).toBe('unchanged')
    expect(requests[0]?.headers['if-none-match']).toBe('W/"1"')
  })

  it('does not take a 304 for an answer to a question without a tag', async () => {
    expect(await asking({ status: 304 }).result).toHaveProperty('failure')
  })

  it.each<[string, Partial<HttpAnswer>]>([
    ['another status', { status: 503 }],
    ['a redirect', { status: 301, headers: { location: 'https://elsewhere.example' } }],
    ['a web page', { body: new TextEncoder().encode('<html>') }],
    ['half a body', { body: BODY.slice(0, 30) }],
  ])('fails on %s', async (_, answer) => {
    expect(await asking(answer).result).toHaveProperty('failure')
  })

  it('hands on what went wrong below HTTP', async () => {
    const failure = { code: 'timeout' } as const
    const url = 'https://models.dev/api.json'
    expect(await requestCatalogue({ get: async () => ({ failure }), url, now: Date.now })).toEqual({
      failure,
    })
  })

  it('ends with the caller', async () => {
    const caller = new AbortController()
    const { signal } = caller
    const get = (request: GetRequest) =>
      new Promise<{ failure: { code: 'timeout' } }>((resolve) => {
        request.signal.addEventListener('abort', () => resolve({ failure: { code: 'timeout' } }))
      })
    const pending = requestCatalogue({ get, url: 'https://models.dev/api.json', now: Date.now, signal })
    caller.abort()
    expect(await pending).toHaveProperty('failure')
  })
})

describe('the address of the catalogue', () => {
  it('may be a mirror, this machine, or nothing', () => {
    expect(parseCatalogueUrl('https://mirror.example/a.json?b')).toEqual({
      url: 'https://mirror.example/a.json?b',
    })
    expect(parseCatalogueUrl('http://[::1]:80/a')).toEqual({ url: 'http://[::1]/a' })
    expect(parseCatalogueUrl('')).toEqual({ url: undefined })
  })

  it.each(['models.dev', 'http://models.dev/api.json', 'https://a:b@models.dev', 'file:///etc/passwd'])(
    'may not be %s',
    (text) => expect(parseCatalogueUrl(text)).toHaveProperty('problem'),
  )
})

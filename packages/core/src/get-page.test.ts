import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Failure } from './failure.ts'
import { getPage } from './get-page.ts'
import { LIMITS, type Limits } from './limits.ts'
import { jsonAnswer } from './providers/provider.contract.ts'
import { createRetryBudget } from './retry-budget.ts'
import type { GetRequest, HttpAnswer } from './transport.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const URL = 'https://host.example/v1/models'
const BODY = { object: 'list', data: ['a', 'b'] }
/** What is made of it. */
const PAGE = { envelope: { object: 'list', data: [] }, entries: { count: 2, isTruncated: false } }

type Reply = { answer: HttpAnswer } | { failure: Failure }

// a retry is waited for by the clock, which is turned by hand here
beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Asks for one page; the last reply is given again and again. */
function start(replies: readonly Reply[], limits: Partial<Limits> = {}, retryBudget = createRetryBudget()) {
  const requests: GetRequest[] = []
  const abort = new AbortController()
  const merged = { ...LIMITS, ...limits }
  const page = getPage(
    {
      get: async (request) => {
        requests.push(request)
        return replies[Math.min(requests.length, replies.length) - 1] as Reply
      },
      headers: { accept: 'application/json' },
      signal: abort.signal,
      deadline: performance.now() + merged.timeoutMs,
      limits: merged,
      providerKey: 'example',
      retryBudget,
      now: Date.now,
      random: () => 0.5,
    },
    URL,
    ['data'],
  )
  return { page, requests, abort }
}

async function ask(...parameters: Parameters<typeof start>) {
  const { page, requests } = start(...parameters)
  await vi.runAllTimersAsync()
  return { ...(await page), count: requests.length, requests }
}

const withStatus = (status: number, headers: Record<string, string> = {}) => jsonAnswer({}, status, headers)
function withBody(text: string, contentType = 'application/json', status = 200): Reply {
  const body = new TextEncoder().encode(text)
  return { answer: { status, headers: { 'content-type': contentType }, body } }
}

it('asks once, with the limits, and gives the JSON', async () => {
  const { requests, ...result } = await ask([jsonAnswer(BODY)])
  expect(result).toMatchObject({ page: PAGE, count: 1, bytes: JSON.stringify(BODY).length })
  expect(requests[0]).toMatchObject({
    url: URL,
    headers: { accept: 'application/json' },
    mostBytes: LIMITS.bodyBytes,
    mostErrorBytes: LIMITS.errorBodyBytes,
  })
})

describe('one more attempt', () => {
  it.each<[string, Reply]>([
    ...[408, 409, 421, 425, 500, 502, 503, 504, 520, 522, 527, 529, 530].map((status): [string, Reply] => [
      String(status),
      withStatus(status),
    ]),
    ['a passing fault of the transport', { failure: { code: 'unreachable', isRetryable: true } }],
    ['a body that was cut off', withBody('{"data":[')],
    ['429 that asks for 1 s', withStatus(429, { 'retry-after': '1' })],
    ['429 that asks for 2 s', withStatus(429, { 'retry-after': '2' })],
    ['503 that asks for 1 s', withStatus(503, { 'retry-after': '1' })],
  ])('is made after %s', async (_name, reply) => {
    expect(await ask([reply, jsonAnswer(BODY)])).toMatchObject({ page: PAGE, count: 2 })
    expect(await ask([reply])).toMatchObject({ failure: {}, count: 2 })
  })

  it.each<[string, Reply]>([
    ...[206, 302, 304, 400, 401, 402, 403, 404, 405, 410, 413, 422, 429, 451, 498, 501, 599, 999, 0].map(
      (status): [string, Reply] => [String(status), withStatus(status)],
    ),
    ['a lasting fault of the transport', { failure: { code: 'tls_error' } }],
    ['what is not JSON', withBody('oops')],
    ['an empty body', withBody('')],
    ['500 with x-should-retry: false', withStatus(500, { 'x-should-retry': 'false' })],
    [
      '503 that asks for 1 s with x-should-retry: false',
      withStatus(503, { 'retry-after': '1', 'x-should-retry': 'false' }),
    ],
    ['429 that asks for 3 s', withStatus(429, { 'retry-after': '3' })],
    ['429 that asks for nonsense', withStatus(429, { 'retry-after': 'soon' })],
    ['501 that asks for 1 s', withStatus(501, { 'retry-after': '1' })],
    ['503 that asks for 2 minutes', withStatus(503, { 'retry-after': '120' })],
    ['spent credit', withStatus(402, { 'retry-after': '1' })],
  ])('is not made after %s', async (_name, reply) => {
    expect(await ask([reply, jsonAnswer(BODY)])).toMatchObject({ failure: {}, count: 1 })
  })

  it('waits as long as was asked for', async () => {
    const { requests } = start([withStatus(429, { 'retry-after': '2' }), jsonAnswer(BODY)])
    await vi.advanceTimersByTimeAsync(1_999)
    expect(requests).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(requests).toHaveLength(2)
  })

  it.each([
    ['a random time', 500, 250],
    ['a second and a random time after an overload', 529, 1_250],
  ])('waits %s', async (_name, status, waitMs) => {
    const { requests } = start([withStatus(status), jsonAnswer(BODY)])
    await vi.advanceTimersByTimeAsync(waitMs - 1)
    expect(requests).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(requests).toHaveLength(2)
  })

  it('is not made where too little time is left', async () => {
    expect(await ask([withStatus(500)], { timeoutMs: 2_999 })).toMatchObject({ count: 1 })
    expect(await ask([withStatus(500)], { timeoutMs: 3_001 })).toMatchObject({ count: 2 })
    expect(await ask([withStatus(429, { 'retry-after': '2' })], { timeoutMs: 2_000 })).toMatchObject({
      count: 1,
    })
  })

  it('is not made where the budget is spent', async () => {
    const budget = createRetryBudget()
    while (budget.takeRetry('example'))
      expect(await ask([withStatus(500)], {}, createRetryBudget())).toMatchObject({ count: 2 })
    expect(await ask([withStatus(500)], {}, budget)).toMatchObject({ count: 1 })
  })

  it('is not made after an abort', async () => {
    const { page, requests, abort } = start([withStatus(500)])
    await vi.advanceTimersByTimeAsync(1)
    abort.abort()
    await vi.runAllTimersAsync()
    expect(await page).toMatchObject({ failure: { code: 'upstream_error' } })
    expect(requests).toHaveLength(1)
  })
})

describe('redirects', () => {
  it.each([
    [301, 'https://host.example/v2/models', 'misconfigured', 'moved'],
    [308, '/v1/models/', 'misconfigured', 'moved'],
    [302, '/v1/models/', 'blocked', 'redirect'],
    [303, '/v1/models/', 'blocked', 'redirect'],
    [307, '/v1/models/', 'blocked', 'redirect'],
    [301, URL, 'blocked', 'redirect'],
    [301, 'https://evil.example/v1/models', 'blocked', 'redirect'],
    [308, '//evil.example/', 'blocked', 'redirect'],
    [308, '\\\\evil.example/', 'blocked', 'redirect'],
    [301, 'http://host.example/v1/models', 'blocked', 'redirect'],
    [301, 'https://host.example:8443/v1/models', 'blocked', 'redirect'],
    [308, 'http://169.254.169.254/', 'blocked', 'redirect'],
    [308, 'http://[::ffff:127.0.0.1]/', 'blocked', 'redirect'],
    [301, 'file:///etc/passwd', 'blocked', 'redirect'],
    [301, 'data:application/json,{}', 'blocked', 'redirect'],
    [301, 'https://', 'blocked', 'redirect'],
    [301, `/${'x'.repeat(100_000)}`, 'blocked', 'redirect'],
    [300, '', 'blocked', 'redirect'],
  ])('%d to %.40s is %s', async (status, location, code, detail) => {
    const { count, requests, ...result } = await ask([withStatus(status, { location })])
    expect(result).toEqual({ failure: { code, detail, httpStatus: status } })
    expect(requests.map(({ url }) => url)).toEqual([URL])
  })
})

describe('bodies', () => {
  const page = '<!DOCTYPE html><html><title>Attention Required!</title></html>'

  it.each<[string, Reply, Partial<Failure>]>([
    ['a web page with 200', withBody(page, 'text/html'), { code: 'bad_response', detail: 'not_json' }],
    ['a web page with 403', withBody(page, 'text/html', 403), { code: 'blocked', detail: 'firewall' }],
    ['a web page as JSON with 403', withBody(page, 'application/json', 403), { code: 'blocked' }],
    ['a web page without its doctype', withBody(' \n<HTML>', '', 403), { code: 'blocked' }],
    ['a web page with 401', withBody(page, 'text/html', 401), { code: 'upstream_error' }],
    ['a page by its type alone', withBody('{}', 'application/xhtml+xml', 401), { code: 'upstream_error' }],
    ['204', withBody('', '', 204), { code: 'bad_response', detail: 'empty' }],
    [
      '206',
      withBody('{"data":[]}', 'application/json', 206),
      { code: 'bad_response', detail: 'unexpected_status' },
    ],
    [
      'an event stream',
      withBody('data: {}', 'text/event-stream'),
      { code: 'bad_response', detail: 'not_json' },
    ],
    [
      'UTF-16',
      withBody('{}', 'application/json; charset=utf-16'),
      { code: 'bad_response', detail: 'encoding' },
    ],
    ['an empty 401', withBody('', '', 401), { code: 'key_rejected' }],
    ['a 401 in plain words', withBody('Unauthorized', 'text/plain', 401), { code: 'key_rejected' }],
    [
      'a 403 in Cloudflare’s plain words',
      withBody('error code: 1010', 'text/plain; charset=UTF-8', 403),
      { code: 'blocked', detail: 'firewall' },
    ],
    ['a 403 in broken JSON', withBody('{"error":oops}', undefined, 403), { code: 'blocked' }],
    ['an empty 403', withBody('', '', 403), { code: 'no_permission' }],
    ['a 403 in JSON', withBody('{"message":"no"}', undefined, 403), { code: 'no_permission' }],
    ['a 403 that is JSON’s null', withBody('null', undefined, 403), { code: 'no_permission' }],
    ['a web page with 402', withBody(page, 'text/html', 402), { code: 'upstream_error' }],
    ['a web page with 498', withBody(page, 'text/html', 498), { code: 'upstream_error' }],
  ])('%s', async (_name, reply, failure) => {
    expect(await ask([reply])).toMatchObject({ failure })
  })

  it('is read as JSON under another content type', async () => {
    expect(await ask([withBody(JSON.stringify(BODY), 'text/plain')])).toMatchObject({ page: PAGE })
  })

  it('has its entries cut at the limit', async () => {
    const page = { entries: { count: 1, isTruncated: true } }
    expect(await ask([jsonAnswer(BODY)], { models: 1 })).toMatchObject({ page })
  })

  it('is refused beyond the depth', async () => {
    expect(await ask([jsonAnswer([[[]]])], { depth: 2 })).toMatchObject({ failure: { detail: 'too_deep' } })
  })
})

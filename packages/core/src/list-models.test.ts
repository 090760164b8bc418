import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiKey } from './api-key.ts'
import type { Failure } from './failure.ts'
import { LIMITS, type Limits } from './limits.ts'
import { listModels } from './list-models.ts'
import type { Provider } from './provider.ts'
import { anthropic } from './providers/anthropic.ts'
import { cohere } from './providers/cohere.ts'
import { fireworks } from './providers/fireworks.ts'
import { mistral } from './providers/mistral.ts'
import { openai } from './providers/openai.ts'
import { openrouter } from './providers/openrouter.ts'
import { jsonAnswer } from './providers/provider.contract.ts'
import { createRetryBudget } from './retry-budget.ts'
import type { GetRequest, HttpAnswer } from './transport.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const SECRET = 'rc-test-0123456789-abcdef'
const BASE = 'https://host.example/v1'
const NOTHING = new Uint8Array()

type Reply = { answer: HttpAnswer } | { failure: Failure }
type Server = (path: string, request: GetRequest, count: number) => Reply | Promise<Reply>

// retries and the deadline are waited for by the clock, which runs ahead here
beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lists one provider's models at a base of ours; gives the result and the paths asked for. */
async function list(provider: Provider, serve: Server, limits: Partial<Limits> = {}, signal?: AbortSignal) {
  const parsed = ApiKey.parse(SECRET)
  if (!('key' in parsed)) throw new Error(parsed.problem)
  const urls: string[] = []
  const listed = listModels(
    { provider, key: parsed.key, base: BASE },
    {
      get: async (request) => {
        urls.push(request.url)
        return serve(request.url.slice(BASE.length), request, urls.length)
      },
      limits: { ...LIMITS, ...limits },
      retryBudget: createRetryBudget(),
      now: Date.now,
      random: () => 0,
    },
    signal,
  )
  if (vi.isFakeTimers()) await vi.runAllTimersAsync()
  const result = await listed
  return {
    paths: urls.map((url) => url.replace(BASE, '')),
    listing: 'listing' in result ? result.listing : undefined,
    failure: 'failure' in result ? result.failure : undefined,
    ids: 'listing' in result ? result.listing.models.map(({ id }) => id.replace(`${provider.key}/`, '')) : [],
  }
}

const openaiPage = (...ids: unknown[]) => jsonAnswer({ data: ids.map((id) => ({ id })) })
const coherePage = (next: unknown, ...names: string[]) =>
  jsonAnswer({ models: names.map((name) => ({ name })), next_page_token: next })
const linkedPage = (next: unknown, ...ids: string[]) =>
  jsonAnswer({ data: ids.map((id) => ({ id })), links: { next } })

/** Linked by their cursors, up to the last. */
const inPages = (pages: readonly string[][]) =>
  pages.map((names, index) => coherePage(index < pages.length - 1 ? `after-${index}` : null, ...names))

/** Answers in turn, the last one for ever. */
function inTurn(...replies: Reply[]): Server {
  return (_path, _request, count) => replies[Math.min(count, replies.length) - 1] as Reply
}

describe('the shape of the answer', () => {
  it('takes an empty list for a list', async () => {
    const { listing } = await list(openai, inTurn(openaiPage()))
    expect(listing).toEqual({ models: [], droppedCount: 0 })
  })

  it('takes one valid entry for a list', async () => {
    const { listing } = await list(openai, inTurn(openaiPage(null, 5, 'gpt-4o', '')))
    expect(listing).toMatchObject({ models: [{ id: 'openai/gpt-4o' }], droppedCount: 3 })
  })

  it('takes none among some for no list', async () => {
    const { failure } = await list(openai, inTurn(openaiPage(null, 5, '')))
    expect(failure).toMatchObject({ code: 'bad_response', detail: 'no_valid_entry' })
  })

  it.each([
    {},
    [],
    null,
    5,
    'text',
    { data: null },
    { data: {} },
    { data: 'x' },
    { models: [] },
    { error: null },
  ])('%j is no list', async (body) => {
    const { failure } = await list(openai, inTurn(jsonAnswer(body)))
    expect(failure).toEqual({ code: 'bad_response', detail: 'shape', httpStatus: 200 })
  })

  it.each([
    [{ error: { code: 'invalid_api_key' } }, 'key_rejected'],
    [{ error: { code: 'insufficient_quota' } }, 'no_credit'],
    [{ error: { message: 'sorry' } }, 'upstream_error'],
    [{ data: [], error: { message: 'sorry' } }, 'upstream_error'],
    [{ error: 'Missing scopes: api.model.read' }, 'no_permission'],
  ])('an error with 200 is an error: %j', async (body, code) => {
    expect((await list(openai, inTurn(jsonAnswer(body)))).failure).toMatchObject({ code, httpStatus: 200 })
  })
})

describe('odd entries', () => {
  /** A page of this text, which JSON.stringify would not make. */
  const textPage = (text: string): Reply => ({
    answer: { status: 200, headers: {}, body: new TextEncoder().encode(text) },
  })

  it('cost only themselves, be they of any size', async () => {
    const aliases = Array.from({ length: 130_000 }, (_, index) => `a${index}`)
    const data = [{ id: 'first' }, { id: 'hostile', aliases }, { id: 'last' }]
    const { ids, listing } = await list(mistral, inTurn(jsonAnswer({ data })))
    expect(ids).toEqual(['first', 'last'])
    expect(listing?.droppedCount).toBe(1)
  })

  it('have no more aliases than anybody reads', async () => {
    const aliases = Array.from({ length: 9_000 }, (_, index) => `a${index}`)
    const { listing } = await list(mistral, inTurn(jsonAnswer({ data: [{ id: 'a', aliases }] })))
    expect(listing?.models[0]?.aliases).toHaveLength(LIMITS.aliases)
    expect(listing?.droppedCount).toBe(0)
  })

  it('alone are no list', async () => {
    const aliases = Array.from({ length: 130_000 }, () => 'a')
    const { failure } = await list(mistral, inTurn(jsonAnswer({ data: [{ id: 'a', aliases }] })))
    expect(failure).toMatchObject({ code: 'bad_response', detail: 'no_valid_entry' })
  })

  it.each(['{"data":[{"id":"a"},oops]}', '{"data":[{"id":"a"},]}', '{"data":[{"id":"a"} {"id":"b"}]}'])(
    'that are no JSON make the page none: %s',
    async (text) => {
      const { failure, paths } = await list(openai, inTurn(textPage(text)))
      expect(failure).toEqual({ code: 'bad_response', detail: 'not_json', httpStatus: 200 })
      expect(paths).toHaveLength(1)
    },
  )

  it('that are no JSON on a later page leave the earlier ones, flawed', async () => {
    const { ids, listing } = await list(
      cohere,
      inTurn(coherePage('a', '1'), textPage('{"models":[{"name":"2"},oops]}')),
    )
    expect(ids[0]).toBe('1')
    expect(listing?.flaw).toEqual({ code: 'bad_response', detail: 'not_json', httpStatus: 200 })
  })

  it('beyond the limit are not even parsed', async () => {
    const page = textPage('{"data":[{"id":"a"},{"id":"b"},oops]}')
    expect(await list(openai, inTurn(page), { models: 2 })).toMatchObject({
      ids: ['a', 'b'],
      listing: { remark: 'truncated', droppedCount: 0 },
    })
  })

  it('by the million are cut', async () => {
    const page = textPage(`{"data":[{"id":"a"},${'{},'.repeat(1_000_000)}{}]}`)
    const { ids, listing } = await list(openai, inTurn(page))
    expect(ids).toEqual(['a'])
    expect(listing).toMatchObject({ droppedCount: LIMITS.models - 1, remark: 'truncated' })
  })

  it('are no excuse for what stands around the list', async () => {
    const junk = 'x'.repeat(LIMITS.envelopeBytes)
    const { failure } = await list(openai, inTurn(jsonAnswer({ junk, data: [{ id: 'a' }] })))
    expect(failure).toEqual({ code: 'too_large', httpStatus: 200 })
  })
})

describe('paging', () => {
  it('goes on for ever only up to the limit of pages', async () => {
    const endless: Server = (_path, _request, count) => coherePage(`token-${count}`, `model-${count}`)
    const { listing, paths } = await list(cohere, endless, { pages: 3 })
    expect(paths).toEqual([
      '/models?page_size=1000',
      '/models?page_size=1000&page_token=token-1',
      '/models?page_size=1000&page_token=token-2',
    ])
    expect(listing).toMatchObject({ models: [{}, {}, {}], remark: 'truncated' })
    expect(listing).not.toHaveProperty('flaw')
  })

  it('goes on for ever only up to the limit of models', async () => {
    const endless: Server = (_path, _request, count) => coherePage(`${count}`, `a${count}`, `b${count}`)
    const { listing, paths } = await list(cohere, endless, { models: 4 })
    expect(paths).toHaveLength(2)
    expect(listing).toMatchObject({ models: [{}, {}, {}, {}], remark: 'truncated' })
  })

  it.each([
    ['on the only page', [['1', '2', '3', '4']]],
    [
      'on the last page',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['on a page before the last', [['1', '2'], ['3', '4'], ['5']]],
    ['between two pages', [['1', '2', '3'], ['4']]],
  ])('says so where the limit of models is passed %s', async (_name, pages) => {
    const { ids, listing } = await list(cohere, inTurn(...inPages(pages)), { models: 3 })
    expect(ids).toEqual(['1', '2', '3'])
    expect(listing).toMatchObject({ remark: 'truncated' })
  })

  it.each([
    ['on the only page', [['1', '2', '3']]],
    ['on the last page', [['1', '2'], ['3']]],
  ])('says nothing where the limit of models is just reached %s', async (_name, pages) => {
    const { ids, listing } = await list(cohere, inTurn(...inPages(pages)), { models: 3 })
    expect(ids).toEqual(['1', '2', '3'])
    expect(listing).not.toHaveProperty('remark')
  })

  it('goes on for ever only up to the limit of bytes, of all pages together', async () => {
    const text = 'x'.repeat(1_000)
    const left: number[] = []
    /** As the real port does, it reads no more than it may. */
    const endless: Server = (_path, { mostBytes }, count) => {
      left.push(mostBytes)
      const page = jsonAnswer({ models: [{ name: `m${count}`, text }], next_page_token: `${count}` })
      return page.answer.body.length > mostBytes ? { failure: { code: 'too_large' } } : page
    }
    const { ids, listing } = await list(cohere, endless, { bodyBytes: 2_500 })
    expect(ids).toEqual(['m1', 'm2'])
    expect(listing?.flaw).toEqual({ code: 'too_large' })
    const pageBytes = (left[0] ?? 0) - (left[1] ?? 0)
    expect(left).toEqual([2_500, 2_500 - pageBytes, 2_500 - 2 * pageBytes])
    expect(pageBytes).toBeGreaterThan(text.length)
  })

  it('stops at a cursor that comes back', async () => {
    const circle = inTurn(coherePage('a', '1'), coherePage('b', '2'), coherePage('a', '3'))
    const { ids, listing, paths } = await list(cohere, circle)
    expect(ids).toEqual(['1', '2', '3'])
    expect(paths).toHaveLength(3)
    expect(listing).toMatchObject({ remark: 'truncated' })
    const same = inTurn(jsonAnswer({ data: [{ id: 'x' }], has_more: true, last_id: 'x' }))
    expect(await list(anthropic, same)).toMatchObject({ ids: ['x'], paths: { length: 2 } })
  })

  it('lists models once that stand on two pages', async () => {
    const overlapping = inTurn(coherePage('a', '1', '2'), coherePage('', '2', '3'))
    expect(await list(cohere, overlapping)).toMatchObject({
      ids: ['1', '2', '3'],
      listing: { droppedCount: 0 },
    })
  })

  it('encodes cursors', async () => {
    const cursor = 'a&page_size=1#\r\nx: y/../é'
    const { paths } = await list(cohere, inTurn(coherePage(cursor, '1'), coherePage(null, '2')))
    expect(paths[1]).toBe('/models?page_size=1000&page_token=a%26page_size%3D1%23%0D%0Ax%3A+y%2F..%2F%C3%A9')
  })

  it('follows a link on its own host', async () => {
    const pages = inTurn(
      linkedPage('/v1/models/user?offset=1', '1'),
      linkedPage('?offset=2', '2'),
      linkedPage(null, '3'),
    )
    const { ids, paths } = await list(openrouter, pages)
    expect(ids).toEqual(['1', '2', '3'])
    expect(paths.slice(1)).toEqual(['/models/user?offset=1', '/models/user?offset=2'])
  })

  it.each([
    'https://evil.example/v1/models',
    '//evil.example/v1/models',
    'http://host.example/v1/models',
    'https://host.example:8443/v1/models',
    'https://user:word@host.example/v1/models',
    'https://user@host.example/v1/models',
    'https://host.example.evil.example/v1/models',
    'file:///etc/passwd',
    'https://',
    `/v1/models?cursor=${'x'.repeat(2_048)}`,
  ])('follows no link to %.50s', async (link) => {
    const { listing, paths } = await list(openrouter, inTurn(linkedPage(link, '1')))
    expect(paths).toHaveLength(1)
    expect(listing).toMatchObject({ models: [{}], flaw: { code: 'bad_response', detail: 'next_page' } })
  })

  it('follows no cursor of a megabyte', async () => {
    const { listing, paths } = await list(cohere, inTurn(coherePage('x'.repeat(1_000_000), '1')))
    expect(paths).toHaveLength(1)
    expect(listing).toMatchObject({ flaw: { detail: 'next_page' } })
  })

  describe('where a later page fails', () => {
    const first = coherePage('a', '1')
    const later =
      (reply: Reply): Server =>
      (_path, _request, count) =>
        count === 1 ? first : reply

    it.each<[string, Reply, string]>([
      ['500', jsonAnswer({}, 500), 'upstream_error'],
      ['429', jsonAnswer({}, 429), 'rate_limited'],
      ['no list', jsonAnswer({}), 'bad_response'],
      ['a fault of the transport', { failure: { code: 'unreachable' } }, 'unreachable'],
    ])('with %s, the earlier ones stay, flawed', async (_name, reply, code) => {
      const { ids, listing } = await list(cohere, later(reply))
      expect(ids).toEqual(['1'])
      expect(listing?.flaw).toMatchObject({ code })
    })

    it('it is asked for once more', async () => {
      const flapping = inTurn(first, jsonAnswer({}, 500), coherePage(null, '2'))
      const { ids, listing } = await list(cohere, flapping)
      expect(ids).toEqual(['1', '2'])
      expect(listing).not.toHaveProperty('flaw')
    })

    it('by a rejected key, nothing stays', async () => {
      const { listing, failure } = await list(cohere, later(jsonAnswer({}, 401)))
      expect({ listing, failure }).toMatchObject({ listing: undefined, failure: { code: 'key_rejected' } })
    })
  })
})

describe('an answer that contains the key', () => {
  const hex = [...SECRET].map((character) => character.charCodeAt(0).toString(16)).join('')
  const disguises = [SECRET, [...SECRET].reverse().join(''), btoa(SECRET), btoa(`Bearer ${SECRET}`), hex]

  it.each(disguises)('is not used: %s', async (echo) => {
    const answers: [Provider, Reply][] = [
      [openai, openaiPage('gpt-4o', echo)],
      [openrouter, jsonAnswer({ data: [{ id: 'a', name: `Model ${echo}` }] })],
      [openrouter, jsonAnswer({ data: [{ id: 'a', description: echo }] })],
      // the cut would leave all of it but the end
      [openrouter, jsonAnswer({ data: [{ id: 'a', name: 'x'.repeat(513 - echo.length) + echo }] })],
      [openrouter, jsonAnswer({ data: [{ id: 'a', description: 'x'.repeat(20_001 - echo.length) + echo }] })],
      [openrouter, linkedPage(`https://host.example/v1/models/user?cursor=${echo}`, 'a')],
      [cohere, coherePage(echo, 'a')],
      [mistral, jsonAnswer({ data: [{ id: 'a', aliases: [echo] }] })],
      [openrouter, jsonAnswer({ data: [{ id: 'a', hugging_face_id: `owner/${echo}` }] })],
      [mistral, jsonAnswer({ data: [{ id: 'a', deprecation_replacement_model: echo }] })],
      [fireworks, jsonAnswer({ models: [{ name: 'a', displayName: echo }] })],
    ]
    for (const [provider, answer] of answers) {
      const { failure, paths } = await list(provider, inTurn(answer))
      expect(failure).toEqual({ code: 'blocked', detail: 'secret_echo', httpStatus: 200 })
      // no second list is asked, with the same key, of one who does this
      expect(paths).toHaveLength(1)
    }
  })

  const many = Array.from({ length: 350 }, (_, index) => ({ name: `model-${index}` }))

  it.each([0, 99, 100, 250, 349])('is not used, be it in entry %d', async (index) => {
    const models = many.toSpliced(index, 1, { name: `model-of-${SECRET}` })
    const { listing, failure, paths } = await list(cohere, inTurn(jsonAnswer({ models })))
    expect(listing).toBeUndefined()
    expect(failure).toEqual({ code: 'blocked', detail: 'secret_echo', httpStatus: 200 })
    expect(paths).toHaveLength(1)
  })

  it('is not used, nor are the pages before it', async () => {
    const { listing, failure } = await list(cohere, inTurn(coherePage('a', '1'), coherePage(null, SECRET)))
    expect(listing).toBeUndefined()
    expect(failure).toMatchObject({ detail: 'secret_echo' })
  })

  it('is not used, be it before an entry that is no JSON', async () => {
    const text = `{"models":[{"name":"${SECRET}"},oops]}`
    const broken: Reply = { answer: { status: 200, headers: {}, body: new TextEncoder().encode(text) } }
    for (const server of [inTurn(broken), inTurn(coherePage('a', '1'), broken)]) {
      const { listing, failure } = await list(cohere, server)
      expect(listing).toBeUndefined()
      expect(failure).toMatchObject({ code: 'blocked', detail: 'secret_echo' })
    }
  })

  it('is not used, be it in an alias that would be cut', async () => {
    const aliases = [...Array.from({ length: 100 }, (_, index) => `alias-${index}`), SECRET]
    const { failure } = await list(mistral, inTurn(jsonAnswer({ data: [{ id: 'a', aliases }] })))
    expect(failure).toMatchObject({ detail: 'secret_echo' })
  })

  it('is not used, be it in a repetition', async () => {
    const data = [{ id: 'a' }, { id: 'a', name: SECRET }]
    const { failure } = await list(openrouter, inTurn(jsonAnswer({ data })))
    expect(failure).toMatchObject({ detail: 'secret_echo' })
  })
})

describe('several lists', () => {
  const FIRST = '/accounts/fireworks/models?filter=supports_serverless%3Dtrue&pageSize=200'
  const SECOND = '/models'
  const first = jsonAnswer({ models: [{ name: 'first' }] })
  const second = jsonAnswer({ data: [{ id: 'second' }] })
  const serve =
    (one: Reply, other: Reply): Server =>
    (path) =>
      path === FIRST ? one : other

  it('asks only the first where that answers', async () => {
    expect(await list(fireworks, serve(first, second))).toMatchObject({ ids: ['first'], paths: [FIRST] })
  })

  it.each<[string, Reply]>([
    ['no permission', jsonAnswer({}, 403)],
    ['nothing there', jsonAnswer({ code: 5, message: 'resource not found' }, 404)],
    ['a limit', jsonAnswer({}, 429)],
    ['no list', jsonAnswer({ hello: 'world' })],
    ['a fault of the transport', { failure: { code: 'unreachable' } }],
  ])('asks the second after %s', async (_name, reply) => {
    expect(await list(fireworks, serve(reply, second))).toMatchObject({
      ids: ['second'],
      paths: [FIRST, SECOND],
      listing: { remark: 'other_list' },
    })
  })

  it('does not ask the second after a rejected key', async () => {
    const rejected = jsonAnswer({ error: { code: 'UNAUTHORIZED' } }, 403)
    const { failure, paths } = await list(fireworks, serve(rejected, second))
    expect(failure).toMatchObject({ code: 'key_rejected', httpStatus: 403 })
    expect(paths).toEqual([FIRST])
  })

  it.each<[string, Reply, Reply, Partial<Failure>]>([
    ['the first', jsonAnswer({}, 501), jsonAnswer({}, 403), { code: 'upstream_error', httpStatus: 501 }],
    [
      'the second where the first is not there',
      jsonAnswer({}, 404),
      jsonAnswer({}, 501),
      { httpStatus: 501 },
    ],
    ['a rejected key', jsonAnswer({}, 501), jsonAnswer({}, 401), { code: 'key_rejected' }],
  ])('where both fail, tells of %s', async (_name, one, other, failure) => {
    expect((await list(fireworks, serve(one, other))).failure).toMatchObject(failure)
  })
})

describe('a public list', () => {
  const serve =
    (replies: { user: Reply; models?: Reply; key?: Reply }): Server =>
    (path) => {
      if (path.startsWith('/models/user')) return replies.user
      if (path === '/key') return replies.key ?? jsonAnswer({ data: {} })
      return replies.models ?? openaiPage('public')
    }
  const gone = jsonAnswer({}, 404)

  it('is not asked where the key’s own list answers', async () => {
    const { ids, paths } = await list(openrouter, serve({ user: openaiPage('own') }))
    expect(ids).toEqual(['own'])
    expect(paths).toEqual(['/models/user?output_modalities=all'])
  })

  it('is shown with a confirmed key, as what it is', async () => {
    const { ids, listing, paths } = await list(openrouter, serve({ user: gone }))
    expect(ids).toEqual(['public'])
    expect(listing).toMatchObject({ remark: 'public_list' })
    expect(listing).not.toHaveProperty('flaw')
    expect(paths.sort()).toEqual([
      '/key',
      '/models/user?output_modalities=all',
      '/models?output_modalities=all',
    ])
  })

  it('is not shown with a rejected key', async () => {
    const rejected = jsonAnswer({ error: { message: 'User not found.', code: 401 } }, 401)
    for (const replies of [{ user: rejected }, { user: gone, key: rejected }]) {
      const { listing, failure } = await list(openrouter, serve(replies))
      expect({ listing, failure }).toMatchObject({ listing: undefined, failure: { code: 'key_rejected' } })
    }
  })

  it.each<[string, Reply]>([
    ['500', jsonAnswer({}, 500)],
    ['404', gone],
    ['a fault of the transport', { failure: { code: 'unreachable' } }],
    ['no JSON', { answer: { status: 200, headers: {}, body: NOTHING } }],
    ['403', jsonAnswer({}, 403)],
    [
      'a web page with 401',
      { answer: { status: 401, headers: { 'content-type': 'text/html' }, body: NOTHING } },
    ],
  ])('is shown also where the check ends in %s', async (_name, key) => {
    const { ids, listing } = await list(openrouter, serve({ user: gone, key }))
    expect(ids).toEqual(['public'])
    expect(listing).toMatchObject({ remark: 'public_list' })
    expect(listing).not.toHaveProperty('flaw')
  })

  it('keeps its flaw beside the remark', async () => {
    const pages: Server = (path, request, count) =>
      path.includes('offset') ? jsonAnswer({}, 501) : serve({ user: gone, models })(path, request, count)
    const models = linkedPage('/v1/models?offset=1', 'public')
    const { ids, listing } = await list(openrouter, pages)
    expect(ids).toEqual(['public'])
    expect(listing).toMatchObject({
      remark: 'public_list',
      flaw: { code: 'upstream_error', httpStatus: 501 },
    })
  })

  it('fails as itself where only the check answers', async () => {
    const { failure } = await list(openrouter, serve({ user: gone, models: jsonAnswer({}, 501) }))
    expect(failure).toMatchObject({ code: 'upstream_error', httpStatus: 501 })
  })
})

describe('the end of waiting', () => {
  /** As the real port does: nothing until the signal ends it, and then it knows how far it had come. */
  const hanging: Server = (_path, { signal }) =>
    new Promise((resolve) => {
      const giveUp = () => resolve({ failure: { code: 'timeout', detail: 'connecting' } })
      signal.addEventListener('abort', giveUp, { once: true })
    })

  it('is a timeout, without a look at the second list', async () => {
    const { failure, paths } = await list(fireworks, hanging)
    expect(failure).toMatchObject({ code: 'timeout' })
    expect(paths).toHaveLength(1)
  })

  it('tells what went wrong before it', async () => {
    const { failure, paths } = await list(fireworks, (path, request, count) =>
      count === 1 ? jsonAnswer({}, 403) : hanging(path, request, count),
    )
    expect(failure).toMatchObject({ code: 'no_permission', httpStatus: 403 })
    expect(paths).toHaveLength(2)
  })

  it('keeps the pages that had come', async () => {
    const { ids, listing } = await list(cohere, (path, request, count) =>
      count === 1 ? coherePage('a', '1') : hanging(path, request, count),
    )
    expect(ids).toEqual(['1'])
    expect(listing?.flaw).toMatchObject({ code: 'timeout' })
  })

  describe('while entries are read', () => {
    /** Reading takes its time by the clock that is turned by hand, which fires the deadline like any timer. */
    const slow = (provider: Provider, entryMs: number): Provider => ({
      ...provider,
      read: (entry) => {
        vi.advanceTimersByTime(entryMs)
        return provider.read(entry)
      },
    })
    const names = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`)

    it('is a timeout too', async () => {
      const { failure } = await list(slow(cohere, 10), inTurn(coherePage(null, ...names(5_000))))
      expect(failure).toEqual({ code: 'timeout' })
    })

    it('is a timeout also among few entries with much text', async () => {
      const data = names(40).map((id) => ({ id, description: id + 'x'.repeat(300_000) }))
      const { failure } = await list(slow(openrouter, 300), inTurn(jsonAnswer({ data })))
      expect(failure).toEqual({ code: 'timeout' })
    })

    it('keeps what had been read of a later page', async () => {
      const pages = inTurn(coherePage('a', 'first'), coherePage(null, ...names(5_000)))
      const { ids, listing } = await list(slow(cohere, 10), pages)
      expect(ids[0]).toBe('first')
      // a group of entries is the smallest step
      expect(ids.length).toBeLessThanOrEqual(1 + LIMITS.timeoutMs / 10 + 100)
      expect(listing?.flaw).toEqual({ code: 'timeout' })
    })

    it('is not before it has come', async () => {
      const { ids, listing } = await list(slow(cohere, 1), inTurn(coherePage(null, ...names(5_000))))
      expect(ids).toHaveLength(5_000)
      expect(listing).not.toHaveProperty('flaw')
    })

    it('comes from the caller as well', async () => {
      const caller = new AbortController()
      setTimeout(() => caller.abort(), 2_000)
      let entries = 0
      const counting: Provider = {
        ...cohere,
        read: (entry) => {
          entries++
          return slow(cohere, 10).read(entry)
        },
      }
      await list(counting, inTurn(coherePage(null, ...names(5_000))), {}, caller.signal)
      expect(entries).toBeLessThanOrEqual(300)
    })

    it('is no reason to keep others waiting', async () => {
      vi.useRealTimers()
      let entries = 0
      let entriesAtTurn: number | undefined
      const busy: Provider = {
        ...cohere,
        read: (entry) => {
          entries++
          for (const start = performance.now(); performance.now() - start < 0.2; );
          return cohere.read(entry)
        },
      }
      const { ids } = await list(busy, () => {
        setTimeout(() => {
          entriesAtTurn = entries
        })
        return coherePage(null, ...names(400))
      })
      expect(ids).toHaveLength(400)
      expect(entriesAtTurn).toBeLessThan(400)
    })
  })

  it('is also the caller’s', async () => {
    const caller = new AbortController()
    caller.abort()
    const signals: boolean[] = []
    const noting: Server = (_path, { signal }) => {
      signals.push(signal.aborted)
      return { failure: { code: 'unreachable', isRetryable: true } }
    }
    await list(fireworks, noting, {}, caller.signal)
    expect(signals).toEqual([true])
  })

  it('frees what is still open when the answer is there', async () => {
    const signals: AbortSignal[] = []
    await list(openai, (_path, { signal }) => {
      signals.push(signal)
      return openaiPage('a')
    })
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })
})

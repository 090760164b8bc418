import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ApiKey } from '../api-key.ts'
import { toAvailableModels, toOffer } from '../available-models.ts'
import { discoverAll } from '../discover.ts'
import { LIMITS } from '../limits.ts'
import type { Provider } from '../provider.ts'
import { AvailableModels } from '../schema/available-models.ts'
import { Model } from '../schema/model.ts'
import type { GetRequest, HttpAnswer, HttpGet } from '../transport.ts'
import { member } from '../wire-values.ts'

/** The day on which the fixtures are read. */
const NOW = Date.parse('2026-11-22T12:00:00Z')
const SECRET = 'rc-test-0123456789-abcdef'
/** Names that every object has, and a list of models may have too. */
const INHERITED_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

/** Hand-written answers in the shape of the provider's own, and what is to be made of them. */
interface Fixture {
  /** One for each of the provider's lists, in their order. */
  lists: {
    /** In the order in which they are to be asked for, by the very address. */
    pages: { url: string; body: unknown }[]
    dropped: number
    /** By native id, in the order of the list: the whole model but its id. */
    models: Record<string, Omit<Model, 'id'>>
  }[]
}

/** What every description in the registry promises. A provider is covered by having a fixture. */
export function testProvider(provider: Provider): void {
  const prefixed = (id: string) => `${provider.key}/${id}`
  let fixture: Fixture
  beforeAll(async () => {
    const file = await import(`./fixtures/${provider.key}.json`, { with: { type: 'json' } })
    fixture = file.default as Fixture
  })

  it('describes itself plainly', () => {
    const { keyCheck, keysUrl, statusUrl, lists, keyVariables } = provider
    for (const url of [keysUrl, statusUrl]) expect(new URL(url).protocol).toBe('https:')
    for (const { base, path } of keyCheck ? [...lists, keyCheck] : lists) {
      expect(new URL(base).protocol).toBe('https:')
      expect(base).not.toMatch(/\/$/)
      expect(path).toMatch(/^\/.*[^/]$/)
    }
    for (const variable of keyVariables) expect(variable).toMatch(/^[A-Z][A-Z_]*_API_KEY$/)
    if (lists.some(({ isPublic }) => isPublic)) expect(keyCheck).toBeDefined()
  })

  it('has a fixture for each of its lists, with 5 entries or more and an odd one', () => {
    expect(fixture.lists).toHaveLength(provider.lists.length)
    expect(Object.keys(fixture.lists[0]?.models ?? {}).length).toBeGreaterThanOrEqual(5)
    for (const { dropped } of fixture.lists) expect(dropped).toBeGreaterThan(0)
  })

  describe.each(provider.lists.map((list, index) => [list.path, index] as const))('%s', (_path, index) => {
    it('is read to exactly the expected models', async () => {
      const { pages, models, dropped } = listOf(fixture, index)
      const { listing } = await ask(provider, servePages(pages))
      expect(listing).toEqual({
        models: Object.entries(models).map(([id, model]) => ({ id: prefixed(id), ...model })),
        droppedCount: dropped,
        ...(provider.lists[index]?.isPublic
          ? { remark: 'public_list' }
          : index > 0
            ? { remark: 'other_list' }
            : {}),
        // the better list is not served here
        ...(index > 0 ? { insteadOf: { code: 'upstream_error', detail: 'not_found', httpStatus: 404 } } : {}),
      })
      for (const model of listing?.models ?? []) {
        expect(Model.strict().parse(model)).toEqual(model)
        expect(emptyFields(model)).toEqual([])
      }
    })

    it('is an answer that fits the schema', async () => {
      const { result } = await ask(provider, servePages(listOf(fixture, index).pages))
      const answer = toAvailableModels([toOffer(result, { timeoutMs: 10_000, cacheTtlMs: 3_600_000 })])
      expect(answer.providers).toHaveLength(2)
      // what is not in the schema would be left out
      expect(AvailableModels.parse(answer)).toEqual(answer)
    })

    it('is asked for page by page, with the key in its header and in no address', async () => {
      const { pages } = listOf(fixture, index)
      const requests: GetRequest[] = []
      await ask(provider, servePages(pages), requests)
      const listUrls = requests.map(({ url }) => url).filter((url) => pages.some((page) => page.url === url))
      expect(listUrls).toEqual(pages.map(({ url }) => url))
      const { auth } = provider
      const credential = auth === 'bearer' ? { authorization: `Bearer ${SECRET}` } : { [auth.header]: SECRET }
      for (const { url, headers } of requests) {
        expect(headers).toMatchObject({ ...provider.headers, ...credential })
        expect(Object.values(headers).filter((value) => value.includes(SECRET))).toHaveLength(1)
        expect(url).not.toContain(SECRET)
      }
    })
  })

  it('drops entries of other shapes and keeps the rest', async () => {
    const { pages, models, dropped } = listOf(fixture, 0)
    const strange = [null, true, 42, 'text', [], [[]], {}, { id: {}, name: {} }, { id: '', name: '' }]
    const [first, ...rest] = structuredClone(pages)
    entriesOf(provider, first?.body).unshift(...strange)
    const { listing } = await ask(provider, servePages(first ? [first, ...rest] : rest))
    expect(listing?.models.map(({ id }) => id)).toEqual(Object.keys(models).map(prefixed))
    expect(listing?.droppedCount).toBe(dropped + strange.length)
  })

  it('keeps ids that every object has', async () => {
    const [page] = structuredClone(listOf(fixture, 0).pages.slice(-1))
    const entries = entriesOf(provider, page?.body)
    const example = entries.find((entry) => provider.read(entry))
    entries.splice(0, entries.length, ...INHERITED_NAMES.map((id) => withId(provider, example, id)))
    const { listing } = await ask(provider, async () => jsonAnswer(page?.body))
    expect(listing?.models.map(({ id }) => id)).toEqual(INHERITED_NAMES.map(prefixed))
    for (const { name } of listing?.models ?? []) expect(name).not.toMatch(/native code|\[object/)
  })

  it('survives any JSON as a page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (page) => {
        expectSound(await ask(provider, async () => jsonAnswer(page)))
      }),
      { numRuns: 100 },
    )
  })

  it('survives any JSON in the fields of its entries and of its envelope', async () => {
    const [example] = listOf(fixture, 0).pages
    const entries = entriesOf(provider, example?.body)
    const fields = [...new Set(entries.flatMap((entry) => Object.keys(entry ?? {})))]
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(...INHERITED_NAMES, -1, 1e308, '-1', '2098-12-31', '2026-02-30'),
    )
    const overwrites = fc.array(fc.dictionary(fc.constantFrom(...fields), value), { maxLength: 6 })
    const envelope = fc.option(fc.dictionary(fc.constantFrom(...envelopeFields(example?.body)), value))
    await fc.assert(
      fc.asyncProperty(overwrites, envelope, async (changes, around) => {
        const body = structuredClone(example?.body)
        const list = entriesOf(provider, body)
        changes.forEach((change, at) => {
          list[at] = { ...(list[at] as object), ...change }
        })
        const page = around && !Array.isArray(body) ? { ...(body as object), ...around } : body
        expectSound(await ask(provider, async () => jsonAnswer(page)))
      }),
      { numRuns: 100 },
    )
  })
}

/** A 200 with this value as its body. */
export function jsonAnswer(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): { answer: HttpAnswer } {
  const body = new TextEncoder().encode(JSON.stringify(value))
  return { answer: { status, headers: { 'content-type': 'application/json', ...headers }, body } }
}

/** Serves these pages by their addresses, and confirms any key; all else is not there. */
function servePages(pages: readonly { url: string; body: unknown }[]): HttpGet {
  return async ({ url }) => {
    const page = pages.find((candidate) => candidate.url === url)
    if (page) return jsonAnswer(page.body)
    return url.endsWith('/key') ? jsonAnswer({ data: {} }) : jsonAnswer({ message: 'not found' }, 404)
  }
}

async function ask(provider: Provider, get: HttpGet, requests: GetRequest[] = []) {
  const parsed = ApiKey.parse(SECRET)
  if (!('key' in parsed)) throw new Error(parsed.problem)
  const [result] = await discoverAll([{ provider, key: parsed.key }], {
    get: (request) => {
      requests.push(request)
      return get(request)
    },
    limits: { ...LIMITS, pages: 4 },
    now: () => NOW,
    random: () => 0,
  })
  if (!result) throw new Error('no result')
  return 'listing' in result
    ? { result, listing: result.listing, failure: undefined }
    : { result, listing: undefined, failure: result.failure }
}

/** A value of ours, whatever was sent: a list of sound models or one of the expected failures. */
function expectSound({ listing, failure }: Awaited<ReturnType<typeof ask>>): void {
  // `internal` is what a throwing description becomes
  if (failure) expect(failure.code).toMatch(/^(bad_response|upstream_error|key_rejected)$/)
  for (const model of listing?.models ?? []) {
    expect(Model.strict().safeParse(model).error).toBeUndefined()
    expect(emptyFields(model)).toEqual([])
  }
  const ids = listing?.models.map(({ id }) => id) ?? []
  expect(ids).toEqual([...new Set(ids)])
}

function listOf(fixture: Fixture, index: number): Fixture['lists'][number] {
  const list = fixture.lists[index]
  if (!list) throw new Error(`the fixture has no list ${index}`)
  return list
}

/** The page's own array, so that changing it changes the page. */
function entriesOf({ entriesAt }: Provider, body: unknown): unknown[] {
  const places = entriesAt.map((name) => (name === '' ? body : member(body, name)))
  return places.find((place) => Array.isArray(place)) ?? []
}

function withId(provider: Provider, entry: unknown, id: string): unknown {
  const current = provider.read(entry)?.id ?? ''
  const fields = Object.entries(entry as object).map(([name, value]) =>
    typeof value === 'string' && value.endsWith(current) ? [name, value.replace(current, id)] : [name, value],
  )
  return Object.fromEntries(fields)
}

function envelopeFields(body: unknown): string[] {
  return [...Object.keys(Array.isArray(body) ? {} : (body as object)), 'error', '__proto__']
}

/** The names of fields that are there and say nothing. */
function emptyFields(value: object): string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    if (inner === null || inner === undefined) return [name]
    return typeof inner === 'object' ? emptyFields(inner) : []
  })
}

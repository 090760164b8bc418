import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ODD_ENTRY, readErrorBody, readJsonPage } from './json-page.ts'
import { LIMITS } from './limits.ts'

const MOST_DEPTH = 32
const LISTS = ['data', '']
const utf8 = (text: string) => new TextEncoder().encode(text)
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
const failure = (detail: string, isRetryable = false) => ({
  failure: { code: 'bad_response', detail, isRetryable },
})

interface Options {
  contentType?: string | undefined
  entriesAt?: readonly string[]
  models?: number
}

function read(
  body: string | Uint8Array,
  { contentType, entriesAt = LISTS, models = LIMITS.models }: Options = {},
) {
  const bytes = typeof body === 'string' ? utf8(body) : body
  return readJsonPage(bytes, contentType, entriesAt, { depth: MOST_DEPTH, models })
}

/** The page, of which is expected that it can be read. */
function pageOf(body: string | Uint8Array, options: Options = {}) {
  const result = read(body, options)
  if ('failure' in result) throw new Error(`no page: ${JSON.stringify(result.failure)}`)
  return result.page
}

/** Every entry, or undefined where there is no list. */
function entriesOf(body: string | Uint8Array, options: Options = {}): unknown[] | undefined {
  const { entries } = pageOf(body, options)
  return entries && Array.from({ length: entries.count }, (_, index) => entries.at(index))
}

/** The page with its entries put back, which is to be what JSON.parse makes of it. */
function reassembled(body: string | Uint8Array, options: Options = {}): unknown {
  const { envelope } = pageOf(body, options)
  const entries = entriesOf(body, options)
  if (!entries) return envelope
  return Array.isArray(envelope) ? entries : { ...(envelope as object), data: entries }
}

describe('what is read', () => {
  it.each([
    ['an object', '{"data":[{"id":"a"}]}', { data: [{ id: 'a' }] }],
    ['a bare value', ' 5 ', 5],
    ['a byte order mark', '\ufeff{"a":1}', { a: 1 }],
    ['a byte order mark before a list', '\ufeff{"data":[1]}', { data: [1] }],
    ['braces inside strings', '{"a":"}]{[","b":1}', { a: '}]{[', b: 1 }],
    ['escaped quotes', '{"a":"\\"}\\\\"}', { a: '"}\\' }],
    ['the deepest allowed', nested(MOST_DEPTH), JSON.parse(nested(MOST_DEPTH))],
    ['many siblings', `[${'[],'.repeat(1_000)}[]]`, Array.from({ length: 1_001 }, () => [])],
    ['a depth that is only text', `"${'['.repeat(1_000)}"`, '['.repeat(1_000)],
    ['an empty list', '{"data": [ \n ], "next": null}', { data: [], next: null }],
    ['an empty bare list', ' [ ] ', []],
    [
      'characters of several bytes around the cuts',
      '{"ü":"日","data":["😀","é"]}',
      { ü: '日', data: ['😀', 'é'] },
    ],
  ])('%s', (_name, text, value) => {
    expect(reassembled(text)).toEqual(value)
  })

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['text/plain;charset="UTF-8"'],
    ['text/plain'],
    [undefined],
  ])('as %s', (contentType) => {
    expect(reassembled('{"a":"ü"}', { contentType })).toEqual({ a: 'ü' })
  })

  it('in Latin-1, where that is declared', () => {
    const latin1 = Uint8Array.from([...'{"a":"ü","data":["ü"]}'].map((character) => character.charCodeAt(0)))
    const contentType = 'application/json; charset=iso-8859-1'
    expect(reassembled(latin1, { contentType })).toEqual({ a: 'ü', data: ['ü'] })
    expect(reassembled(latin1)).toEqual({ a: '\ufffd', data: ['\ufffd'] })
  })
})

describe('what is refused', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['one level too deep', nested(MOST_DEPTH + 1), 'too_deep'],
    ['very deep and never closed', '['.repeat(1_000_000), 'too_deep'],
    ['too deep in objects', '{"a":'.repeat(33), 'too_deep'],
    ['too deep in an entry', `{"data":[${nested(MOST_DEPTH - 1)}]}`, 'too_deep'],
    ['trailing garbage', '{"a":1}x', 'not_json'],
    ['trailing garbage after a list', '{"data":[1]}x', 'not_json'],
    ['two values', '{"a":1}{"b":2}', 'not_json'],
    ['two lists', '[1][2]', 'not_json'],
    ['two pages', '{"data":[1]}{"data":[2]}', 'not_json'],
    ['a list that is closed as an object', '{"data":[1}]', 'not_json'],
    ['an entry of too many closing brackets', '{"data":[{"a":[1]]}]}', 'not_json'],
    ['a web page', '<!doctype html><html></html>', 'not_json'],
    ['a web page with an open brace', '<html><style>p {', 'not_json'],
    ['an event stream', ': OPENROUTER PROCESSING\n\ndata: {"a":', 'not_json'],
    ['plain words', 'upstream error', 'not_json'],
    ['only a byte order mark', '\ufeff', 'not_json'],
    ['only blanks', ' \n ', 'not_json'],
  ])('%s', (_name, text, detail) => {
    expect(read(text)).toEqual(failure(detail))
  })

  it.each(['utf-16', 'UTF-16LE', 'utf-32', 'x-unknown', 'shift_jis'])('the charset %s', (charset) => {
    expect(read('{}', { contentType: `application/json; charset=${charset}` })).toEqual(failure('encoding'))
  })

  it.each([
    ['a comma too many', '[1,]', 1],
    ['a comma too few', '[1 2]', 0],
    ['an entry that is missing', '[1,,2]', 1],
    ['not a number', '[NaN]', 0],
    ['nothing but a comma', '[,]', 0],
    ['nothing but a colon', '[:]', 0],
    ['a comma too many in an envelope', '{"data":[1,]}', 1],
    ['closing brackets after the end', '{"data":[1]}}]}', 1],
    ['a word', '{"data":[{"id":"a"},{"id":oops}]}', 1],
  ])('by its entry: %s', (_name, text, index) => {
    const { entries } = pageOf(text)
    for (let good = 0; good < index; good++) expect(() => entries?.at(good)).not.toThrow()
    expect(() => entries?.at(index)).toThrow(SyntaxError)
  })

  it.each([
    ['[1,]', 'data'],
    ['[NaN]', 'data'],
    ['["data":[1]]', 'data'],
    ['{"data":[1,]}', 'models'],
  ])('as a whole, where it has no list: %s', (text, name) => {
    expect(read(text, { entriesAt: [name] })).toEqual(failure('not_json'))
  })
})

describe('what was cut off', () => {
  it.each([
    '{',
    '[',
    '{"a":1',
    '{"a":"b',
    '{"a":"b\\',
    '[1,2,',
    '[[1],[2]',
    '  {"a',
    '\ufeff{"a"',
    '{"data":[1]',
    '{"data":[{"id":"],[',
    '{"data":[1],"next":"',
  ])('%s', (text) => {
    expect(read(text)).toEqual(failure('cut_off', true))
  })
})

describe('where the list is', () => {
  it.each<[string, string, readonly string[], unknown[] | undefined]>([
    ['under its name', '{"object":"list","data":[1,2]}', ['data'], [1, 2]],
    ['under one of its names', '{"models":[1,2]}', ['models', 'data'], [1, 2]],
    ['the page itself', '[1,2]', [''], [1, 2]],
    ['either', '[1,2]', ['data', ''], [1, 2]],
    ['not the page itself, where that is not expected', '[1,2]', ['data'], undefined],
    ['not under a name, where only a bare list is expected', '{"data":[1,2]}', [''], undefined],
    ['not under an empty name', '{"":[1,2]}', ['data', ''], undefined],
    ['not under another name', '{"list":[1,2]}', ['data'], undefined],
    ['not under a longer name', '{"data_":[1],"_data":[2]}', ['data'], undefined],
    ['not one level down', '{"a":{"data":[1,2]}}', ['data'], undefined],
    ['not in an entry', '{"data":[{"data":[1]},[2]]}', ['data'], [{ data: [1] }, [2]]],
    ['not in a list that is itself none', '[{"data":[1]}]', ['data'], undefined],
    ['not what is no array', '{"data":{"0":[1]}}', ['data'], undefined],
    ['not a text of the name before an array', '{"a":"data","b":[1]}', ['data'], undefined],
    ['after values of all kinds', '{"a":[1,[2]],"b":{"c":[3]},"d":"[","data":[4]}', ['data'], [4]],
    ['before values of all kinds', '{"data":[4],"a":[1,[2]],"b":{"c":[3]},"d":"["}', ['data'], [4]],
    ['the last one of equal names', '{"data":[1,2],"data":[3]}', ['data'], [3]],
    ['also an empty last one', '{"data":[1,2],"data":[]}', ['data'], []],
    ['under a name within blanks', '{ "data"\r\n\t: [ 1 ] }', ['data'], [1]],
    ['after a name with escapes', '{"\\"data\\"":[1],"a\\\\":[2],"data":[3]}', ['data'], [3]],
    // nobody writes it so, and a page without a list is a named failure
    ['not under a name in escapes', '{"d\\u0061ta":[1]}', ['data'], undefined],
  ])('is %s', (_name, text, entriesAt, expected) => {
    expect(entriesOf(text, { entriesAt })).toEqual(expected)
  })

  it('is left out of the envelope', () => {
    const page = pageOf('{"first_id":"a","data":[{"id":"a"}],"has_more":true}')
    expect(page.envelope).toEqual({ first_id: 'a', data: [], has_more: true })
    expect(page.entries).toMatchObject({ count: 1, isTruncated: false })
    expect(pageOf('[{"id":"a"}]').envelope).toEqual([])
  })

  it('is told from what strings hold', () => {
    const strings = ['],[', '}],[{', '"],["', '\\"],', ',', '[', '{"data":[']
    const text = JSON.stringify({ '],[': strings, data: strings.map((id) => ({ id, [id]: id })) })
    expect(reassembled(text)).toEqual(JSON.parse(text))
  })
})

describe('put together again', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'[]{}",:\\ \nü😀a') }))
  // JSON.parse of Node 24 confuses names that hold a backslash with others it has read before
  const name = text.map((characters) => characters.replaceAll('\\', '/'))
  const scalar = fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.constant(null), text)
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      scalar,
      fc.array(tie('json'), { maxLength: 5 }),
      fc.dictionary(name, tie('json'), { maxKeys: 5 }),
    ),
  }))
  const list = fc.array(json)
  const envelope = fc.dictionary(name, json)
  const indent = fc.constantFrom(undefined, 1, 2, '\t', '\r\n  ')
  const page = fc.oneof(
    list,
    envelope,
    fc.tuple(envelope, list, envelope).map(([before, data, after]) => ({ ...before, data, ...after })),
    fc.tuple(envelope, list).map(([before, data]) => ({ ...before, nested: { data, list: [data] } })),
  )

  it('envelope and entries are what was sent, and every strict prefix is cut off', () => {
    fc.assert(
      fc.property(page, indent, (value, space) => {
        const body = utf8(JSON.stringify(value, null, space))
        expect(reassembled(body)).toEqual(JSON.parse(JSON.stringify(value)))
        for (let length = 1; length < body.length; length += 1 + Math.floor(body.length / 200)) {
          expect(read(body.subarray(0, length))).toEqual(failure('cut_off', true))
        }
      }),
    )
  })

  it('of several names the last one counts, as in JSON.parse', () => {
    fc.assert(
      fc.property(list, list, envelope, (first, last, between) => {
        const { data: _, ...others } = between
        const inner = JSON.stringify(others).slice(1, -1)
        const body = `{"data":${JSON.stringify(first)},${inner && `${inner},`}"data":${JSON.stringify(last)}}`
        expect(reassembled(body)).toEqual(JSON.parse(body))
      }),
    )
  })

  /** Read as JSON.parse does, or not at all. */
  function expectLikeJsonParse(text: string): void {
    let parsed: unknown
    try {
      parsed = JSON.parse(text)
    } catch {
      expect(() => reassembled(text)).toThrow()
      return
    }
    // a second `data` of another type is the one thing in which the two may differ
    if (!/"data".*"data"/s.test(text)) expect(reassembled(text)).toEqual(parsed)
  }

  it('what is no JSON is not taken for some, wherever it is broken', () => {
    fc.assert(
      fc.property(page, fc.nat(), fc.constantFrom(...'[]{}",:x'), (value, at, character) => {
        const whole = JSON.stringify(value).replaceAll('\\\\', '/')
        const index = at % whole.length
        // half a character is not what arrives as bytes
        expectLikeJsonParse((whole.slice(0, index) + character + whole.slice(index + 1)).toWellFormed())
      }),
      { numRuns: 1_000 },
    )
  })

  it('what is made of tokens at random is read as JSON.parse does', () => {
    const marks = ['{', '}', '[', ']', ',', ':', ' ', 'x', '"a"', '1', 'null', '"],["', '"\\""']
    const tokens = fc.constantFrom(...marks, '"data"', '"data":', '"data":[', '[1]', '{}')
    fc.assert(
      fc.property(fc.array(tokens, { minLength: 1, maxLength: 14 }), (parts) => {
        expectLikeJsonParse(parts.join(''))
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('entries beyond the limit', () => {
  it('are counted as more, and never parsed', () => {
    const { entries } = pageOf('{"data":[1,2,oops,{"a" "b"}],"more":1}', { models: 2 })
    expect(entries).toMatchObject({ count: 2, isTruncated: true })
    expect([entries?.at(0), entries?.at(1)]).toEqual([1, 2])
  })

  it('are none where the list just fits', () => {
    expect(pageOf('[1,2]', { models: 2 }).entries).toMatchObject({ count: 2, isTruncated: false })
  })

  it('cost nothing, be they five million', () => {
    const { entries } = pageOf(`{"data":[${'{},'.repeat(5_000_000)}{}]}`)
    expect(entries).toMatchObject({ count: LIMITS.models, isTruncated: true })
  })
})

describe('values without measure', () => {
  const many = (count: number) => `[${'{},'.repeat(count - 1)}{}]`

  it('in one entry make it an odd one, and spare the others', () => {
    expect(entriesOf(`{"data":[{"id":"a"},{"id":"b","x":${many(200_000)}},{"id":"c"}]}`)).toEqual([
      { id: 'a' },
      ODD_ENTRY,
      { id: 'c' },
    ])
  })

  it.each([
    ['brackets', '[],'],
    ['braces', '{},'],
    ['numbers', '0,'],
    ['names', '"a":0,'],
    ['levels', `${nested(20)},`],
  ])('are counted as %s', (_name, value) => {
    const list = value.startsWith('"')
      ? `{${value.repeat(LIMITS.entryValues)}"z":0}`
      : `[${value.repeat(LIMITS.entryValues)}0]`
    expect(entriesOf(`[${list}]`)).toEqual([ODD_ENTRY])
    expect(read(list, { entriesAt: [] })).toEqual(failure('shape'))
  })

  it('outside the list are too much, before and after it', () => {
    const junk = many(LIMITS.entryValues)
    for (const text of [
      `{"junk":${junk},"data":[1]}`,
      `{"data":[1],"junk":${junk}}`,
      `{"data":${junk},"data":[1]}`,
      `{${'"data":[],'.repeat(LIMITS.entryValues)}"data":[1]}`,
    ]) {
      expect(read(text)).toEqual({ failure: { code: 'too_large' } })
    }
  })

  it('without a list are no list', () => {
    expect(read(`{"junk":${many(LIMITS.entryValues)}}`)).toEqual(failure('shape'))
  })

  it('are none in an ordinary entry', () => {
    const entry = { id: 'a', list: Array.from({ length: 1_000 }, (_, index) => ({ index })) }
    const page = { around: entry, data: [entry, entry] }
    expect(reassembled(JSON.stringify(page))).toEqual(page)
  })
})

it('an entry of too many bytes is an odd one, and spares the others', () => {
  const most = 'x'.repeat(LIMITS.entryBytes - '""'.length)
  expect(entriesOf(JSON.stringify({ data: ['a', most, `${most}x`, 'b'] }))).toEqual([
    'a',
    most,
    ODD_ENTRY,
    'b',
  ])
})

describe('an envelope without measure', () => {
  const junk = 'x'.repeat(LIMITS.envelopeBytes)

  it('is too large, before and after the list', () => {
    for (const page of [
      { junk, data: [1] },
      { data: [1], junk },
    ]) {
      expect(read(JSON.stringify(page))).toEqual({ failure: { code: 'too_large' } })
    }
  })

  it('is no list where it has none', () => {
    expect(read(JSON.stringify({ junk }))).toEqual(failure('shape'))
  })

  it('is not what many long entries are', () => {
    const long = 'x'.repeat(LIMITS.entryBytes / 2)
    expect(entriesOf(JSON.stringify({ data: [long, long, long, long, long] }))).toEqual(Array(5).fill(long))
  })
})

describe('the body of an error', () => {
  it('is JSON or nothing', () => {
    expect(readErrorBody(utf8('{"error":{"code":"x"}}'), undefined)).toEqual({ error: { code: 'x' } })
    expect(readErrorBody(utf8('["data"]'), undefined)).toEqual(['data'])
    for (const text of ['', 'Forbidden', '<html>', '{"error":', nested(100)]) {
      expect(readErrorBody(utf8(text), undefined)).toBeUndefined()
    }
  })
})

it('quotes nothing of the body', () => {
  expect(JSON.stringify(read('{"sk-secret-key": oops}'))).not.toContain('secret')
})

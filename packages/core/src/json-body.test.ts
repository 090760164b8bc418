import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonBody } from './json-body.ts'

const MOST_DEPTH = 32
const utf8 = (text: string) => new TextEncoder().encode(text)
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
const failure = (detail: string, isRetryable = false) => ({
  failure: { code: 'bad_response', detail, isRetryable },
})

function parse(body: string | Uint8Array, contentType?: string) {
  return parseJsonBody(typeof body === 'string' ? utf8(body) : body, contentType, MOST_DEPTH)
}

describe('what is read', () => {
  it.each([
    ['an object', '{"data":[{"id":"a"}]}', { data: [{ id: 'a' }] }],
    ['a bare value', ' 5 ', 5],
    ['a byte order mark', '\ufeff{"a":1}', { a: 1 }],
    ['braces inside strings', '{"a":"}]{[","b":1}', { a: '}]{[', b: 1 }],
    ['escaped quotes', '{"a":"\\"}\\\\"}', { a: '"}\\' }],
    ['the deepest allowed', nested(MOST_DEPTH), JSON.parse(nested(MOST_DEPTH))],
    ['many siblings', `[${'[],'.repeat(1_000)}[]]`, Array.from({ length: 1_001 }, () => [])],
    ['a depth that is only text', `"${'['.repeat(1_000)}"`, '['.repeat(1_000)],
  ])('%s', (_name, text, value) => {
    expect(parse(text)).toEqual({ value })
  })

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['text/plain;charset="UTF-8"'],
    ['text/plain'],
    [undefined],
  ])('as %s', (contentType) => {
    expect(parse('{"a":"ü"}', contentType)).toEqual({ value: { a: 'ü' } })
  })

  it('in Latin-1, where that is declared', () => {
    const latin1 = Uint8Array.from([...'{"a":"ü"}'].map((character) => character.charCodeAt(0)))
    expect(parse(latin1, 'application/json; charset=iso-8859-1')).toEqual({ value: { a: 'ü' } })
    expect(parse(latin1)).toEqual({ value: { a: '\ufffd' } })
  })
})

describe('what is refused', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['one level too deep', nested(MOST_DEPTH + 1), 'too_deep'],
    ['very deep and never closed', '['.repeat(1_000_000), 'too_deep'],
    ['too deep in objects', '{"a":'.repeat(33), 'too_deep'],
    ['trailing garbage', '{"a":1}x', 'not_json'],
    ['two values', '{"a":1}{"b":2}', 'not_json'],
    ['a web page', '<!doctype html><html></html>', 'not_json'],
    ['a web page with an open brace', '<html><style>p {', 'not_json'],
    ['an event stream', ': OPENROUTER PROCESSING\n\ndata: {"a":', 'not_json'],
    ['plain words', 'upstream error', 'not_json'],
    ['a comma too many', '[1,]', 'not_json'],
    ['not a number', '[NaN]', 'not_json'],
    ['only a byte order mark', '\ufeff', 'not_json'],
  ])('%s', (_name, text, detail) => {
    expect(parse(text)).toEqual(failure(detail))
  })

  it.each(['utf-16', 'UTF-16LE', 'utf-32', 'x-unknown', 'shift_jis'])('the charset %s', (charset) => {
    expect(parse('{}', `application/json; charset=${charset}`)).toEqual(failure('encoding'))
  })
})

describe('what was cut off', () => {
  it.each(['{', '[', '{"a":1', '{"a":"b', '{"a":"b\\', '[1,2,', '[[1],[2]', '  {"a', '\ufeff{"a"'])(
    '%s',
    (text) => {
      expect(parse(text)).toEqual(failure('cut_off', true))
    },
  )
})

it('gives back any value, and calls every part of it cut off', () => {
  const container = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()))
  fc.assert(
    fc.property(container, fc.nat(), (value, at) => {
      const body = utf8(JSON.stringify(value))
      expect(parse(body)).toEqual({ value: JSON.parse(JSON.stringify(value)) })
      const length = 1 + (at % (body.length - 1))
      expect(parse(body.subarray(0, length))).toEqual(failure('cut_off', true))
    }),
  )
})

it('quotes nothing of the body', () => {
  expect(JSON.stringify(parse('{"sk-secret-key": oops}'))).not.toContain('secret')
})

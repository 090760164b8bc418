import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiKey } from './api-key.ts'

function problemOf(text: string): string | undefined {
  const parsed = ApiKey.parse(text)
  return 'problem' in parsed ? parsed.problem : undefined
}

describe('what is refused', () => {
  it.each([
    ['', 'The key is empty'],
    ['k'.repeat(4_097), 'The key is longer than 4096 characters'],
    [' sk-abc', 'The key contains a space at position 1'],
    ['sk abc', 'The key contains a space at position 3'],
    ['sk-abc\n', 'The key contains a line break at position 7'],
    ['sk-abc\r\n', 'The key contains a line break at position 7'],
    ['sk\tabc', 'The key contains a tab at position 3'],
    ['sk\0abc', 'The key contains a control character (U+0000) at position 3'],
    ['sk\u007f', 'The key contains a control character (U+007F) at position 3'],
    ['\u200bsk', 'The key contains an invisible character (U+200B) at position 1'],
    ['sk\u00a0', 'The key contains an invisible character (U+00A0) at position 3'],
    ['sk\u202e', 'The key contains an invisible character (U+202E) at position 3'],
    ['\ufeffsk', 'The key contains an invisible character (U+FEFF) at position 1'],
    ['skö', 'The key contains a character that keys never have (U+00F6) at position 3'],
    ['sk–abc', 'The key contains a character that keys never have (U+2013) at position 3'],
    ['sk😀', 'The key contains a character that keys never have (U+1F600) at position 3'],
  ])('%j: %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem)
  })
})

it.each(['k', 'sk-proj-abc_DEF-123', '!"#$%&()*+,-./:;<=>?@[]^_{|}~', 'k'.repeat(4_096)])(
  'takes %.40s',
  (text) => {
    const parsed = ApiKey.parse(text)
    expect('key' in parsed && parsed.key.reveal()).toBe(text)
  },
)

it('quotes nothing of a refused key', () => {
  const secret = fc.stringMatching(/^[A-Z0-9]{8,40}$/)
  fc.assert(
    fc.property(secret, fc.constantFrom(' ', '\n', '\u200b', 'ü'), (text, bad) => {
      expect(problemOf(text + bad)).not.toContain(text)
      expect(problemOf(bad + text)).not.toContain(text)
    }),
  )
})

it('cannot be shown by accident', () => {
  const secret = 'sk-proj-0123456789'
  const parsed = ApiKey.parse(secret)
  if (!('key' in parsed)) throw new Error(parsed.problem)
  const { key } = parsed
  const inspect = (key as unknown as Record<symbol, () => string>)[Symbol.for('nodejs.util.inspect.custom')]
  const shown = [
    String(key),
    `${key}`,
    JSON.stringify({ key }),
    JSON.stringify(Object.entries(key)),
    JSON.stringify({ ...key }),
    Object.getOwnPropertyNames(key).join(),
    inspect?.call(key),
  ]
  expect(shown.join('\n')).not.toContain(secret)
  expect(shown.slice(0, 3)).toEqual(['[API key]', '[API key]', '{"key":"[API key]"}'])
  expect(inspect?.call(key)).toBe('[API key]')
  expect(structuredClone(key)).toEqual({})
})

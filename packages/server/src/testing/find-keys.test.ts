import { describe, expect, it } from 'vitest'
import { CANARY, findKeys } from './find-keys.ts'

const KEYS = [`sk-${CANARY}-and-more`, CANARY, 'sk-sim-openai-not-a-real-key-0001', 'sim_not_a_real_key_0008']
/** So that a key begins and ends at every place within what is encoded together. */
const AROUND = ['', 'a', 'ab', 'abc', 'ÿþ~', 'x'.repeat(1000)]

const FORMS: Record<string, (text: string) => string | Buffer> = {
  plain: (text) => text,
  reversed: (text) => [...text].reverse().join(''),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 for addresses': (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  'hex in capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'URL form': (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join(''),
  'URL form in small letters': (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join(''),
  'escapes of JSON': (text) =>
    [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  'UTF-16': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16, the other way round': (text) => Buffer.from(text, 'utf16le').swap16(),
}

describe.each(Object.entries(FORMS))('a key in %s', (_form, encode) => {
  it.each(KEYS)('is found: %s', (key) => {
    for (const before of AROUND) {
      for (const after of AROUND) {
        expect(findKeys(Buffer.from(encode(`${before}${key}${after}`) as string))).not.toEqual([])
      }
    }
  })
})

describe('the search for keys', () => {
  it('finds eight characters of one', () => {
    for (let start = 0; start + 8 <= CANARY.length; start++) {
      expect(findKeys(Buffer.from(`…${CANARY.slice(start, start + 8)}…`))).toEqual(['canary7Q… (a piece)'])
    }
  })

  it('takes nothing else for one, a preview neither', () => {
    const preview = `sk-…${CANARY.slice(-4)}`
    expect(findKeys(Buffer.from(`${preview} canary not a real key ${'\0'.repeat(100)}`))).toEqual([])
  })

  it('names the key by its beginning alone', () => {
    expect(findKeys(Buffer.from(CANARY)).join()).not.toContain(CANARY)
  })
})

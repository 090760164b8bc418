import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiKey } from './api-key.ts'
import { anthropic } from './providers/anthropic.ts'
import { openai } from './providers/openai.ts'
import { authorise } from './request.ts'

const SECRET = 'sk-proj-0123+456/789~abc'

function authorised(secret: string, provider = openai) {
  const parsed = ApiKey.parse(secret)
  if (!('key' in parsed)) throw new Error(parsed.problem)
  return authorise(provider, parsed.key)
}

it('puts the key where the provider wants it, and nowhere else', () => {
  expect(authorised(SECRET).headers).toEqual({
    accept: 'application/json',
    'user-agent': expect.stringMatching(/^rollcall\//),
    authorization: `Bearer ${SECRET}`,
  })
  const { headers } = authorised(SECRET, anthropic)
  expect(headers).toMatchObject({ 'x-api-key': SECRET, 'anthropic-version': '2023-06-01' })
  expect(headers).not.toHaveProperty('authorization')
})

describe('a key that is not whole yet', () => {
  const { begunAtEndOf } = authorised(SECRET)

  it.each([
    ['', 0],
    ['gpt-4o', 0],
    ['is', 1],
    ['a key: s', 1],
    [`a key: ${SECRET.slice(0, 9)}`, 9],
    [`a key: ${SECRET.slice(0, 9)} `, 0],
    [SECRET.slice(0, -1), SECRET.length - 1],
    [`s${SECRET.slice(0, 3)}`, 3],
  ])('is seen at the end of "%s"', (text, length) => {
    expect(begunAtEndOf(text)).toBe(length)
  })

  it('is not looked for where it is so short that texts hold it by chance', () => {
    expect(authorised('gpt-4o').begunAtEndOf('gpt')).toBe(0)
  })
})

describe('an echo of the key', () => {
  const { isEchoedIn } = authorised(SECRET)
  const hex = [...SECRET].map((character) => character.charCodeAt(0).toString(16)).join('')

  it.each([
    ['plainly', SECRET],
    ['within text', `Incorrect API key provided: ${SECRET}.`],
    ['backwards', [...SECRET].reverse().join('')],
    ['in hex', `0x${hex}00`],
    ['in capital hex', hex.toUpperCase()],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['in Base64', btoa(SECRET)],
    ['as a Base64 header', btoa(`Bearer ${SECRET}\r\n`)],
    ['in Base64 for addresses', btoa(`x${SECRET}`).replaceAll('+', '-').replaceAll('/', '_')],
  ])('is seen %s', (_name, text) => {
    expect(isEchoedIn(text)).toBe(true)
  })

  it('is never longer than is said', () => {
    const secret = '%'.repeat(20)
    const { longestEcho, isEchoedIn: isEchoed } = authorised(secret)
    expect(longestEcho).toBe(encodeURIComponent(secret).length)
    expect(isEchoed(encodeURIComponent(secret))).toBe(true)
  })

  it.each(['', 'gpt-4o', 'sk-proj-', SECRET.slice(0, -1), SECRET.slice(1)])('is not seen in "%s"', (text) => {
    expect(isEchoedIn(text)).toBe(false)
  })

  it('is seen in Base64 whatever stands around it', () => {
    const ascii = fc.string({ unit: 'binary-ascii' })
    fc.assert(
      fc.property(ascii, ascii, fc.integer({ min: 8, max: SECRET.length }), (before, after, length) => {
        const secret = SECRET.slice(0, length)
        expect(authorised(secret).isEchoedIn(btoa(before + secret + after))).toBe(true)
      }),
    )
  })

  it('is not looked for where the key is so short that texts hold it by chance', () => {
    expect(authorised('gpt-4o').isEchoedIn('gpt-4o')).toBe(false)
  })
})

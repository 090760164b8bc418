import { describe, expect, it } from 'vitest'
import { isAccessTokenText, newAccessTokenText, randomToken } from './secret-text.ts'

describe('the text of a personal access token', () => {
  const tokens = Array.from({ length: 300 }, newAccessTokenText)

  it('has a checksum that holds', () => {
    expect(tokens.filter((token) => !isAccessTokenText(token))).toEqual([])
    expect(new Set(tokens).size).toBe(tokens.length)
  })

  it('is known as broken when any one sign is another', () => {
    const [token = ''] = tokens
    for (let index = 0; index < token.length; index++) {
      const other = token[index] === 'x' ? 'y' : 'x'
      expect(isAccessTokenText(`${token.slice(0, index)}${other}${token.slice(index + 1)}`)).toBe(false)
    }
    for (const text of ['', 'rc_', token.slice(0, -1), `${token}x`, ` ${token}`, token.toUpperCase()]) {
      expect(isAccessTokenText(text)).toBe(false)
    }
  })

  it('uses every digit about as often as any other', () => {
    const counts = new Map<string, number>()
    for (const token of tokens)
      for (const sign of token.slice(3, 35)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
    // 9,600 signs, 155 of each to be expected: less than half as many is not chance
    expect(counts.size).toBe(62)
    expect(Math.min(...counts.values())).toBeGreaterThan(77)
  })
})

it('links, codes and cookies are 256 bits that an address can hold', () => {
  const texts = Array.from({ length: 100 }, randomToken)
  expect(new Set(texts).size).toBe(100)
  for (const text of texts) expect(text).toMatch(/^[\w-]{43}$/)
})

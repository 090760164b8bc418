import { describe, expect, it } from 'vitest'
import { toCsv } from './csv.ts'

describe('csv', () => {
  const line = (value: string | number | null | undefined) => toCsv([['a', () => value]], [0])

  it.each([
    ['one, "two"', '"one, ""two"""'],
    ['a;b', '"a;b"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['plain', 'plain'],
    [0, '0'],
    [1e-7, '0.0000001'],
    [-1, '-1'],
    [null, ''],
    [undefined, ''],
  ])('writes %j so that it is read back', (value, written) => {
    expect(line(value)).toBe(`a\r\n${written}\r\n`)
  })

  it.each(['=CMD()', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'keeps a spreadsheet from running %j',
    (value) => {
      expect(line(value)).toMatch(/^a\r\n"?'/)
    },
  )
})

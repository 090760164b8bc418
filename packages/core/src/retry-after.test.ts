import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_RETRY_AFTER_MS, readRetryAfter } from './retry-after.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const LEAST = 1_000
const MOST = 900_000
const GARBAGE = DEFAULT_RETRY_AFTER_MS

describe('retry-after', () => {
  it.each([
    ['1', 1_000],
    ['2', 2_000],
    [' 41 ', 41_000],
    ['1.5', 1_500],
    ['120', 120_000],
    ['900', MOST],
    ['901', MOST],
    ['3600', MOST],
    ['2147484', MOST],
    ['9999999999999999999999', MOST],
    ['0', LEAST],
    ['0.2', LEAST],
    ['000', LEAST],
    ['-5', GARBAGE],
    ['-0', GARBAGE],
    ['+5', GARBAGE],
    ['NaN', GARBAGE],
    ['Infinity', GARBAGE],
    ['1e12', GARBAGE],
    ['0x10', GARBAGE],
    ['1,5', GARBAGE],
    ['1, 2', GARBAGE],
    ['1;2', GARBAGE],
    ['5s', GARBAGE],
    ['.5', GARBAGE],
    ['5.', GARBAGE],
    ['soon', GARBAGE],
    ['', GARBAGE],
    ['null', GARBAGE],
    ['१२', GARBAGE],
    ['Sun, 22 Nov 2026 12:01:30 GMT', 90_000],
    ['Sun, 22 Nov 2026 12:00:00 GMT', LEAST],
    ['Sun, 22 Nov 2026 11:00:00 GMT', LEAST],
    ['Sun, 06 Nov 1994 08:49:37 GMT', LEAST],
    ['Mon, 23 Nov 2026 12:00:00 GMT', MOST],
    ['Fri, 31 Dec 9999 23:59:59 GMT', MOST],
    ['Xyz, 99 Abc 2026 99:99:99 GMT', GARBAGE],
    ['2026-11-22T12:01:30Z', GARBAGE],
    ['Sunday, 22-Nov-26 12:01:30 GMT', GARBAGE],
    ['Sun Nov 22 12:01:30 2026', GARBAGE],
    ['22 Nov 2026', GARBAGE],
    ['2027', MOST],
  ])('"%s" is %d ms', (value, milliseconds) => {
    expect(readRetryAfter({ 'retry-after': value }, undefined, NOW)).toBe(milliseconds)
  })

  it('stays between 1 and 900 s whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (value) => {
        for (const name of ['retry-after', 'retry-after-ms']) {
          const milliseconds = readRetryAfter({ [name]: value }, undefined, NOW)
          expect(milliseconds).toBeGreaterThanOrEqual(LEAST)
          expect(milliseconds).toBeLessThanOrEqual(MOST)
        }
      }),
    )
  })
})

describe('retry-after-ms', () => {
  it.each([
    ['1500', 1_500],
    ['20', LEAST],
    ['1e9', GARBAGE],
    ['9999999999', MOST],
    ['-1', GARBAGE],
  ])('"%s" is %d ms, and stands over retry-after', (value, milliseconds) => {
    expect(readRetryAfter({ 'retry-after-ms': value, 'retry-after': '7' }, undefined, NOW)).toBe(milliseconds)
  })
})

describe('Google’s RetryInfo', () => {
  const bodyWith = (...details: unknown[]) => ({ error: { details } })

  it.each([
    [bodyWith({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '48s' }), 48_000],
    [bodyWith({ links: [] }, { retryDelay: '7.361585788s' }), 7_361.585788],
    [bodyWith({ retryDelay: '0s' }), LEAST],
    [bodyWith({ retryDelay: '99999999999s' }), MOST],
    [bodyWith({ retryDelay: '-3s' }), undefined],
    [bodyWith({ retryDelay: 'soon' }, null, 5), undefined],
    [bodyWith({ retryDelay: 48 }), undefined],
    [{ error: { details: 'x' } }, undefined],
    [{ error: 'x' }, undefined],
    [null, undefined],
  ])('%j is %s ms', (body, milliseconds) => {
    expect(readRetryAfter({}, body, NOW)).toBe(milliseconds)
  })

  it('is not asked where a header speaks', () => {
    expect(readRetryAfter({ 'retry-after': '3' }, bodyWith({ retryDelay: '48s' }), NOW)).toBe(3_000)
  })
})

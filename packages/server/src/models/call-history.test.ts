import type { KnownList } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { type CallHistory, figuresOf, NO_CALLS, readHistory, withCall, writeHistory } from './call-history.ts'

const AT = Date.parse('2026-11-20T10:00:00Z')
const GOOD: KnownList = { list: { fetchedAt: AT, modelCount: 1, droppedCount: 0 }, trouble: null }
const bad = (code: 'timeout' | 'key_unreadable' = 'timeout'): KnownList => ({
  list: GOOD.list,
  trouble: { code, detail: 'connecting', retryAt: null, at: AT, times: 1 },
})

function after(...calls: KnownList[]): CallHistory {
  return calls.reduce(
    (history, known, index) => withCall(history, known, AT + index * 61_000, 100 + index),
    NO_CALLS,
  )
}

describe('what is kept of calls', () => {
  it('is the same after it was stored', () => {
    for (const history of [NO_CALLS, after(GOOD), after(bad()), after(GOOD, bad(), GOOD)]) {
      expect(readHistory(writeHistory(history))).toEqual(history)
    }
    expect(readHistory(null)).toEqual(NO_CALLS)
  })

  it('survives a clock that is set back', () => {
    const history = withCall(withCall(NO_CALLS, GOOD, AT, 5), GOOD, AT - 3_600_000, 6)
    expect(readHistory(writeHistory(history))).toEqual(history)
  })

  it('is bounded, and small', () => {
    const history = after(...Array.from({ length: 120 }, () => GOOD))
    expect(history.calls).toHaveLength(50)
    expect(history.calls.at(-1)?.at).toBe(AT + 119 * 61_000)
    expect(writeHistory(history).length).toBeLessThan(512)
  })

  it('remembers the last of either kind beyond the calls that are kept', () => {
    const failures = after(GOOD, ...Array.from({ length: 60 }, () => bad()))
    expect(failures.lastSuccessAt).toBe(AT)
    expect(figuresOf(failures.calls)).toEqual({ median_ms: null, p95_ms: null, failed_count: 50 })
    const successes = after(bad(), ...Array.from({ length: 60 }, () => GOOD))
    expect(successes.lastFailure).toEqual({ at: AT, code: 'timeout', detail: 'connecting' })
  })

  it('counts half a list as a failure, and a key that could not be opened as no call', () => {
    const half = { ...GOOD, list: { ...GOOD.list, flaw: { code: 'timeout', retryAt: null } } } as KnownList
    expect(after(half)).toMatchObject({ calls: [{ code: 'timeout' }], lastSuccessAt: null })
    expect(after(bad('key_unreadable'))).toMatchObject({ calls: [], lastFailure: { code: 'key_unreadable' } })
  })
})

describe('figuresOf', () => {
  it.each([
    [[], null, null],
    [[7], 7, 7],
    [[1, 2, 3, 4], 2, 4],
    [Array.from({ length: 40 }, (_, index) => index + 1), 20, 38],
  ])('%j: %s, %s', (times, median_ms, p95_ms) => {
    const calls = times.map((ms) => ({ at: AT, ms, code: null }))
    expect(figuresOf(calls)).toEqual({ median_ms, p95_ms, failed_count: 0 })
  })

  it('leaves failures out of the times', () => {
    const calls = [5, 10_000].map((ms) => ({ at: AT, ms, code: ms === 5 ? null : ('timeout' as const) }))
    expect(figuresOf(calls)).toEqual({ median_ms: 5, p95_ms: 5, failed_count: 1 })
  })
})

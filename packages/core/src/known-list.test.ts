import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { staticModels } from './available-models.ts'
import type { ProviderResult } from './discover.ts'
import type { Failure } from './failure.ts'
import {
  changesAt,
  freshnessPolicy,
  type KnownList,
  type Lesson,
  learn,
  NOTHING_KNOWN,
  usableList,
  whenToAsk,
} from './known-list.ts'
import { listStatus } from './list-status.ts'
import { anthropic } from './providers/anthropic.ts'
import { openai } from './providers/openai.ts'
import type { Listing } from './read-pages.ts'
import { FailureCode, ProviderStatus } from './schema/available-models.ts'
import type { Model } from './schema/model.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.parse('2026-11-22T12:00:00Z')
const POLICY = freshnessPolicy()

const models = (count: number): Model[] =>
  Array.from({ length: count }, (_, index) => ({ id: `openai/m${index}`, name: `M${index}`, kind: 'chat' }))

const common = { ask: { provider: openai }, index: 0, durationMs: 5 }
const good = (at: number, listing: Partial<Listing> = {}): ProviderResult => ({
  ...common,
  finishedAt: at,
  listing: { models: models(3), droppedCount: 0, ...listing },
})
const bad = (at: number, failure: Failure): ProviderResult => ({ ...common, finishedAt: at, failure })

const after = (known: KnownList, result: ProviderResult): Lesson => learn(known, result, POLICY, () => 0.5)
const from = (...results: ProviderResult[]): KnownList =>
  results.reduce((known, result) => after(known, result).known, NOTHING_KNOWN)

const TIMEOUT: Failure = { code: 'timeout' }
const FLAW: Failure = { code: 'upstream_error', httpStatus: 500 }
const SUBSTITUTE = { remark: 'public_list', insteadOf: FLAW } as const
const whole = from(good(START, { droppedCount: 2 }))

describe('a list', () => {
  it('is remembered with its moment and its counts, and its models are kept', () => {
    const lesson = after(NOTHING_KNOWN, good(START, { droppedCount: 2 }))
    expect(lesson).toEqual({
      known: { list: { fetchedAt: START, modelCount: 3, droppedCount: 2 }, trouble: null },
      models: models(3),
    })
  })

  it('takes the place of the one before, and ends all trouble', () => {
    const troubled = after(whole, bad(START + MINUTE, TIMEOUT)).known
    const lesson = after(troubled, good(START + HOUR, { models: models(1), remark: 'truncated' }))
    expect(lesson).toEqual({
      known: {
        list: { fetchedAt: START + HOUR, modelCount: 1, droppedCount: 0, remark: 'truncated' },
        trouble: null,
      },
      models: models(1),
    })
  })

  it('may be empty where there was none, or an empty one', () => {
    const empty = after(NOTHING_KNOWN, good(START, { models: [] }))
    expect(empty).toMatchObject({ known: { list: { modelCount: 0 }, trouble: null }, models: [] })
    expect(after(empty.known, good(START + HOUR, { models: [] })).known.list?.fetchedAt).toBe(START + HOUR)
  })
})

describe('an empty list in the place of a good one', () => {
  const sight = (known: KnownList, at: number) => after(known, good(at, { models: [] }))
  const once = sight(whole, START + HOUR)

  it('is doubted the first time', () => {
    expect(once.models).toBe('keep')
    expect(once.known).toMatchObject({
      list: whole.list,
      trouble: { code: 'bad_response', detail: 'vanished', httpStatus: 200, at: START + HOUR, times: 1 },
    })
  })

  it('is believed the second time', () => {
    const twice = sight(once.known, START + 2 * HOUR)
    expect(twice.models).toEqual([])
    expect(twice.known).toEqual({
      list: { fetchedAt: START + 2 * HOUR, modelCount: 0, droppedCount: 0 },
      trouble: null,
    })
  })

  it('is doubted again where the provider failed in between', () => {
    const failed = after(once.known, bad(START + 2 * HOUR, TIMEOUT)).known
    expect(sight(failed, START + 3 * HOUR)).toMatchObject({
      models: 'keep',
      known: { list: whole.list, trouble: { detail: 'vanished', times: 3 } },
    })
  })

  it('is doubted anew after a good one', () => {
    const back = after(once.known, good(START + 2 * HOUR)).known
    expect(sight(back, START + 3 * HOUR).models).toBe('keep')
  })

  it('is believed at once where the good one is too old to be shown', () => {
    expect(sight(whole, START + 7 * DAY).models).toBe('keep')
    expect(sight(whole, START + 7 * DAY + 1).models).toEqual([])
  })
})

describe.each([
  ['a list of which a later page failed', { flaw: FLAW }],
  ['another list of the provider', SUBSTITUTE],
  ['another list that is cut', { remark: 'truncated', insteadOf: FLAW }],
  ['half of another list', { ...SUBSTITUTE, flaw: { code: 'timeout' } }],
] satisfies [string, Partial<Listing>][])('%s', (_name, lack) => {
  const partial = { models: models(2), ...lack }

  it('is used where there is none', () => {
    const lesson = after(NOTHING_KNOWN, good(START, partial))
    expect(lesson).toMatchObject({ known: { list: { modelCount: 2 }, trouble: null }, models: models(2) })
  })

  it('does not take the place of a whole one, which stays with the reason', () => {
    const reason = 'flaw' in lack && lack.flaw ? lack.flaw : FLAW
    const lesson = after(whole, good(START + HOUR, partial))
    expect(lesson.models).toBe('keep')
    expect(lesson.known).toMatchObject({ list: whole.list, trouble: { ...reason, times: 1 } })
  })

  it('takes the place of one of its kind, and of a whole one that is too old', () => {
    const first = from(good(START, partial))
    expect(after(first, good(START + HOUR, { ...partial, models: models(1) })).models).toEqual(models(1))
    expect(after(whole, good(START + 8 * DAY, partial)).models).toEqual(models(2))
  })

  it('is replaced by a whole one', () => {
    const lesson = after(from(good(START, partial)), good(START + HOUR))
    expect(lesson.known).toEqual({
      list: { fetchedAt: START + HOUR, modelCount: 3, droppedCount: 0 },
      trouble: null,
    })
  })

  it('is asked for again as soon as after a failure, and ever less often', () => {
    let known = NOTHING_KNOWN
    let at = START
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      known = after(known, good(at, partial)).known
      expect(whenToAsk(known, at + minutes * MINUTE - 1, POLICY)).toBe('later')
      expect(whenToAsk(known, at + minutes * MINUTE, POLICY)).toBe('behind')
      at += minutes * MINUTE
    }
  })

  it('is not asked for again before the provider wants to be, and its answer holds until then', () => {
    const wish = { code: 'rate_limited', retryAfterMs: 5 * MINUTE } as const
    const known = from(
      good(START, { ...partial, ...('flaw' in lack ? { flaw: wish } : { insteadOf: wish }) }),
    )
    for (const isForced of [true, false]) {
      expect(whenToAsk(known, START + 5 * MINUTE - 1, POLICY, isForced)).toBe('later')
      expect(whenToAsk(known, START + 5 * MINUTE, POLICY, isForced)).toBe(isForced ? 'now' : 'behind')
    }
    expect(changesAt(known, START + MINUTE, POLICY)).toBe(START + 5 * MINUTE)
  })
})

describe('a rejected key', () => {
  it.each<Failure>([
    { code: 'key_rejected', httpStatus: 401 },
    { code: 'key_rejected', detail: 'key_leaked', httpStatus: 403 },
    { code: 'misconfigured', detail: 'key_text' },
  ])('has no list any more: %j', (failure) => {
    const lesson = after(whole, bad(START + MINUTE, failure))
    expect(lesson).toEqual({
      known: { list: null, trouble: { ...failure, retryAt: null, at: START + MINUTE, times: 1 } },
      models: 'drop',
    })
    // nor does it come back with the next failure
    expect(after(lesson.known, bad(START + HOUR, TIMEOUT))).toMatchObject({
      known: { list: null, trouble: { code: 'timeout', times: 2 } },
      models: 'drop',
    })
  })
})

describe('any other failure', () => {
  const codes = FailureCode.options.filter((code) => code !== 'key_rejected')

  it.each(codes)('%s keeps the last list, for a week', (code) => {
    const failure: Failure = { code, httpStatus: 500 }
    const lesson = after(whole, bad(START + 7 * DAY, failure))
    expect(lesson.models).toBe('keep')
    expect(lesson.known.list).toEqual(whole.list)
    expect(lesson.known.trouble).toMatchObject({ code, httpStatus: 500, at: START + 7 * DAY, times: 1 })
    expect(after(whole, bad(START + 7 * DAY + 1, failure))).toMatchObject({
      models: 'drop',
      known: { list: null },
    })
    expect(after(NOTHING_KNOWN, bad(START, failure))).toMatchObject({ models: 'drop', known: { list: null } })
  })

  it('is asked again after a minute, then after ever longer times up to 15 minutes', () => {
    let known = whole
    let at = START + HOUR
    for (const minutes of [1, 2, 4, 8, 15, 15, 15, 15, 15, 15, 15, 15, 15]) {
      known = after(known, bad(at, TIMEOUT)).known
      expect(whenToAsk(known, at + minutes * MINUTE - 1, POLICY)).toBe('later')
      expect(whenToAsk(known, at + minutes * MINUTE, POLICY)).toBe('behind')
      expect(changesAt(known, at, POLICY)).toBe(at + minutes * MINUTE)
      at += minutes * MINUTE
    }
  })

  it.each([1, 10, 60, 300, 3_600, 86_400])('is remembered for a shorter time than a list of %i s', (ttl) => {
    const policy = freshnessPolicy(ttl * SECOND)
    expect(policy.failureTtlMs).toBeGreaterThan(0)
    expect(policy.mostFailureTtlMs).toBeGreaterThanOrEqual(policy.failureTtlMs)
    expect(policy.mostFailureTtlMs).toBeLessThan(policy.cacheTtlMs)
  })

  it.each([
    ['as long as the provider wants', { code: 'rate_limited', retryAfterMs: 120_000 }, 120_000],
    ['also for another reason', { code: 'upstream_error', retryAfterMs: 900_000 }, 900_000],
    ['for half a minute and a bit where it does not say', { code: 'rate_limited' }, 31_500],
  ] as const)('is left alone %s, also when forced', (_name, failure, milliseconds) => {
    const known = after(whole, bad(START + HOUR, failure)).known
    const until = START + HOUR + milliseconds
    expect(known.trouble?.retryAt).toBe(until)
    expect(whenToAsk(known, until - 1, POLICY, true)).toBe('later')
    expect(whenToAsk(known, until - 1, POLICY)).toBe('later')
    expect(whenToAsk(known, until, POLICY, true)).toBe('now')
  })

  it('has no moment to be tried again where nobody named one', () => {
    const known = after(whole, bad(START + HOUR, TIMEOUT)).known
    expect(known.trouble?.retryAt).toBeNull()
    expect(whenToAsk(known, START + HOUR, POLICY, true)).toBe('now')
  })
})

describe('when to ask', () => {
  it.each([
    ['is not asked again within the hour', 0, 'later'],
    ['nor in its last moment', HOUR - 1, 'later'],
    ['is shown and asked for behind after the hour', HOUR, 'behind'],
    ['for a day', DAY, 'behind'],
    ['is asked for first after that', DAY + 1, 'now'],
    ['also in a week', 7 * DAY, 'now'],
    ['and ever after', 365 * DAY, 'now'],
  ] as const)('a list %s', (_name, age, when) => {
    expect(whenToAsk(whole, START + age, POLICY)).toBe(when)
    expect(whenToAsk(whole, START + age, POLICY, true)).toBe('now')
  })

  it('what was never asked is asked at once', () => {
    expect(whenToAsk(NOTHING_KNOWN, START, POLICY)).toBe('now')
    expect(whenToAsk(NOTHING_KNOWN, START, POLICY, true)).toBe('now')
  })

  it('a failure with nothing to show is asked for first as soon as it was remembered long enough', () => {
    const known = from(bad(START, TIMEOUT))
    expect(whenToAsk(known, START + MINUTE - 1, POLICY)).toBe('later')
    expect(whenToAsk(known, START + MINUTE, POLICY)).toBe('now')
  })

  it('follows the time that lists count as fresh', () => {
    expect(whenToAsk(whole, START + 9_999, freshnessPolicy(10_000))).toBe('later')
    expect(whenToAsk(whole, START + 10_000, freshnessPolicy(10_000))).toBe('behind')
  })

  it('does not wait for a moment that a wrong clock has named', () => {
    const future = START + 6 * DAY
    for (const known of [
      from(good(future)),
      after(whole, bad(future, { code: 'rate_limited', retryAfterMs: 900_000 })).known,
    ]) {
      expect(whenToAsk(known, START + HOUR, POLICY)).toBe('behind')
      expect(whenToAsk(known, START + HOUR, POLICY, true)).toBe('now')
    }
    // clocks of two machines differ a little
    expect(whenToAsk(from(good(START + MINUTE)), START, POLICY)).toBe('later')
  })
})

describe('a list to be shown', () => {
  it('is at most a week old', () => {
    expect(usableList(whole, START + 7 * DAY, POLICY)).toBe(whole.list)
    expect(usableList(whole, START + 7 * DAY + 1, POLICY)).toBeNull()
    expect(usableList(NOTHING_KNOWN, START, POLICY)).toBeNull()
  })
})

describe('the next change', () => {
  it.each([
    [0, HOUR],
    [HOUR - 1, HOUR],
    [HOUR, DAY + 1],
    [DAY, DAY + 1],
    [DAY + 1, 7 * DAY + 1],
    [7 * DAY, 7 * DAY + 1],
    [7 * DAY + 1, Number.POSITIVE_INFINITY],
  ])('of a list that is %s ms old is when it is %s ms old', (age, next) => {
    expect(changesAt(whole, START + age, POLICY)).toBe(START + next)
  })

  it('of nothing never comes by itself', () => {
    expect(changesAt(NOTHING_KNOWN, START, POLICY)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('whatever comes, in whatever order', () => {
  const failure: fc.Arbitrary<Failure> = fc.record(
    {
      code: fc.constantFrom(...FailureCode.options),
      detail: fc.constantFrom('key_leaked', 'vanished', 'key_text', 'reset'),
      httpStatus: fc.constantFrom(200, 401, 429, 503),
      retryAfterMs: fc.integer({ min: 1_000, max: 900_000 }),
    },
    { requiredKeys: ['code'] },
  )
  const listing: fc.Arbitrary<Listing> = fc.record(
    {
      models: fc.integer({ min: 0, max: 3 }).map(models),
      droppedCount: fc.nat(5),
      remark: fc.constantFrom('truncated', 'other_list', 'public_list'),
      flaw: failure,
      insteadOf: failure,
    },
    { requiredKeys: ['models', 'droppedCount'] },
  )
  const pause = fc.oneof(
    fc.constantFrom(1, MINUTE - 1, MINUTE, HOUR - 1, HOUR, HOUR + 1, DAY, DAY + 1, 7 * DAY, 7 * DAY + 1),
    fc.integer({ min: 1, max: 9 * DAY }),
  )
  const step = fc.record({
    pause,
    isForced: fc.boolean(),
    outcome: fc.oneof(listing, failure),
    /** Where between two changes one looks again. */
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })

  it('the rules hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(openai, anthropic),
        fc.constantFrom(1, 10, 3_600, 86_400).map((seconds) => freshnessPolicy(seconds * SECOND)),
        fc.array(step, { minLength: 1, maxLength: 12 }),
        (provider, policy, steps) => {
          let now = START
          let known = NOTHING_KNOWN
          let kept: Model[] | undefined
          const view = (at: number, isJustFetched = false) =>
            listStatus(known, { provider }, { now: at, isJustFetched, timeoutMs: 10_000, policy })

          for (const { pause, isForced, outcome, part } of steps) {
            now += pause
            const when = whenToAsk(known, now, policy, isForced)
            if (isForced) expect(when).not.toBe('behind')
            if (when === 'later') expect(view(now)).toBeDefined()
            if (when === 'later') continue

            const before = known
            const result: ProviderResult = {
              ask: { provider },
              index: 0,
              durationMs: 1,
              finishedAt: now,
              ...('code' in outcome ? { failure: outcome } : { listing: outcome }),
            }
            const lesson = learn(before, result, policy, () => 0.5)
            known = lesson.known
            if (lesson.models === 'keep') expect(kept).toBeDefined()
            else kept = lesson.models === 'drop' ? undefined : lesson.models

            // plain JSON, and a list is remembered exactly as long as its models are kept
            expect(JSON.parse(JSON.stringify(known))).toEqual(known)
            expect(known.list === null).toBe(kept === undefined)
            expect(known.list?.modelCount).toBe(kept?.length)
            // a failure never changes the kept list
            if (known.trouble) expect([null, before.list]).toContain(known.list)
            else expect(known.list?.fetchedAt).toBe(now)
            // a rejected key offers nothing
            if ('code' in outcome && outcome.code === 'key_rejected') {
              expect(known.list).toBeNull()
              expect(view(now)).toMatchObject({ offered: 'none', status: { status: 'failed' } })
            }

            for (const isJustFetched of [true, false]) {
              const shown = view(now, isJustFetched)
              if (!shown) throw new Error('nothing is said after asking')
              const { status, offered } = shown
              expect(ProviderStatus.strict().parse(status)).toEqual(status)
              expect(status.status === 'fresh').toBe(isJustFetched && known.trouble === null)
              expect(status.code === null || status.message !== null).toBe(true)
              expect(['static', 'none'].includes(offered)).toBe(known.list === null)
              const count = { believed: kept?.length, static: staticModels(provider, now).length, none: 0 }
              expect(status.model_count).toBe(count[offered])
              expect(status.fetched_at).toBe(known.list ? new Date(known.list.fetchedAt).toISOString() : null)
            }

            // between two changes nothing changes, and changes come to an end
            for (let at = now, changes = 0; Number.isFinite(at); at = changesAt(known, at, policy)) {
              expect(++changes).toBeLessThan(10)
              const next = changesAt(known, at, policy)
              expect(next).toBeGreaterThan(at)
              const last = Number.isFinite(next) ? next - 1 : at + 1_000 * DAY
              for (const moment of [Math.floor(at + part * (last - at)), last]) {
                expect(view(moment)).toEqual(view(at))
                for (const forced of [true, false])
                  expect(whenToAsk(known, moment, policy, forced)).toBe(whenToAsk(known, at, policy, forced))
              }
            }
          }
        },
      ),
      { numRuns: 500 },
    )
  }, 60_000)
})

import { describe, expect, it } from 'vitest'
import { staticModels } from './available-models.ts'
import { freshnessPolicy, type KnownList, NOTHING_KNOWN, type Trouble } from './known-list.ts'
import { listStatus, type StatusOptions } from './list-status.ts'
import type { Provider } from './provider.ts'
import { anthropic } from './providers/anthropic.ts'
import { openai } from './providers/openai.ts'
import { openrouter } from './providers/openrouter.ts'
import { FailureCode, ProviderStatus } from './schema/available-models.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FETCHED = Date.parse('2026-11-22T12:00:00Z')

const list = { fetchedAt: FETCHED, modelCount: 3, droppedCount: 1 }
const trouble = (fields: Partial<Trouble> = {}): Trouble => ({
  code: 'timeout',
  at: FETCHED + HOUR,
  times: 1,
  retryAt: null,
  ...fields,
})

function viewOf(known: KnownList, options: Partial<StatusOptions> & { provider?: Provider } = {}) {
  const { provider = openai, now = FETCHED, isJustFetched = false } = options
  const view = listStatus(
    known,
    { provider, label: 'work' },
    { now, isJustFetched, timeoutMs: 10_000, policy: freshnessPolicy() },
  )
  if (view) expect(ProviderStatus.strict().parse(view.status)).toEqual(view.status)
  return view
}

const common = { provider_key: 'openai', name: 'OpenAI', label: 'work' }
const ofList = {
  fetched_at: '2026-11-22T12:00:00.000Z',
  expires_at: '2026-11-22T13:00:00.000Z',
  model_count: 3,
  dropped_count: 1,
}
const ofNothing = { fetched_at: null, expires_at: null, model_count: 0, dropped_count: 0 }

describe('what was never asked', () => {
  it('has no status, which is none of the five', () => {
    expect(viewOf(NOTHING_KNOWN)).toBeUndefined()
  })
})

describe('a good list', () => {
  it.each([
    ['fresh', true, 0],
    ['cached', false, 0],
    ['cached', false, HOUR - 1],
    ['stale', false, HOUR],
    ['stale', false, 7 * DAY],
  ] as const)('is %s (just fetched: %s, %i ms old)', (status, isJustFetched, age) => {
    expect(viewOf({ list, trouble: null }, { isJustFetched, now: FETCHED + age })).toEqual({
      offered: 'believed',
      status: { ...common, status, code: null, message: null, http_status: 200, retry_at: null, ...ofList },
    })
  })

  it('is not spoken of once it is older than a week', () => {
    expect(viewOf({ list, trouble: null }, { now: FETCHED + 7 * DAY + 1 })).toBeUndefined()
  })

  it('is fresh also where it is empty', () => {
    const empty = { ...list, modelCount: 0 }
    expect(viewOf({ list: empty, trouble: null }, { isJustFetched: true })).toMatchObject({
      offered: 'believed',
      status: { status: 'fresh', code: null, model_count: 0 },
    })
  })

  it('says for as long as it is shown what is wrong with it', () => {
    const flaw = { code: 'rate_limited', httpStatus: 429, retryAt: FETCHED + 60_000 } as const
    for (const [isJustFetched, status] of [
      [true, 'fresh'],
      [false, 'cached'],
    ] as const) {
      expect(viewOf({ list: { ...list, flaw }, trouble: null }, { isJustFetched })?.status).toEqual({
        ...common,
        status,
        code: 'rate_limited',
        message: expect.stringMatching(/^OpenAI is limiting .*[^.]; what had arrived by then is shown\.$/),
        http_status: 200,
        retry_at: '2026-11-22T12:01:00.000Z',
        ...ofList,
      })
    }
  })

  it('says where it is another list than asked for, and from when on the better one may be asked for', () => {
    const insteadOf = { code: 'rate_limited', httpStatus: 429, retryAt: FETCHED + 60_000 } as const
    const known: KnownList = { list: { ...list, remark: 'public_list', insteadOf }, trouble: null }
    expect(viewOf(known, { provider: openrouter, isJustFetched: true })).toMatchObject({
      offered: 'believed',
      status: {
        status: 'fresh',
        code: null,
        message: expect.stringMatching(/^OpenRouter did not give the list of this very key/),
        http_status: 200,
        retry_at: '2026-11-22T12:01:00.000Z',
      },
    })
  })
})

describe('a list whose refresh failed', () => {
  it.each(FailureCode.options.filter((code) => code !== 'key_rejected'))('is stale with %s', (code) => {
    const known = { list, trouble: trouble({ code, httpStatus: 503, retryAt: FETCHED + 2 * HOUR }) }
    // also within its hour, and for the very call that failed
    for (const options of [{ now: FETCHED + 1 }, { now: FETCHED + DAY }, { isJustFetched: true }]) {
      expect(viewOf(known, options)).toEqual({
        offered: 'believed',
        status: {
          ...common,
          status: 'stale',
          code,
          message: expect.stringMatching(/^[^.].*[^.]; meanwhile its last good list is shown\.$/),
          http_status: 503,
          retry_at: '2026-11-22T14:00:00.000Z',
          ...ofList,
        },
      })
    }
  })

  it('is stale for a week, then it is failed, or static', () => {
    const known = { list, trouble: trouble() }
    expect(viewOf(known, { now: FETCHED + 7 * DAY })?.status.status).toBe('stale')
    expect(viewOf(known, { now: FETCHED + 7 * DAY + 1 })).toMatchObject({
      offered: 'none',
      status: { status: 'failed', ...ofNothing },
    })
    expect(viewOf(known, { now: FETCHED + 7 * DAY + 1, provider: anthropic })).toMatchObject({
      offered: 'static',
      status: { status: 'static' },
    })
  })

  it('needs no static one', () => {
    expect(viewOf({ list, trouble: trouble() }, { provider: anthropic })).toMatchObject({
      offered: 'believed',
      status: { status: 'stale' },
    })
  })
})

describe('a failure with no list', () => {
  it.each(FailureCode.options)('is failed with %s', (code) => {
    expect(viewOf({ list: null, trouble: trouble({ code }) }, { isJustFetched: true })).toEqual({
      offered: 'none',
      status: {
        ...common,
        status: 'failed',
        code,
        message: expect.stringMatching(/^(?!.*meanwhile).+\.$/),
        http_status: null,
        retry_at: null,
        ...ofNothing,
      },
    })
  })

  it.each(FailureCode.options.filter((code) => code !== 'key_rejected'))(
    'is static with %s, where there is a static list',
    (code) => {
      const view = viewOf({ list: null, trouble: trouble({ code }) }, { provider: anthropic })
      expect(view).toMatchObject({
        offered: 'static',
        status: {
          status: 'static',
          code,
          message: expect.stringMatching(/; meanwhile our list of 2026-02-19 is shown\.$/),
          fetched_at: null,
          expires_at: null,
          model_count: staticModels(anthropic, FETCHED).length,
        },
      })
    },
  )

  it.each<Partial<Trouble>>([
    { code: 'key_rejected' },
    { code: 'key_rejected', detail: 'key_leaked' },
    { code: 'misconfigured', detail: 'key_text' },
  ])('is failed also there, where the key is no good: %j', (fields) => {
    expect(viewOf({ list: null, trouble: trouble(fields) }, { provider: anthropic })).toMatchObject({
      offered: 'none',
      status: { status: 'failed', code: fields.code, ...ofNothing },
    })
  })
})

import { createSimulator, type SimulatedProvider, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { registerLastingUser } from '../testing/lasting-user.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const PATH = '/api/available-models'
const FORCED = `${PATH}?force_refresh=true`
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe.each(DIALECTS)('how fresh lists are on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let now = Date.parse('2026-11-22T12:00:00Z')

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ dialect, simulator, now: () => now, random: () => 0.5 })
  })
  afterEach(() => simulator.reset())
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const iso = (moment: number) => new Date(moment).toISOString()
  const asked = (provider: SimulatedProvider) =>
    simulator.requests.filter((request) => request.provider === provider).length
  async function read(token: string, path = PATH) {
    const { status, json } = await server.call('GET', path, { token })
    expect(status).toBe(200)
    return json
  }
  const statusOf = async (token: string, path = PATH) => (await read(token, path)).statuses[0]
  /** Somebody with one key, whose list was just had. */
  async function userOf(provider: SimulatedProvider): Promise<string> {
    const { token } = await registerLastingUser(server)
    await server.saveKeys(token, [provider])
    expect(await statusOf(token)).toMatchObject({ code: null, fetched_at: iso(now) })
    // also what was asked for behind the saving is over
    await eventually(async () => {
      const { json } = await server.call('GET', '/api/api-keys', { token })
      expect(json.api_keys[0].is_refreshing).toBe(false)
    })
    return token
  }

  it('are cached for an hour, then shown as stale while they are refreshed behind', async () => {
    const token = await userOf('openai')
    const fetchedAt = now
    const before = asked('openai')
    now += HOUR - 1
    expect(await statusOf(token)).toMatchObject({
      status: 'cached',
      fetched_at: iso(fetchedAt),
      expires_at: iso(fetchedAt + HOUR),
    })
    expect(asked('openai')).toBe(before)

    now += 1
    await simulator.set('openai', { fault: 'C1' })
    const stale = await read(token)
    expect(stale.statuses).toMatchObject([{ status: 'stale', code: null, fetched_at: iso(fetchedAt) }])
    expect(stale.providers[0].models.length).toBeGreaterThan(3)
    // it was answered although the provider says nothing, and again
    await eventually(() => expect(asked('openai')).toBe(before + 1))
    expect(await statusOf(token)).toMatchObject({ status: 'stale', code: null })
    expect(asked('openai')).toBe(before + 1)

    // the behind one ends with the connection, and is tried once more by the engine
    await simulator.set('openai', {})
    await eventually(async () =>
      expect(await statusOf(token)).toMatchObject({
        status: 'cached',
        fetched_at: iso(now),
        expires_at: iso(now + HOUR),
      }),
    )
  })

  it('are at once shown up to a day, after trying up to a week, and then not at all', async () => {
    for (const [age, status] of [
      [DAY, 'stale'],
      [DAY + 1, 'stale'],
      [7 * DAY, 'stale'],
      [7 * DAY + 1, 'failed'],
    ] as const) {
      const token = await userOf('groq')
      const fetchedAt = now
      now += age
      const before = asked('groq')
      await simulator.set('groq', { fault: 'D19' })
      const answer = await read(token)
      const hasTried = age > DAY
      expect(answer.statuses, `${age}`).toMatchObject([
        {
          status,
          code: hasTried ? 'upstream_error' : null,
          fetched_at: status === 'stale' ? iso(fetchedAt) : null,
        },
      ])
      expect(answer.providers).toHaveLength(status === 'stale' ? 2 : 1)
      if (hasTried) expect(asked('groq')).toBe(before + 1)
      await eventually(async () => expect(await statusOf(token)).toMatchObject({ code: 'upstream_error' }))
      await simulator.set('groq', {})
    }
  })

  it('are fetched anew where a day has passed', async () => {
    const token = await userOf('groq')
    now += DAY + 1
    expect(await statusOf(token)).toMatchObject({ status: 'fresh', fetched_at: iso(now) })
    expect(await statusOf(token)).toMatchObject({ status: 'cached', fetched_at: iso(now) })
  })

  it('follow ROLLCALL_CACHE_TTL_SECONDS', async () => {
    const short = await startTestServer({
      dialect,
      simulator,
      now: () => now,
      environment: { ROLLCALL_CACHE_TTL_SECONDS: '90' },
    })
    const { token } = await registerLastingUser(short)
    await short.saveKeys(token, ['openai'])
    const statuses = async () => (await short.call('GET', PATH, { token })).json.statuses
    expect(await statuses()).toMatchObject([{ expires_at: iso(now + 90 * SECOND) }])
    now += 89_999
    expect(await statuses()).toMatchObject([{ status: 'cached' }])
    now += 1
    expect(await statuses()).toMatchObject([{ status: 'stale' }])
    await short.remove()
  })

  describe('a forced refresh', () => {
    it('always asks, and says fresh of what it fetched', async () => {
      const token = await userOf('mistral')
      for (let times = 1; times <= 3; times++) {
        const before = asked('mistral')
        now += 1
        expect(await statusOf(token, FORCED)).toMatchObject({ status: 'fresh', fetched_at: iso(now) })
        expect(asked('mistral')).toBe(before + 1)
        expect(await statusOf(token)).toMatchObject({ status: 'cached', fetched_at: iso(now) })
      }
    })

    it('asks also where the last failure is still remembered', async () => {
      const token = await userOf('mistral')
      await simulator.set('mistral', { fault: 'D19' })
      expect(await statusOf(token, FORCED)).toMatchObject({ status: 'stale', code: 'upstream_error' })
      await simulator.set('mistral', {})
      expect(await statusOf(token)).toMatchObject({ status: 'stale', code: 'upstream_error' })
      expect(await statusOf(token, FORCED)).toMatchObject({ status: 'fresh', code: null })
    })

    it.each([
      ['D22', 120 * SECOND],
      ['D24', 31_500],
    ] as const)(
      'leaves a provider alone until its retry_at (%s), and never says fresh then',
      async (fault, wait) => {
        const token = await userOf('mistral')
        const fetchedAt = now
        now += MINUTE
        await simulator.set('mistral', { fault })
        const limited = {
          status: 'stale',
          code: 'rate_limited',
          retry_at: iso(now + wait),
          fetched_at: iso(fetchedAt),
        }
        expect(await statusOf(token, FORCED)).toMatchObject(limited)
        await simulator.set('mistral', {})
        const before = asked('mistral')
        now += wait - 1
        expect(await statusOf(token, FORCED)).toMatchObject(limited)
        expect(await statusOf(token)).toMatchObject(limited)
        // nor does saving the same key again get around it
        await server.saveKeys(token, ['mistral'])
        expect(await statusOf(token)).toMatchObject(limited)
        expect(asked('mistral')).toBe(before)
        now += 1
        expect(await statusOf(token, FORCED)).toMatchObject({
          status: 'fresh',
          fetched_at: iso(now),
          retry_at: null,
        })
        expect(asked('mistral')).toBe(before + 1)
      },
    )

    it('narrowed to one provider asks that one alone', async () => {
      const { token } = await registerLastingUser(server)
      await server.saveKeys(token, ['openai', 'groq'])
      await read(token)
      await eventually(async () =>
        expect((await read(token)).statuses).toMatchObject([{ status: 'cached' }, { status: 'cached' }]),
      )
      const before = [asked('openai'), asked('groq')]
      expect(await statusOf(token, `${FORCED}&provider=groq`)).toMatchObject({
        provider_key: 'groq',
        status: 'fresh',
      })
      expect([asked('openai'), asked('groq')]).toEqual([before[0], (before[1] ?? 0) + 1])
    })
  })

  it('a failure is remembered, each in a row for longer', async () => {
    const token = await userOf('together')
    now += HOUR
    await simulator.set('together', { fault: 'D19' })
    await read(token)
    await eventually(async () =>
      expect(await statusOf(token)).toMatchObject({ status: 'stale', code: 'upstream_error' }),
    )
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      const before = asked('together')
      now += minutes * MINUTE - 1
      await read(token)
      expect(asked('together')).toBe(before)
      now += 1
      await read(token)
      await eventually(() => expect(asked('together')).toBe(before + 1))
      await eventually(async () => {
        const { json } = await server.call('GET', '/api/api-keys', { token })
        expect(json.api_keys[0].is_refreshing).toBe(false)
      })
    }
  })

  it('an empty list is believed the second time', async () => {
    const token = await userOf('openai')
    await simulator.set('openai', { fault: 'G13' })
    const doubted = await read(token, FORCED)
    expect(doubted.statuses).toMatchObject([
      { status: 'stale', code: 'bad_response', message: expect.stringContaining('empty list') },
    ])
    expect(doubted.providers).toHaveLength(2)
    expect(await read(token, FORCED)).toMatchObject({
      providers: [{ provider_key: 'custom' }],
      statuses: [{ status: 'fresh', code: null, model_count: 0 }],
    })
  })

  it('half a list takes no whole one’s place, and is used where there is none', async () => {
    const paged = await createSimulator({ size: 'small', pageSizeCap: 2 })
    const own = await startTestServer({ dialect, simulator: paged, now: () => now })
    const { token } = await registerLastingUser(own)
    const get = async (path: string) => (await own.call('GET', path, { token })).json
    await paged.set('anthropic', { fault: 'H5' })
    await own.saveKeys(token, ['anthropic'], () => paged.keys.anthropic)
    const half = await get(PATH)
    expect(half.statuses).toMatchObject([{ code: 'upstream_error', model_count: 2 }])
    expect((await get(PATH)).statuses).toMatchObject([{ status: 'cached', code: 'upstream_error' }])
    await paged.set('anthropic', {})
    const before = paged.requests.length
    now += MINUTE
    await get(PATH)
    await eventually(async () =>
      expect((await get(PATH)).statuses).toMatchObject([{ status: 'cached', code: null }]),
    )
    expect(paged.requests.length).toBeGreaterThan(before)
    const whole = await get(PATH)
    expect(whole.statuses[0].model_count).toBeGreaterThan(2)
    await paged.set('anthropic', { fault: 'H5' })
    const after = await get(FORCED)
    expect(after.statuses).toMatchObject([
      { status: 'stale', code: 'upstream_error', model_count: whole.statuses[0].model_count },
    ])
    expect(after.providers).toEqual(whole.providers)
    await own.remove()
    await paged.close()
  })

  it('a list is not kept for years because the clock was wrong once', async () => {
    now += 365 * DAY
    const token = await userOf('openai')
    await read(token)
    now -= 365 * DAY
    await read(token)
    await eventually(async () =>
      expect(await statusOf(token)).toMatchObject({ status: 'cached', fetched_at: iso(now) }),
    )
  })
})

import { PROVIDERS } from '@rollcall/core'
import { createSimulator, type SimulatedProvider, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import { runSql } from '../../packages/server/src/testing/run-sql.ts'
import { startServerProcess } from '../../packages/server/src/testing/server-process.ts'
import {
  basesOf,
  createPlace,
  startTestServer,
  type TestPlace,
  type TestServer,
} from '../../packages/server/src/testing/test-server.ts'
import { askAtOnce } from './ask-at-once.ts'

const PATH = '/api/available-models'
const FORCED = `${PATH}?force_refresh=true`

describe('two servers on one PostgreSQL', () => {
  let simulator: Simulator
  let place: TestPlace
  let first: TestServer
  let second: TestServer

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    place = await createPlace('postgres')
    const options = { simulator, place, environment: { ROLLCALL_PROVIDER_TIMEOUT_MS: '8000' } }
    first = await startTestServer(options)
    second = await startTestServer(options)
  })
  afterEach(() => simulator.reset())
  afterAll(async () => {
    await second.close()
    await first.remove()
    await simulator.close()
  })

  const asked = (provider: SimulatedProvider) =>
    simulator.requests.filter((seen) => seen.provider === provider).length
  /** Somebody whose lists are known, and nobody asks for. */
  async function settledUser(providers?: readonly SimulatedProvider[]) {
    const user = await first.register()
    await first.saveKeys(user.token, providers)
    await eventually(async () => {
      const { json } = await first.call('GET', '/api/api-keys', { token: user.token })
      for (const key of json.api_keys) expect(key).toMatchObject({ is_refreshing: false, status: {} })
    })
    await simulator.reset()
    return user
  }

  it('make one discovery per provider of a thousand forced refreshes at both', async () => {
    const { token } = await settledUser()
    await Promise.all(
      PROVIDERS.map(({ key }) => simulator.set(key as SimulatedProvider, { latencyMs: 5_000 })),
    )
    const answers = await askAtOnce([first, second], token, [FORCED], 1_000)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    const { statuses } = JSON.parse(answers[0]?.body ?? '')
    for (const status of statuses) expect(status).toMatchObject({ status: 'fresh', code: null })
    for (const { key } of PROVIDERS) expect(asked(key as SimulatedProvider), key).toBe(1)
  })

  it('show each other’s lists and keys', async () => {
    const { token } = await settledUser(['groq'])
    const statusesAt = async (server: TestServer, path = PATH) =>
      (await server.call('GET', path, { token })).json.statuses
    for (const server of [first, second])
      expect(await statusesAt(server)).toMatchObject([{ status: 'cached' }])
    const [{ fetched_at }] = await statusesAt(first, FORCED)
    await eventually(async () => expect(await statusesAt(second)).toMatchObject([{ fetched_at }]))
    await second.saveKeys(token, ['groq'], () => 'gsk_an_invalid_key_00000001')
    await eventually(async () =>
      expect(await statusesAt(first)).toMatchObject([{ status: 'failed', code: 'key_rejected' }]),
    )
    await first.call('DELETE', '/api/api-keys/groq', { token })
    await eventually(async () => expect(await statusesAt(second)).toEqual([]))
  })

  it('end what the other one asks with a key that is replaced', async () => {
    const { token } = await settledUser(['groq'])
    await simulator.set('groq', { fault: 'C1', times: 1 })
    const forced = first.call('GET', FORCED, { token })
    await eventually(() => expect(asked('groq')).toBe(1))
    await second.saveKeys(token, ['groq'], () => 'gsk_an_invalid_key_00000001')
    // it waits for what is asked with the new key
    expect((await forced).json.statuses).toMatchObject([{ status: 'failed', code: 'key_rejected' }])
  })

  it('do not wait for one that was killed while it asked', async () => {
    const { token } = await settledUser(['groq'])
    await simulator.set('groq', { fault: 'C1', times: 1 })
    const third = await startServerProcess({ ...basesOf(simulator), ...place.environment })
    const lost = third.call('GET', FORCED, { token })
    lost.catch(() => {}) // it is to be cut
    await eventually(() => expect(asked('groq')).toBe(1))

    const forced = first.call('GET', FORCED, { token })
    await eventually(async () => {
      const { json } = await first.call('GET', '/api/api-keys', { token })
      expect(json.api_keys).toMatchObject([{ is_refreshing: true }])
    })
    // time enough to ask, did it not wait
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(asked('groq')).toBe(1)
    await third.end('SIGKILL')
    expect((await forced).json.statuses).toMatchObject([{ status: 'fresh', code: null }])
    expect(asked('groq')).toBe(2)
    await expect(lost).rejects.toThrow()
  })

  it('do not wait longer than an answer may take for one that seems to ask', async () => {
    const { token, userId } = await settledUser(['groq'])
    const [key] = await runSql<{ id: number; version: number }>(
      place,
      `select id, version from api_keys where user_id = '${userId}'`,
    )
    // nobody lets go of it
    const holding = runSql(
      place,
      `select pg_advisory_lock(hashtextextended('list of key ${key?.id}.${key?.version}', 0)), pg_sleep(60)`,
    )
    holding.catch(() => {}) // ends with the database
    await eventually(async () => {
      const held = await runSql(place, "select pid from pg_locks where locktype = 'advisory' and granted")
      expect(held).toHaveLength(1)
    })
    const answer = await second.call('GET', FORCED, { token })
    expect(answer.json.statuses).toMatchObject([{ status: 'fresh', code: null }])
    expect(asked('groq')).toBe(1)
  })

  it('go on where the session of their claims is cut', async () => {
    const { token } = await settledUser(['groq'])
    await first.call('GET', FORCED, { token })
    const cut = await runSql(
      place,
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_advisory_unlock%' and pid <> pg_backend_pid()",
    )
    expect(cut.length).toBeGreaterThan(0)
    for (let times = 0; times < 2; times++) {
      const answer = await first.call('GET', FORCED, { token })
      expect(answer.json.statuses).toMatchObject([{ status: 'fresh', code: null }])
    }
  })
})

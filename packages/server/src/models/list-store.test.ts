import type { KnownList, Lesson } from '@rollcall/core'
import type { Model } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../settings.ts'
import type { Storage } from '../storage/database.ts'
import { openStorage } from '../storage/open-storage.ts'
import { eventually } from '../testing/eventually.ts'
import { readTables } from '../testing/read-tables.ts'
import {
  basesOf,
  createPlace,
  DIALECTS,
  startTestServer,
  type TestPlace,
  type TestServer,
} from '../testing/test-server.ts'
import { createListStore, type KeyState, type ListStore } from './list-store.ts'
import { askedProviders, createFingerprints } from './provider-config.ts'

const PATH = '/api/available-models'
const CALL = { finishedAt: 1, durationMs: 1 }

describe.each(DIALECTS)('lists on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    // no call ends by itself
    const environment = { ROLLCALL_PROVIDER_TIMEOUT_MS: '600000' }
    server = await startTestServer({ dialect, simulator, environment })
  })
  afterEach(() => simulator.reset())
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const statusesOf = async (at: TestServer, token: string, path = PATH) => {
    const { status, json } = await at.call('GET', path, { token })
    expect(status).toBe(200)
    return json.statuses as {
      provider_key: string
      status: string
      code: string | null
      label: string | null
    }[]
  }
  const words = (statuses: { status: string }[]) => statuses.map(({ status }) => status)
  const contents = async (at: TestServer = server) => (await readTables(at.place)).list_contents ?? []
  const asked = (provider: string) => simulator.requests.filter((request) => request.provider === provider)

  it('survive a restart', async () => {
    const place = await createPlace(dialect)
    const first = await startTestServer({ simulator, place })
    const { token } = await first.register()
    await first.saveKeys(token)
    await first.call('GET', PATH, { token })
    const before = await first.call('GET', PATH, { token })
    await first.close()
    const requests = simulator.requests.length

    const second = await startTestServer({ simulator, place })
    const after = await second.call('GET', PATH, { token })
    expect(words(after.json.statuses)).toEqual(Array(9).fill('cached'))
    expect(after.text).toBe(before.text)
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'))
    expect(simulator.requests).toHaveLength(requests)
    await second.remove()
  })

  it('that are alike are kept once, until nobody has them', async () => {
    const own = await startTestServer({ dialect, simulator })
    const users = await Promise.all([1, 2, 3].map(() => own.register()))
    for (const { token } of users) {
      await own.saveKeys(token, ['openai', 'groq'])
      await own.call('GET', PATH, { token })
    }
    const tables = await readTables(own.place)
    expect(tables.key_lists).toHaveLength(6)
    expect(tables.list_contents).toHaveLength(2)

    const [first, second, third] = users
    await own.call('DELETE', '/api/api-keys/openai', { token: first?.token })
    await own.call('DELETE', '/api/api-keys/openai', { token: second?.token })
    expect(await contents(own)).toHaveLength(2)
    await own.call('DELETE', '/api/api-keys/openai', { token: third?.token })
    expect(await contents(own)).toHaveLength(1)
    const left = await statusesOf(own, third?.token ?? '')
    expect(left).toMatchObject([{ provider_key: 'groq', status: 'cached' }])
    await own.remove()
  })

  it('that a rejected key, another list or another key leaves behind are dropped', async () => {
    const own = await startTestServer({ dialect, simulator })
    const { token } = await own.register()
    await own.saveKeys(token, ['openai', 'groq'])
    await own.call('GET', PATH, { token })
    const [{ models } = { models: [] }] = (await own.call('GET', `${PATH}?provider=openai`, { token })).json
      .providers
    expect(models.length).toBeGreaterThan(3)

    await simulator.set('openai', { fault: 'G16' }) // other names, so another list
    await own.call('GET', `${PATH}?provider=openai&force_refresh=true`, { token })
    expect(await contents(own)).toHaveLength(2)
    await simulator.set('openai', { fault: 'D7' })
    const rejected = await own.call('GET', `${PATH}?provider=openai&force_refresh=true`, { token })
    expect(rejected.json).toMatchObject({
      providers: [{ provider_key: 'custom' }],
      statuses: [{ status: 'failed', code: 'key_rejected' }],
    })
    expect(await contents(own)).toHaveLength(1)
    await simulator.set('groq', { latencyMs: 60_000 })
    await own.saveKeys(token, ['groq'], () => 'gsk_another_key_than_before_000')
    expect(await contents(own)).toEqual([])
    await own.remove()
  })

  describe('of a key that is replaced', () => {
    it('are unknown, and nothing that was under way for the old one is ever shown', async () => {
      const { token } = await server.register()
      await simulator.set('openai', { latencyMs: 5_000, times: 1 })
      await server.saveKeys(token, ['openai'])
      await eventually(() => expect(asked('openai')).toHaveLength(1))
      // the old key is good and its answer on the way, the new one is not
      const waiting = statusesOf(server, token)
      await server.saveKeys(token, ['openai'], () => 'sk-another-invalid-key-0001')
      expect(await statusesOf(server, token)).toMatchObject([{ status: 'failed', code: 'key_rejected' }])
      // also for who had asked before
      expect(await waiting).toMatchObject([{ status: 'failed', code: 'key_rejected' }])
      await eventually(async () => {
        const { json } = await server.call('GET', '/api/api-keys', { token })
        expect(json.api_keys).toMatchObject([
          { is_refreshing: false, status: { status: 'failed', code: 'key_rejected', model_count: 0 } },
        ])
      })
      expect(await statusesOf(server, token)).toMatchObject([{ code: 'key_rejected' }])
    })

    it('are unknown also where the old one was answered', async () => {
      const { token } = await server.register()
      await server.saveKeys(token, ['groq'])
      await statusesOf(server, token)
      await simulator.set('groq', { fault: 'D29-503' })
      await server.saveKeys(token, ['groq'], () => 'gsk_another_key_than_before_000')
      // another failure would have kept a list, had there been one
      expect(await statusesOf(server, token)).toMatchObject([{ status: 'failed', code: 'upstream_error' }])
    })

    it('stay where it is the same key again', async () => {
      const { token } = await server.register()
      await server.saveKeys(token, ['groq'])
      await statusesOf(server, token)
      await simulator.set('groq', { fault: 'D29-503' })
      await server.saveKeys(token, ['groq'])
      await eventually(async () =>
        expect(await statusesOf(server, token)).toMatchObject([{ status: 'stale', code: 'upstream_error' }]),
      )
    })

    it('end its call to the provider', async () => {
      const { token } = await server.register()
      await simulator.set('mistral', { fault: 'C1' })
      await server.saveKeys(token, ['mistral'])
      await eventually(() => expect(simulator.openConnections('mistral')).toBe(1))
      await simulator.set('mistral', { latencyMs: 0 })
      await server.saveKeys(token, ['mistral'], () => 'another-mistral-key-0001')
      expect(await statusesOf(server, token)).toMatchObject([
        { status: expect.stringMatching(/fresh|cached/) },
      ])
    })
  })

  describe('of a key that is deleted', () => {
    it('are gone, its call is ended, and its answer is not kept', async () => {
      const { token } = await server.register()
      await server.saveKeys(token, ['cohere'])
      expect(await statusesOf(server, token)).toHaveLength(1)
      await simulator.set('cohere', { fault: 'C1' })
      const waiting = statusesOf(server, token, `${PATH}?force_refresh=true`)
      await eventually(() => expect(simulator.openConnections('cohere')).toBe(1))
      const before = await readTables(server.place)
      const { status } = await server.call('DELETE', '/api/api-keys/cohere', { token })
      expect(status).toBe(204)
      await eventually(() => expect(simulator.openConnections('cohere')).toBe(0))
      expect(await waiting).toEqual([])
      expect(await statusesOf(server, token)).toEqual([])
      const after = await readTables(server.place)
      expect(after.key_lists?.length).toBe((before.key_lists?.length ?? 0) - 1)
      expect(after.list_contents?.length).toBe((before.list_contents?.length ?? 0) - 1)
      expect((await server.call('DELETE', '/api/api-keys/cohere', { token })).status).toBe(404)
    })

    it('leave those of its other labels and users alone', async () => {
      const [ada, bob] = [await server.register(), await server.register()]
      for (const { token } of [ada, bob]) await server.saveKeys(token, ['groq'])
      await server.call('POST', '/api/api-keys', {
        token: ada.token,
        body: { provider: 'groq', key: simulator.keys.groq, label: 'work' },
      })
      for (const { token } of [ada, bob]) await statusesOf(server, token)
      await server.call('DELETE', '/api/api-keys/groq?label=work', { token: ada.token })
      for (const { token } of [ada, bob]) {
        expect(await statusesOf(server, token)).toMatchObject([{ provider_key: 'groq', label: null }])
      }
    })
  })

  it('had by another configuration are unknown', async () => {
    const other = await createSimulator({ size: 'small' })
    const place = await createPlace(dialect)
    const first = await startTestServer({ simulator, place })
    const { token } = await first.register()
    await first.saveKeys(token, ['openai', 'groq'])
    await first.call('GET', PATH, { token })
    await first.close()

    const { ROLLCALL_OPENAI_BASE_URL = '' } = basesOf(simulator)
    const moved = { ROLLCALL_OPENAI_BASE_URL: `${ROLLCALL_OPENAI_BASE_URL}/other` }
    const requests = simulator.requests.length
    const second = await startTestServer({ simulator, place, environment: moved })
    // the same origin, so the key still opens; what is at this address is another matter
    expect(await statusesOf(second, token)).toMatchObject([
      { provider_key: 'openai', status: 'failed', code: 'upstream_error' },
      { provider_key: 'groq', status: 'cached' },
    ])
    expect(simulator.requests.slice(requests).map(({ provider }) => provider)).toEqual(['openai'])
    await second.close()

    const elsewhere = { ROLLCALL_OPENAI_BASE_URL: other.bases.openai }
    const third = await startTestServer({ simulator, place, environment: elsewhere })
    expect(await statusesOf(third, token)).toMatchObject([
      { provider_key: 'openai', status: 'failed', code: 'key_unreadable' },
      { provider_key: 'groq', status: 'cached' },
    ])
    // a key for one place is never sent to another
    expect(other.requests).toEqual([])
    await third.remove()
    await other.close()
  })
})

describe.each(DIALECTS)('what is written down on %s', (dialect) => {
  let place: TestPlace
  let storage: Storage
  let store: ListStore

  beforeAll(async () => {
    place = await createPlace(dialect)
    storage = await openStorage(readSettings(place.environment))
    store = createListStore(storage, askedProviders(new Map()), createFingerprints(Buffer.alloc(32, 7)))
    await storage.db
      .insertInto('users')
      .values({ id: 'ada', email: 'ada@example.com', password_hash: '', role: 'user', created_at: 0 })
      .execute()
  })
  afterAll(async () => {
    await storage.close()
    await place.remove()
  })

  let labels = 0
  async function addKey(): Promise<KeyState> {
    const { id } = await storage.db
      .insertInto('api_keys')
      .values({
        user_id: 'ada',
        provider: 'openai',
        label: `${++labels}`,
        sealed: '',
        kid: '',
        credential: new Uint8Array([labels]),
        preview: null,
        version: 1,
        created_at: 0,
        updated_at: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return read(id)
  }
  async function read(id: number): Promise<KeyState> {
    const state = await store.ofKey(id)
    if (!state) throw new Error('no such key')
    return state
  }
  const listOf = (...names: string[]): Model[] =>
    names.map((name) => ({ id: `openai/${name}`, name, kind: 'chat' }))
  const good = (fetchedAt: number, models: Model[]): Lesson => ({
    known: { list: { fetchedAt, modelCount: models.length, droppedCount: 0 }, trouble: null },
    models,
  })
  const textOf = async (id: number) => {
    const { content } = await read(id)
    return content === null ? null : store.text(content)
  }

  it('is nothing for a key that was replaced or deleted meanwhile', async () => {
    const old = await addKey()
    await storage.db.updateTable('api_keys').set({ version: 2 }).where('id', '=', old.id).execute()
    expect(await store.record(old, CALL, () => good(1, listOf('a')))).toBeUndefined()
    expect(await store.record({ ...old, id: 999_999 }, CALL, () => good(1, listOf('a')))).toBeUndefined()
    const { key_lists, list_contents } = await readTables(place)
    expect([key_lists, list_contents]).toEqual([[], []])
    expect(await store.record(await read(old.id), CALL, () => good(1, listOf('a')))).toMatchObject({
      trouble: null,
    })
    expect(await textOf(old.id)).toBe(JSON.stringify(listOf('a')))
  })

  it('is learnt from what another process has written since', async () => {
    const before = await addKey()
    await store.record(before, CALL, () => good(5, listOf('of another process')))
    const seen: KnownList[] = []
    await store.record(before, CALL, (known) => {
      seen.push(known)
      return {
        known: { ...known, trouble: { code: 'timeout', at: 6, times: 1, retryAt: null } },
        models: 'keep',
      }
    })
    expect(seen).toMatchObject([{ list: { fetchedAt: 5 }, trouble: null }])
    expect(await read(before.id)).toMatchObject({
      known: { list: { fetchedAt: 5 }, trouble: { code: 'timeout' } },
    })
    expect(await textOf(before.id)).toBe(JSON.stringify(listOf('of another process')))
    await store.record(before, CALL, () => ({ known: { list: null, trouble: null }, models: 'drop' }))
    expect(await textOf(before.id)).toBeNull()
  })

  it('is whole, whoever writes and drops the same lists at once', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 8 }, async (_, pair) => ({
        keys: [await addKey(), await addKey()],
        lists: [listOf(`a${pair}`), listOf(`b${pair}`)],
      })),
    )
    // the two of a pair change their lists again and again: each drops what the other one takes
    for (let round = 0; round < 15; round++) {
      await Promise.all(
        pairs.flatMap(({ keys, lists }) =>
          keys.map((state, index) =>
            store.record(state, CALL, () => good(round, lists[(index + round) % 2] ?? [])),
          ),
        ),
      )
    }
    for (const { keys, lists } of pairs) {
      for (const [index, { id }] of keys.entries())
        expect(await textOf(id)).toBe(JSON.stringify(lists[index % 2]))
    }
    const { key_lists, list_contents } = await readTables(place)
    const used = new Set(key_lists?.map(({ content }) => content).filter(Boolean))
    expect(new Set(list_contents?.map(({ hash }) => hash))).toEqual(used)
  })

  it('is not found where nobody has it', async () => {
    expect(await store.text('none')).toBeUndefined()
  })
})

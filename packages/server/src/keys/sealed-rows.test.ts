import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askedProviders } from '../models/provider-config.ts'
import { CANARY } from '../testing/find-keys.ts'
import { runSql } from '../testing/run-sql.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

interface ShownKey {
  provider: string
  label: string | null
  is_refreshing: boolean
  status: { status: string; code: string | null; message: string | null } | null
}

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(() => simulator.close())

describe.each(DIALECTS)('a sealed key on %s', (dialect) => {
  let server: TestServer

  beforeEach(async () => {
    server = await startTestServer({ dialect, simulator })
  })
  afterEach(() => server.remove())

  async function save(token: string, provider: 'openai' | 'mistral' | 'groq', label?: string): Promise<void> {
    const body = { provider, key: simulator.keys[provider], ...(label === undefined ? {} : { label }) }
    const { status, text } = await server.call('POST', '/api/api-keys', { token, body })
    expect([status, text]).toEqual([201, expect.any(String)])
  }
  /** What becomes of every key when all are asked now. */
  async function codes(token: string): Promise<Record<string, string | null>> {
    await server.call('GET', '/api/available-models?force_refresh=true', { token })
    const { json } = await server.call('GET', '/api/api-keys', { token })
    return Object.fromEntries(
      (json.api_keys as ShownKey[]).map(({ provider, label, status }) => [
        label === null ? provider : `${provider}/${label}`,
        status?.code ?? null,
      ]),
    )
  }
  const copy = (from: string, to: string) =>
    runSql(
      server.place,
      `update api_keys set sealed = (select sealed from api_keys where ${from}) where ${to} returning id`,
    )

  it('that was copied to another user, provider or label does not open, and is sent to nobody', async () => {
    const [ada, bob] = [await server.register(), await server.register()]
    await save(ada.token, 'openai')
    await save(ada.token, 'openai', 'work')
    await save(ada.token, 'mistral')
    await save(ada.token, 'groq')
    await save(bob.token, 'openai')
    expect(Object.values(await codes(ada.token))).toEqual([null, null, null, null])
    const adas = `user_id = '${ada.userId}' and provider`
    expect(await copy(`${adas} = 'openai' and label = ''`, `user_id = '${bob.userId}'`)).toHaveLength(1)
    expect(await copy(`${adas} = 'openai' and label = ''`, `${adas} = 'mistral'`)).toHaveLength(1)
    expect(await copy(`${adas} = 'openai' and label = ''`, `label = 'work'`)).toHaveLength(1)
    const before = simulator.requests.length
    expect(await codes(ada.token)).toEqual({
      openai: null,
      'openai/work': 'key_unreadable',
      mistral: 'key_unreadable',
      groq: null,
    })
    expect(await codes(bob.token)).toEqual({ openai: 'key_unreadable' })
    const asked = simulator.requests.slice(before).map(({ provider }) => provider)
    expect(asked.sort()).toEqual(['groq', 'openai'])
    // entered again it is whole
    await save(ada.token, 'mistral')
    await save(bob.token, 'openai')
    expect(await codes(ada.token)).toMatchObject({ mistral: null })
    expect(await codes(bob.token)).toEqual({ openai: null })
  })

  it('opens for the base it was entered for, and for no other host', async () => {
    const { place } = server
    const { token } = await server.register()
    await save(token, 'openai')
    await save(token, 'mistral')
    expect(await codes(token)).toEqual({ openai: null, mistral: null })
    const startAgain = async (environment: Record<string, string>) => {
      await server.close()
      server = await startTestServer({ dialect, simulator, place, environment })
    }
    // the same host may move its path
    const moved = `${simulator.bases.openai}/else`
    await startAgain({ ROLLCALL_OPENAI_BASE_URL: moved })
    expect((await codes(token)).openai).not.toBe('key_unreadable')

    const elsewhere = await createSimulator({ size: 'small' })
    try {
      await startAgain({ ROLLCALL_OPENAI_BASE_URL: elsewhere.bases.openai })
      expect(await codes(token)).toEqual({ openai: 'key_unreadable', mistral: null })
      expect(elsewhere.requests).toEqual([])
      await save(token, 'openai')
      expect(await codes(token)).toEqual({ openai: null, mistral: null })
      expect(elsewhere.requests.map(({ provider }) => provider)).toContain('openai')
    } finally {
      await elsewhere.close()
    }
  })

  it('that is damaged says so to its owner, and its text to nobody', async () => {
    const { token } = await server.register()
    await save(token, 'openai')
    expect(await codes(token)).toEqual({ openai: null })
    await runSql(
      server.place,
      `update api_keys set sealed = substr(sealed, 1, length(sealed) - 1) returning id`,
    )
    expect(await codes(token)).toEqual({ openai: 'key_unreadable' })
    const { json } = await server.call('GET', '/api/api-keys', { token })
    expect(json.api_keys[0].status.message).toMatch(/enter/i)
    expect(server.logLines().join('')).not.toMatch(/"event":"(bug|.*_bug)"/)
  })
})

describe("a provider's own host", () => {
  it('may move: the key is bound to its name', () => {
    for (const [key, { target }] of askedProviders(new Map())) expect(target).toBe(`built-in:${key}`)
  })
})

describe('a key that is gone', () => {
  let server: TestServer

  beforeEach(async () => {
    server = await startTestServer({ simulator })
  })
  afterEach(() => server.remove())

  const files = ['rollcall.db', 'rollcall.db-wal', 'rollcall.db-shm']
  /** In which of the database's files those bytes still stand. */
  function whereIs(text: string): string[] {
    const folder = server.place.environment.ROLLCALL_DATA_DIR ?? ''
    return files.filter((name) => {
      const file = join(folder, name)
      return existsSync(file) && readFileSync(file).includes(text)
    })
  }
  async function sealedKeys(): Promise<string[]> {
    const rows = await runSql<{ sealed: string }>(server.place, 'select sealed from api_keys order by id')
    return rows.map(({ sealed }) => sealed)
  }
  /** From the middle, so that the end of a page does not hide it. */
  const piecesOf = (sealed: string) => [sealed.slice(-60, -20), sealed.split('.')[2] ?? '']

  it.each([
    ['deleted', 'DELETE', '/api/api-keys/openai', undefined, 204],
    ['replaced', 'POST', '/api/api-keys', { provider: 'openai', key: `sk-${CANARY}-other` }, 201],
    ['deleted with its account', 'DELETE', '/api/account', { password: 'a long enough password' }, 204],
  ] as const)(
    'because it was %s is in no file when that is answered',
    async (_how, method, path, body, status) => {
      await server.register() // an admin, who could not go
      const { token } = await server.register()
      // beside others, in pages that stay in use
      for (const label of ['one', 'two', 'three', undefined]) {
        const key = `sk-${CANARY}-${label}`
        await server.call('POST', '/api/api-keys', { token, body: { provider: 'openai', key, label } })
      }
      const before = await sealedKeys()
      const gone = before.at(-1) ?? ''
      for (const piece of piecesOf(gone)) expect(whereIs(piece)).not.toEqual([])
      const answer = await server.call(method, path, { token, ...(body ? { body } : {}) })
      expect(answer.status).toBe(status)
      for (const piece of piecesOf(gone)) expect(whereIs(piece)).toEqual([])
      // and no other one with it
      if (path !== '/api/account')
        for (const kept of before.slice(0, 3)) expect(await sealedKeys()).toContain(kept)
    },
  )
})

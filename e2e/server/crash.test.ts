import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVault } from '../../packages/server/src/keys/vault.ts'
import { readMasterKeys } from '../../packages/server/src/secrets.ts'
import { CANARY } from '../../packages/server/src/testing/find-keys.ts'
import { runSql } from '../../packages/server/src/testing/run-sql.ts'
import { type ServerProcess, startServerProcess } from '../../packages/server/src/testing/server-process.ts'
import {
  basesOf,
  createPlace,
  DIALECTS,
  recordPlace,
  type TestPlace,
} from '../../packages/server/src/testing/test-server.ts'
import { createSeeded } from './seeded.ts'

const KILLS = 25
const CLIENTS = 4
const LABELS = ['one', 'two', 'three']

/** What a label may hold: what was acknowledged last, or whatever was sent after it. Null: nothing. */
interface Expectation {
  acknowledged: string | null
  sentSince: (string | null)[]
}

/** A user who saves, replaces and deletes keys, one after the other, until the server is gone. */
interface Client {
  userId: string
  token: string
  labels: Map<string, Expectation>
  count: number
}

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(() => simulator.close())

describe.concurrent.each(DIALECTS)('a server on %s that is killed while keys are written', (dialect) => {
  it('has lost nothing that it acknowledged, each time', { timeout: 240_000 }, async () => {
    const place = await createPlace(dialect)
    const environment = { ...place.environment, ...basesOf(simulator) }
    const random = createSeeded(dialect === 'sqlite' ? 7 : 11)
    let server = await startServerProcess(environment)
    const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => register(server, index)))
    let acknowledgements = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const { call } = server
      let here = 0
      const killAt = 1 + Math.floor(random() * 30)
      const writers: Promise<void>[] = []
      await new Promise<void>((enough) => {
        const acknowledge = () => {
          here++
          if (here === killAt) enough()
        }
        writers.push(...clients.map((client) => writeUntilGone(client, call, random, acknowledge)))
      })
      await wait(random() * 4)
      await server.end('SIGKILL')
      await Promise.all(writers)
      acknowledgements += here
      if (dialect === 'sqlite') expectWhole(place)
      server = await startServerProcess(environment)
      await expectAllThere(place, clients)
    }
    expect(acknowledgements).toBeGreaterThan(KILLS)
    for (const { token, labels } of clients) {
      const { json } = await server.call('GET', '/api/api-keys', { token })
      const there = json.api_keys.map(({ label }: { label: string }) => label)
      for (const [label, { acknowledged, sentSince }] of labels) {
        if (sentSince.length === 0)
          expect([label, there.includes(label)]).toEqual([label, acknowledged !== null])
      }
    }
    expect(await server.end('SIGTERM')).toMatchObject({ exitCode: 0, stderr: '' })
    if (dialect === 'sqlite') expectWhole(place)
    await recordPlace(place)
    await place.remove()
  })
})

async function register({ call }: ServerProcess, index: number): Promise<Client> {
  const { status, text, json } = await call('POST', '/api/auth/register', {
    body: { email: `client${index}@example.com`, password: 'a long enough password' },
  })
  expect([status, text]).toEqual([201, expect.any(String)])
  const labels = new Map(LABELS.map((label) => [label, { acknowledged: null, sentSince: [] }]))
  return { userId: json.user.id, token: json.access_token, labels, count: 0 }
}

async function writeUntilGone(
  client: Client,
  call: ServerProcess['call'],
  random: () => number,
  acknowledge: () => void,
): Promise<void> {
  const { token, labels, userId } = client
  for (;;) {
    const label = LABELS[Math.floor(random() * LABELS.length)] ?? 'one'
    const expectation = labels.get(label)
    if (!expectation) throw new Error('no such label')
    const isDeletion = random() < 0.2
    const key = isDeletion ? null : `sk-${CANARY}-${userId}-${++client.count}`
    expectation.sentSince.push(key)
    const reply = await (key === null
      ? call('DELETE', `/api/api-keys/openai?label=${label}`, { token })
      : call('POST', '/api/api-keys', { token, body: { provider: 'openai', label, key } })
    ).catch(() => undefined) // killed: nobody knows what became of it
    if (!reply) return
    expect([reply.status, reply.text]).toEqual([
      expect.toBeOneOf(key === null ? [204, 404] : [201]),
      expect.any(String),
    ])
    expectation.acknowledged = key
    expectation.sentSince = []
    acknowledge()
  }
}

async function expectAllThere(place: TestPlace, clients: readonly Client[]): Promise<void> {
  const vault = createVault(readMasterKeys(join(place.environment.ROLLCALL_DATA_DIR ?? '', 'secrets.json')))
  const rows = await runSql<{ user_id: string; label: string; sealed: string }>(
    place,
    'select user_id, label, sealed from api_keys',
  )
  const target = new URL(simulator.bases.openai).origin
  for (const { userId, labels } of clients) {
    for (const [label, { acknowledged, sentSince }] of labels) {
      const row = rows.find((one) => one.user_id === userId && one.label === label)
      const binding = { purpose: 'api_key', owner: userId, provider: 'openai', label, target } as const
      const found = row ? await vault.open(row.sealed, binding) : null
      expect([label, found]).toEqual([label, expect.toBeOneOf([acknowledged, ...sentSince])])
    }
  }
}

/** In a copy, so that it is the server that has to mend it. */
function expectWhole({ environment: { ROLLCALL_DATA_DIR: dataDir = '' } }: TestPlace): void {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-crash-'))
  for (const name of ['rollcall.db', 'rollcall.db-wal']) {
    if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(folder, name))
  }
  const database = new DatabaseSync(join(folder, 'rollcall.db'))
  expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  expect(database.prepare('pragma foreign_key_check').all()).toEqual([])
  database.close()
  rmSync(folder, { recursive: true })
}

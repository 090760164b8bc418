import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StartError } from '../start-error.ts'
import { type CuttableProxy, startCuttableProxy } from '../testing/cuttable-proxy.ts'
import { createPlace, type TestPlace } from '../testing/test-server.ts'
import type { Change, Storage } from './database.ts'
import { migratePostgres, openPostgres, type PostgresTimes } from './postgres.ts'
import { isStorageTrouble } from './storage-trouble.ts'

const QUICK: PostgresTimes = {
  connectMs: 1_000,
  queryMs: 300,
  againMs: 20,
  heartbeatMs: 400,
  deafMs: 3_600_000,
}
const EVERYTHING: Change = { kind: 'everything' }
const CHANGE: Change = { kind: 'keys', userId: 'ada', keyId: 1 }

describe('a PostgreSQL', () => {
  let place: TestPlace
  let url: string
  let proxy: CuttableProxy
  let proxied: string
  const opened: Storage[] = []

  beforeEach(async () => {
    place = await createPlace('postgres')
    url = place.environment.DATABASE_URL ?? ''
    await migratePostgres(url)
    proxy = await startCuttableProxy(Number(new URL(url).port))
    proxied = url.replace(`:${new URL(url).port}/`, `:${proxy.port}/`)
  })
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close()
    await proxy.close()
    await place.remove()
  })

  async function open(address = url, times = QUICK): Promise<{ storage: Storage; heard: Change[] }> {
    const storage = await openPostgres(address, times)
    opened.push(storage)
    const heard: Change[] = []
    storage.onChange((change) => heard.push(change))
    return { storage, heard }
  }
  const write = ({ db }: Storage) =>
    db.insertInto('rate_limits').values({ key: crypto.randomUUID(), points: 1, expire: null }).execute()
  const count = async ({ db }: Storage) => (await db.selectFrom('rate_limits').selectAll().execute()).length

  it('carries news to every other process, and once to the one that tells it', async () => {
    const [one, other] = [await open(), await open()]
    await one.storage.announce(CHANGE)
    expect(one.heard).toEqual([CHANGE])
    await expect.poll(() => other.heard).toEqual([CHANGE])
    await other.storage.announce(EVERYTHING)
    await expect.poll(() => one.heard).toEqual([CHANGE, EVERYTHING])
  })

  it('makes a process that cannot have heard all forget everything, and listen again', async () => {
    const [one, other] = [await open(), await open()]
    await one.storage.pool?.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`,
    )
    await expect.poll(() => other.heard).toEqual([EVERYTHING])
    await expect.poll(() => one.heard).toEqual([EVERYTHING])
    await one.storage.announce(CHANGE)
    await expect.poll(() => other.heard).toEqual([EVERYTHING, CHANGE])
  })

  it('is found out where its line is dead but looks open', async () => {
    const [one, other] = [await open(), await open(proxied)]
    proxy.freeze()
    await one.storage.announce(CHANGE)
    proxy.restore()
    await expect.poll(() => other.heard, { timeout: 20_000 }).toEqual([EVERYTHING])
    await one.storage.announce(CHANGE)
    await expect.poll(() => other.heard).toEqual([EVERYTHING, CHANGE])
  })

  it('that is away leaves what is known as it is, but not for long', async () => {
    const { heard } = await open(proxied)
    const deaf = await open(proxied, { ...QUICK, deafMs: 100 })
    proxy.cut()
    await expect.poll(() => deaf.heard).toEqual([EVERYTHING])
    expect(heard).toEqual([])
    proxy.restore()
    await expect.poll(() => heard).toEqual([EVERYTHING])
    await expect.poll(() => deaf.heard).toEqual([EVERYTHING, EVERYTHING])
  })

  it('has the others told later what it could not carry', async () => {
    const [one, other] = [await open(proxied), await open()]
    proxy.cut()
    await one.storage.announce(CHANGE)
    await one.storage.announce(CHANGE)
    expect(other.heard).toEqual([])
    proxy.restore()
    await expect.poll(() => other.heard).toEqual([EVERYTHING])
  })

  it.each(['no JSON', '{}', '{"from":"a","change":{"kind":"unheard of"}}', 'null'])(
    'takes the unknown news %j as if some was missed',
    async (payload) => {
      const { heard, storage } = await open()
      await storage.pool?.query('select pg_notify($1, $2)', ['rollcall_changes', payload])
      await expect.poll(() => heard).toEqual([EVERYTHING])
    },
  )

  it.each(['cut', 'freeze'] as const)(
    'that is away (%s) is said to be the trouble, and is used again',
    async (way) => {
      const { storage } = await open(proxied)
      await write(storage)
      proxy[way]()
      // every connection of the pool, those that look open too
      const tries = await Promise.allSettled(Array.from({ length: 12 }, () => write(storage)))
      for (const outcome of tries) {
        expect(outcome.status).toBe('rejected')
        if (outcome.status === 'rejected')
          expect([isStorageTrouble(outcome.reason), outcome.reason]).toContain(true)
      }
      proxy.restore()
      await expect(write(storage)).resolves.toBeDefined()
      expect(await count(storage)).toBe(2)
    },
  )

  it('that falls silent within a transaction has that one taken back', async () => {
    const { storage } = await open(proxied)
    const broken = storage.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('rate_limits').values({ key: 'half', points: 1, expire: null }).execute()
      proxy.freeze()
      await transaction.insertInto('rate_limits').values({ key: 'whole', points: 1, expire: null }).execute()
    })
    await expect(broken).rejects.toSatisfy(isStorageTrouble)
    proxy.restore()
    await expect(write(storage)).resolves.toBeDefined()
    expect(await count(storage)).toBe(1)
  })

  it('that is cut off between two statements of a transaction costs that one alone', async () => {
    const { storage } = await open(proxied)
    const broken = storage.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('rate_limits').values({ key: 'half', points: 1, expire: null }).execute()
      proxy.cut()
      // nobody asks anything while the connection ends
      await expect.poll(() => connectionsTo(url)).toBe(0)
      await transaction.insertInto('rate_limits').values({ key: 'whole', points: 1, expire: null }).execute()
    })
    await expect(broken).rejects.toSatisfy(isStorageTrouble)
    proxy.restore()
    await expect(write(storage)).resolves.toBeDefined()
    expect(await count(storage)).toBe(1)
  })

  it('is not given up because of what was wrong with a question', async () => {
    const { storage } = await open()
    const pidOf = async () => (await storage.pool?.query('select pg_backend_pid() as pid'))?.rows[0].pid
    const before = await pidOf()
    await expect(
      storage.db
        .insertInto('installation')
        .values({ name: 'set_up', value: null as never })
        .execute(),
    ).rejects.toThrow()
    expect(await pidOf()).toBe(before)
  })

  it('gives up by itself what we have given up on', async () => {
    const { storage } = await open()
    const { rows } = (await storage.pool?.query(
      `select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle`,
    )) ?? { rows: [] }
    expect(rows).toEqual([{ statement: '5s', idle: '10s' }])
  })

  it('closes while it looks for its line', async () => {
    const { storage } = await open(proxied)
    proxy.cut()
    await expect.poll(() => proxy.openConnections()).toBe(0)
    proxy.hold()
    await expect.poll(() => proxy.openConnections()).toBe(1)
    await storage.close()
    opened.pop()
    proxy.restore()
    await expect.poll(() => proxy.openConnections()).toBe(0)
  })

  it.each([
    ['is not there', (address: string) => address.replace(/:\d+\//, ':1/'), 'ECONNREFUSED'],
    ['wants another password', (address: string) => address.replace(':postgres@', ':hidden-word@'), '28P01'],
    ['has no such database', (address: string) => `${address}_other`, '3D000'],
    ['speaks no TLS', (address: string) => `${address}?sslmode=verify-full`, 'no answer'],
  ])('that %s is named by its variable, and no password with it', async (_what, change, code) => {
    const error = (await migratePostgres(change(url)).catch((reason: unknown) => reason)) as StartError
    expect(error).toBeInstanceOf(StartError)
    expect(error.message).toContain(`The database that DATABASE_URL names could not be reached (${code})`)
    expect(error.message).not.toMatch(/hidden-word|postgres:|127\.0\.0\.1/)
  })

  it('in which tables may not be made says so', async () => {
    const empty = await createPlace('postgres')
    const emptyUrl = empty.environment.DATABASE_URL ?? ''
    const role = `reader_${crypto.randomUUID().replaceAll('-', '')}`
    await query(emptyUrl, `create role ${role} login password 'reader'`)
    try {
      const asReader = emptyUrl.replace('postgres:postgres@', `${role}:reader@`)
      await expect(migratePostgres(asReader)).rejects.toThrow(/DATABASE_URL names may not create tables/)
    } finally {
      await empty.remove()
      await query(url, `drop role ${role}`)
    }
  })
})

async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

async function connectionsTo(url: string): Promise<number> {
  const { rows } = await query(
    url,
    `select count(*) as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  return Number(rows[0].count)
}

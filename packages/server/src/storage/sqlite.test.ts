import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StartError } from '../start-error.ts'
import type { Storage } from './database.ts'
import { openStorage } from './open-storage.ts'

describe('the embedded database', () => {
  let folder: string
  let dataDir: string
  const opened: Storage[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-sqlite-'))
    dataDir = join(folder, 'data')
  })
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(): Promise<Storage> {
    const storage = await openStorage({ dataDir, databaseUrl: undefined })
    opened.push(storage)
    return storage
  }
  async function refusal(): Promise<string> {
    const error = await open().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StartError)
    return (error as StartError).message
  }

  // the values are those of the storage's own connection: most pragmas hold for one connection only
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['secure_delete', 1],
    ['application_id', 0x7263616c],
  ])('has %s %s in force', async (pragma, value) => {
    const { db } = await open()
    const { rows } = await sql`pragma ${sql.raw(pragma)}`.execute(db)
    expect(rows).toEqual([{ [pragma]: value }])
  })

  it('is for its owner alone', async () => {
    await open()
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
    expect(modeOf(dataDir)).toBe('700')
    for (const name of ['rollcall.db', 'rollcall.db-wal', 'rollcall.db-shm', 'rollcall.lock']) {
      expect([name, modeOf(join(dataDir, name))]).toEqual([name, '600'])
    }
  })

  it('is refused to whoever comes second, and the first goes on', async () => {
    const { db } = await open()
    expect(await refusal()).toMatch(/^Another Rollcall uses the data folder .*ROLLCALL_DATA_DIR/)
    await expect(db.selectFrom('users').selectAll().execute()).resolves.toEqual([])
  })

  it('is free again once it is closed', async () => {
    await (await open()).close()
    opened.pop()
    await expect(open()).resolves.toBeDefined()
  })

  it("is not another program's", async () => {
    mkdirSync(dataDir)
    const foreign = new DatabaseSync(join(dataDir, 'rollcall.db'))
    foreign.exec('create table theirs (id integer)')
    foreign.close()
    expect(await refusal()).toMatch(/rollcall\.db is not a database of Rollcall: .*ROLLCALL_DATA_DIR/)
    const untouched = new DatabaseSync(join(dataDir, 'rollcall.db'))
    expect(untouched.prepare('select name from sqlite_schema').all()).toEqual([{ name: 'theirs' }])
    expect(untouched.prepare('pragma journal_mode').all()).toEqual([{ journal_mode: 'delete' }])
    untouched.close()
  })

  it('is not just any file', async () => {
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'rollcall.db'), 'minutes of the last meeting\n'.repeat(100))
    expect(await refusal()).toMatch(/rollcall\.db is not a database of Rollcall/)
  })

  it('is not made anew where it is damaged', async () => {
    const { db } = await open()
    await db.insertInto('installation').values({ name: 'set_up', value: 'then' }).execute()
    await opened.pop()?.close()
    const file = join(dataDir, 'rollcall.db')
    const bytes = readFileSync(file)
    // the header stays right, the list of tables behind it is none any more
    writeFileSync(file, bytes.fill(0xff, 100, 400))
    expect(await refusal()).toMatch(/rollcall\.db is damaged: restore a backup/)
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it.each([
    ['is a file', () => writeFileSync(dataDir, '')],
    ['lies in a file', () => writeFileSync(join(folder, 'file'), '')],
    ['holds a folder of that name', () => mkdirSync(join(dataDir, 'rollcall.db'), { recursive: true })],
  ])('says so where the data folder %s', async (what, prepare) => {
    prepare()
    if (what === 'lies in a file') dataDir = join(folder, 'file', 'data')
    expect(await refusal()).toMatch(/^The data folder .*\/data cannot be used \(.+\): .*ROLLCALL_DATA_DIR/)
  })

  it('takes no turn in the middle of an open transaction to empty its log', async () => {
    const storage = await open()
    const { db } = storage
    let purged: Promise<void> | undefined
    await db.transaction().execute(async (transaction) => {
      await transaction.insertInto('installation').values({ name: 'set_up', value: 'then' }).execute()
      purged = storage.purge()
      await transaction.deleteFrom('installation').execute()
    })
    await expect(purged).resolves.toBeUndefined()
  })

  it('lets all else go on while many wait for it', async () => {
    const { db } = await open()
    let isOver = false
    let turns = 0
    const count = () => {
      turns += 1
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    await Promise.all(Array.from({ length: 5_000 }, () => db.selectFrom('users').selectAll().execute()))
    isOver = true
    expect(turns).toBeGreaterThan(3)
  })

  it('empties its log as soon as nobody outside reads it any more', async () => {
    const storage = await open()
    const { db } = storage
    const walBytes = () => statSync(join(dataDir, 'rollcall.db-wal')).size
    const reader = new DatabaseSync(join(dataDir, 'rollcall.db'), { readOnly: true })
    try {
      reader.exec('begin')
      reader.prepare('select * from users').all()
      await db.insertInto('installation').values({ name: 'set_up', value: 'then' }).execute()
      await storage.purge()
      expect(walBytes()).toBeGreaterThan(0)
      reader.exec('commit')
      await expect.poll(walBytes, { timeout: 20_000 }).toBe(0)
    } finally {
      reader.close()
    }
  })
})

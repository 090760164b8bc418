import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StartError } from '../start-error.ts'
import { createPlace, DIALECTS, type TestPlace } from '../testing/test-server.ts'
import type { Storage } from './database.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS, type Migration } from './migrations/migrations.ts'
import { openStorage } from './open-storage.ts'

/** So many statements, each of which would fail if it was run twice. */
const stepsOf =
  (name: string, count: number): Migration['migrate'] =>
  async (db) => {
    for (let step = 1; step <= count; step++) {
      await sql`create table ${sql.raw(`${name}_${step}`)} (id integer)`.execute(db)
    }
  }

describe.each(DIALECTS)('migrations on %s', (dialect) => {
  let place: TestPlace
  const opened: Storage[] = []

  beforeEach(async () => {
    place = await createPlace(dialect)
  })
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close()
    await place.remove()
  })

  async function open(): Promise<Storage> {
    const { ROLLCALL_DATA_DIR: dataDir = '', DATABASE_URL: databaseUrl } = place.environment
    const storage = await openStorage({ dataDir, databaseUrl })
    opened.push(storage)
    return storage
  }
  async function tablesOf({ db }: Storage): Promise<string[]> {
    return (await db.introspection.getTables()).map(({ name }) => name).sort()
  }
  async function appliedIn({ db }: Storage): Promise<unknown[]> {
    return (await sql`select * from migrations order by name`.execute(db)).rows
  }

  it('leave a database that has them all as it was', async () => {
    const first = await open()
    const tables = await tablesOf(first)
    const applied = await appliedIn(first)
    expect(tables).toContain('api_keys')
    await opened.pop()?.close()
    const second = await open()
    expect(await tablesOf(second)).toEqual(tables)
    expect(await appliedIn(second)).toEqual(applied)
  })

  it('that break in the middle leave the version before, and go on from there', async () => {
    const storage = await open()
    const before = await tablesOf(storage)
    const good: Migration = { name: '900-good', migrate: stepsOf('good', 2) }
    const broken: Migration = {
      name: '901-broken',
      async migrate(db) {
        await stepsOf('broken', 2)(db, dialect)
        await sql`update api_keys set provider = 'changed'`.execute(db)
        throw new Error('power cut')
      },
    }
    await expect(migrate(storage.db, dialect, [...MIGRATIONS, good, broken])).rejects.toThrow('power cut')
    expect(await tablesOf(storage)).toEqual([...before, 'good_1', 'good_2'].sort())
    const mended: Migration = { name: '901-broken', migrate: stepsOf('mended', 1) }
    await migrate(storage.db, dialect, [...MIGRATIONS, good, mended])
    expect(await tablesOf(storage)).toEqual([...before, 'good_1', 'good_2', 'mended_1'].sort())
  })

  it('refuse a database of a newer version, and leave it alone', async () => {
    const storage = await open()
    await migrate(storage.db, dialect, [...MIGRATIONS, { name: '900-newer', migrate: stepsOf('newer', 1) }])
    const tables = await tablesOf(storage)
    const older = migrate(storage.db, dialect, [
      ...MIGRATIONS,
      { name: '901-other', migrate: stepsOf('other', 1) },
    ])
    await expect(older).rejects.toThrow('written by a newer Rollcall (it has "900-newer")')
    expect(await tablesOf(storage)).toEqual(tables)
    await opened.pop()?.close()
    await expect(open()).rejects.toThrow(StartError)
  })
})

describe('migrations of two processes on one PostgreSQL', () => {
  it('are done once, one after the other', async () => {
    const place = await createPlace('postgres')
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-migrate-'))
    const opened = await Promise.all(
      Array.from({ length: 4 }, () =>
        openStorage({ dataDir: folder, databaseUrl: place.environment.DATABASE_URL }),
      ),
    )
    try {
      let runs = 0
      const slow: Migration = {
        name: '900-slow',
        async migrate(db, dialect) {
          runs++
          await stepsOf('slow', 3)(db, dialect)
        },
      }
      await Promise.all(opened.map(({ db }) => migrate(db, 'postgres', [...MIGRATIONS, slow])))
      expect(runs).toBe(1)
    } finally {
      for (const storage of opened) await storage.close()
      rmSync(folder, { recursive: true })
      await place.remove()
    }
  })
})

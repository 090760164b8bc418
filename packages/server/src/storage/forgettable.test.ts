import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../settings.ts'
import { createPlace, DIALECTS, type TestPlace } from '../testing/test-server.ts'
import type { Database, Storage } from './database.ts'
import { openStorage } from './open-storage.ts'

/** How hard the database tries not to lose what it is told, as it says itself. */
const CARE = {
  sqlite: {
    usual: 2,
    light: 1,
    ask: sql<{ care: unknown }>`select synchronous as care from pragma_synchronous`,
  },
  postgres: {
    usual: 'on',
    light: 'off',
    ask: sql<{ care: unknown }>`select current_setting('synchronous_commit') as care`,
  },
}

describe.each(DIALECTS)('what may be forgotten on %s', (dialect) => {
  let place: TestPlace
  let storage: Storage
  const { usual, light, ask } = CARE[dialect]

  beforeAll(async () => {
    place = await createPlace(dialect)
    storage = await openStorage(readSettings(place.environment))
  })
  afterAll(async () => {
    await storage.close()
    await place.remove()
  })

  const careOf = async (db: Database) => (await ask.execute(db)).rows[0]?.care
  const add = (db: Database, key: string) =>
    db.insertInto('rate_limits').values({ key, points: 1, expire: null }).execute()
  const keys = async () =>
    (await storage.db.selectFrom('rate_limits').select('key').execute()).map(({ key }) => key)

  it('is written without waiting for the disk, and nothing else is', async () => {
    expect(await careOf(storage.db)).toBe(usual)
    const care = await storage.writeForgettable(async (transaction) => {
      await add(transaction, 'light')
      return careOf(transaction)
    })
    expect(care).toBe(light)
    expect(await careOf(storage.db)).toBe(usual)
    expect(await keys()).toEqual(['light'])
  })

  it('is written wholly or not at all', async () => {
    const failing = storage.writeForgettable(async (transaction) => {
      await add(transaction, 'half')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await careOf(storage.db)).toBe(usual)
    expect(await keys()).toEqual(['light'])
  })

  it('does not mix with what is written beside it', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        if (index % 2) return storage.writeForgettable((transaction) => add(transaction, `${index}`))
        return storage.db.transaction().execute(async (transaction) => {
          expect(await careOf(transaction)).toBe(usual)
          return add(transaction, `${index}`)
        })
      }),
    )
    expect(await keys()).toHaveLength(21)
  })
})

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSecrets } from './open-secrets.ts'
import { readSettings, type Settings } from './settings.ts'
import { StartError } from './start-error.ts'
import type { Storage } from './storage/database.ts'
import { openStorage } from './storage/open-storage.ts'
import { createPlace, type TestPlace } from './testing/test-server.ts'

describe('two processes that find a new PostgreSQL at once', () => {
  let places: TestPlace[]
  let settings: Settings[]
  let storages: Storage[]

  beforeEach(async () => {
    places = [await createPlace('postgres'), await createPlace('sqlite')]
    const [{ DATABASE_URL = '' } = {}] = places.map(({ environment }) => environment)
    settings = places.map(({ environment }) => readSettings({ ...environment, DATABASE_URL }))
    storages = []
    for (const one of settings) storages.push(await openStorage(one))
    // so that neither is ahead of the other
    for (const { db } of storages) await db.selectFrom('installation').selectAll().execute()
  })
  afterEach(async () => {
    for (const storage of storages) await storage.close()
    for (const place of places) await place.remove()
  })

  const openBoth = (of: readonly Settings[]) =>
    Promise.allSettled(storages.map((storage, index) => openSecrets(of[index] as Settings, storage)))
  const files = () => settings.map(({ dataDir }) => existsSync(join(dataDir, 'secrets.json')))

  it('do not both go on with secrets of their own', async () => {
    const outcomes = await openBoth(settings)
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(refused).toEqual([expect.any(StartError)])
    expect(`${refused}`).toMatch(
      /secrets\.json is missing, but the database already holds .*ROLLCALL_MASTER_KEY/,
    )
    expect(files()).toEqual(outcomes.map(({ status }) => status === 'fulfilled'))
  })

  it('both go on with the same ones where they share a folder', async () => {
    const [first] = settings
    const outcomes = await openBoth([first, first] as Settings[])
    const [one, other] = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value : outcome.reason,
    )
    expect([one.createdFile, other.createdFile].filter(Boolean)).toHaveLength(1)
    expect({ ...one, createdFile: null }).toEqual({ ...other, createdFile: null })
    // and so does whoever comes later
    const later = await openSecrets(first as Settings, storages[0] as Storage)
    expect(later.masterKeys).toEqual(one.masterKeys)
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { runSql } from '../testing/run-sql.ts'
import { createPlace, type TestPlace } from '../testing/test-server.ts'
import { createClaims } from './claims.ts'

describe('claims of several processes', () => {
  let place: TestPlace
  const open: ReturnType<typeof createClaims>[] = []

  beforeAll(async () => {
    place = await createPlace('postgres')
  })
  afterEach(() => {
    for (const claims of open.splice(0)) claims.close()
  })
  afterAll(() => place.remove())

  function claims(url = place.environment.DATABASE_URL ?? '') {
    const made = createClaims({ connectionString: url, connectionTimeoutMillis: 2_000 })
    open.push(made)
    return made
  }

  it('are had by one at a time, each name for itself', async () => {
    const [first, second] = [claims(), claims()]
    const release = await first.claim('a')
    expect(release).toBeDefined()
    expect(await second.claim('a')).toBeUndefined()
    expect(await second.claim('b')).toBeDefined()
    expect(await first.claim('b')).toBeUndefined()
    release?.()
    await eventually(async () => expect(await second.claim('a')).toBeDefined())
    expect(await first.claim('a')).toBeUndefined()
  })

  it('end with the process, in whatever order it asked', async () => {
    const [first, second] = [claims(), claims()]
    const names = Array.from({ length: 50 }, (_, index) => `name ${index}`)
    for (const release of await Promise.all(names.map(first.claim))) expect(release).toBeDefined()
    for (const name of names) expect(await second.claim(name)).toBeUndefined()
    first.close()
    await eventually(async () => expect(await second.claim('name 49')).toBeDefined())
  })

  it('end with the session, and are had again by the next one', async () => {
    const [first, second] = [claims(), claims()]
    const release = await first.claim('a')
    await runSql(
      place,
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    )
    await eventually(async () => expect(await second.claim('a')).toBeDefined())
    // nothing happens to the other's
    release?.()
    await eventually(async () => expect(await first.claim('a')).toBeUndefined())
    expect(await first.claim('b')).toBeDefined()
    expect(await second.claim('b')).toBeUndefined()
  })

  it('keep nobody from anything where there is no database', async () => {
    const alone = claims('postgres://postgres:postgres@127.0.0.1:9/none')
    for (let times = 0; times < 2; times++) {
      const release = await alone.claim('a')
      expect(release).toBeDefined()
      release?.()
    }
    const closed = claims()
    closed.close()
    expect(await closed.claim('a')).toBeDefined()
  })
})

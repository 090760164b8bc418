import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessions } from './accounts/sessions.ts'
import { createLog } from './log.ts'
import { createOldRuns } from './runs/old-runs.ts'
import { readSettings } from './settings.ts'
import type { Storage } from './storage/database.ts'
import { openStorage } from './storage/open-storage.ts'
import { createSweeper } from './sweeper.ts'
import { createPlace, DIALECTS, type TestPlace } from './testing/test-server.ts'

const NOW = 1_800_000_000_000

describe.each(DIALECTS)('what has expired on %s', (dialect) => {
  let place: TestPlace
  let storage: Storage
  let lines: string[]

  beforeEach(async () => {
    place = await createPlace(dialect)
    storage = await openStorage(readSettings(place.environment))
    lines = []
    await storage.db
      .insertInto('users')
      .values({ id: 'ada', email: 'ada@example.com', password_hash: '', role: 'user', created_at: 0 })
      .execute()
  })
  afterEach(async () => {
    await storage.close()
    await place.remove()
  })

  const start = () =>
    createSweeper(
      {
        db: storage.db,
        sessions: createSessions(storage, () => NOW),
        oldRuns: createOldRuns(storage, 30, () => NOW),
        log: createLog('trace', { write: (line) => void lines.push(line) }),
        now: () => NOW,
      },
      5,
    )

  it('is removed, and nothing else', async () => {
    const { db } = storage
    for (const [name, moment] of [
      ['over', NOW - 1],
      ['just over', NOW],
      ['not yet', NOW + 1],
    ] as const) {
      const times = { created_at: 0, expires_at: moment }
      await db
        .insertInto('sessions')
        .values({
          id: name,
          user_id: 'ada',
          family: name,
          turn: '',
          last_turn: null,
          last_used_at: 0,
          ...times,
        })
        .execute()
      await db
        .insertInto('invitations')
        .values({ id: name, hash: name, email: null, created_by: 'ada', ...times })
        .execute()
      await db
        .insertInto('reset_links')
        .values({ hash: name, user_id: 'ada', remove_second_factor: 0, expires_at: moment })
        .execute()
      await db.insertInto('rate_limits').values({ key: name, points: 1, expire: moment }).execute()
    }
    await db.insertInto('rate_limits').values({ key: 'for good', points: 1, expire: null }).execute()
    const monthAgo = NOW - 30 * 86_400_000
    for (const [id, created_at, alive_at] of [
      ['old', monthAgo - 1, null],
      ['kept', monthAgo, null],
      ['under way', 0, NOW],
    ] as const) {
      const run = { user_id: 'ada', status: 'finished', models: ' a/b ', parameters: '{}' } as const
      const words = { characters: 1, prompt: 'x', system_prompt: null, searched: 'x' }
      await db
        .insertInto('runs')
        .values({ id, created_at, alive_at, ...run, ...words })
        .execute()
    }
    const sweeper = start()
    const left = async () => ({
      sessions: (await db.selectFrom('sessions').select('id').execute()).map(({ id }) => id),
      invitations: (await db.selectFrom('invitations').select('id').execute()).map(({ id }) => id),
      resetLinks: (await db.selectFrom('reset_links').select('hash').execute()).map(({ hash }) => hash),
      rateLimits: (await db.selectFrom('rate_limits').select('key').execute()).map(({ key }) => key).sort(),
      runs: (await db.selectFrom('runs').select('id').execute()).map(({ id }) => id).sort(),
    })
    await expect.poll(left).toEqual({
      sessions: ['not yet'],
      invitations: ['not yet'],
      resetLinks: ['not yet'],
      rateLimits: ['for good', 'not yet'],
      runs: ['kept', 'under way'],
    })
    await sweeper.stop()
    expect(lines).toEqual([])
  })

  it('that cannot be removed is tried again, and told to the log', async () => {
    await storage.db.schema.dropTable('reset_links').execute()
    const sweeper = start()
    await expect.poll(() => lines.length).toBeGreaterThan(1)
    await sweeper.stop()
    expect(lines[0]).toContain('"event":"sweep_failed"')
  })
})

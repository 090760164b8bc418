import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVault } from '../../packages/server/src/keys/vault.ts'
import { readMasterKeys } from '../../packages/server/src/secrets.ts'
import { CANARY } from '../../packages/server/src/testing/find-keys.ts'
import { runSql } from '../../packages/server/src/testing/run-sql.ts'
import { expectAllOpen, insertSealedKeys } from '../../packages/server/src/testing/sealed-keys.ts'
import { startServerProcess } from '../../packages/server/src/testing/server-process.ts'
import {
  basesOf,
  createPlace,
  DIALECTS,
  recordPlace,
  type TestPlace,
} from '../../packages/server/src/testing/test-server.ts'

const KEYS = 4_000
const KILLS = 5

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(() => simulator.close())

describe.each(DIALECTS)('a rotation of the master key on %s', (dialect) => {
  it('that is killed again and again goes on at each start, and loses no key', {
    timeout: 120_000,
  }, async () => {
    const place = await createPlace(dialect)
    const environment = { ...place.environment, ...basesOf(simulator) }
    const file = join(place.environment.ROLLCALL_DATA_DIR ?? '', 'secrets.json')
    const kids = () => readMasterKeys(file).map(({ kid }) => kid)
    let server = await startServerProcess(environment)
    const { json } = await server.call('POST', '/api/auth/register', {
      body: { email: 'ada@example.com', password: 'a long enough password' },
    })
    const { access_token: token, user } = json
    const owner = { place, userId: user.id, base: simulator.bases.openai }
    await insertSealedKeys(owner, KEYS)
    const [old] = kids()

    expect((await server.call('POST', '/api/admin/master-key/rotate', { token })).status).toBe(200)
    const [current, ...older] = kids()
    expect(older).toEqual([old])
    let before = KEYS
    let cuts = 0
    // on a busy machine it may get far before it is killed
    for (; cuts < KILLS && before > 0; cuts++) {
      await expect.poll(() => countOld(place, current ?? ''), { interval: 1 }).toBeLessThan(before)
      await server.end('SIGKILL')
      before = await countOld(place, current ?? '')
      // as long as it is not over both keys are needed, and kept
      expect(kids()).toEqual([current, old])
      if (before > 0) server = await startServerProcess(environment)
    }
    expect(cuts).toBeGreaterThanOrEqual(2)
    await expect.poll(() => countOld(place, current ?? ''), { timeout: 60_000 }).toBe(0)
    await server.end('SIGKILL')
    // the start after it was done is the one that forgets the old key
    expect(kids()).toEqual([current, old])
    server = await startServerProcess(environment)
    expect(kids()).toEqual(dialect === 'sqlite' ? [current] : [current, old])
    expect((await server.call('GET', '/api/admin/master-key', { token })).json).toEqual({
      kid: current,
      remaining: 0,
      is_rotating: false,
    })
    expect(await server.end('SIGTERM')).toMatchObject({ exitCode: 0, stderr: '' })

    const vault = createVault([readMasterKeys(file)[0]])
    await expectAllOpen(vault, owner, KEYS)
    expect(readFileSync(file, 'utf8')).not.toContain(CANARY)
    await recordPlace(place)
    await place.remove()
  })
})

async function countOld(place: TestPlace, kid: string): Promise<number> {
  const [row] = await runSql<{ count: number | string }>(
    place,
    `select count(*) as count from api_keys where kid <> '${kid}'`,
  )
  return Number(row?.count)
}

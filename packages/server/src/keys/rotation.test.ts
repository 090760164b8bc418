import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { decodeProtectedHeader } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTotp } from '../accounts/second-factor.ts'
import { createLog } from '../log.ts'
import { readMasterKeys } from '../secrets.ts'
import { readSettings } from '../settings.ts'
import { openStorage } from '../storage/open-storage.ts'
import { CANARY } from '../testing/find-keys.ts'
import { runSql } from '../testing/run-sql.ts'
import { bindingOf, expectAllOpen, insertSealedKeys } from '../testing/sealed-keys.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'
import { createRotation } from './rotation.ts'
import { createVault } from './vault.ts'

const PASSWORD = 'a long enough password'

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(() => simulator.close())

describe.each(DIALECTS)('rotation of the master key on %s', (dialect) => {
  let server: TestServer
  let file: string
  let clock: number

  beforeEach(async () => {
    clock = Date.now()
    server = await startTestServer({ dialect, simulator, now: () => clock })
    file = join(server.place.environment.ROLLCALL_DATA_DIR ?? '', 'secrets.json')
  })
  afterEach(() => server.remove())

  const kids = () => readMasterKeys(file).map(({ kid }) => kid)
  async function restart(environment: Record<string, string> = {}): Promise<void> {
    const { place } = server
    await server.close()
    server = await startTestServer({ dialect, simulator, now: () => clock, place, environment })
  }
  const rotate = (token: string) => server.call('POST', '/api/admin/master-key/rotate', { token })
  async function untilDone(token: string): Promise<void> {
    await expect
      .poll(async () => (await server.call('GET', '/api/admin/master-key', { token })).json, {
        timeout: 20_000,
      })
      .toMatchObject({ remaining: 0, is_rotating: false })
  }
  const kidsInUse = async () => {
    const rows = await runSql<{ kid: string; sealed: string }>(
      server.place,
      'select kid, sealed from api_keys',
    )
    // what a row says of itself is what it is
    for (const { kid, sealed } of rows) expect(decodeProtectedHeader(sealed).kid).toBe(kid)
    return [...new Set(rows.map(({ kid }) => kid))]
  }
  const ownedBy = (userId: string) => ({ place: server.place, userId, base: simulator.bases.openai })

  it('seals everything anew, and forgets the old key at the next start', async () => {
    const { token, userId } = await server.register()
    await insertSealedKeys(ownedBy(userId), 250)
    const [old = ''] = kids()
    const answer = await rotate(token)
    expect(answer.status).toBe(200)
    const [current = '', ...older] = kids()
    expect(older).toEqual([old])
    expect(answer.json).toMatchObject({ kid: current, is_rotating: true })
    await untilDone(token)
    expect(await kidsInUse()).toEqual([current])
    // a key may be on its way into the database that was sealed a moment before
    expect(kids()).toEqual([current, old])
    await restart()
    // there another process may still seal with it
    expect(kids()).toEqual(dialect === 'sqlite' ? [current] : [current, old])
    const [first] = readMasterKeys(file)
    await expectAllOpen(createVault([first]), ownedBy(userId), 250)
  })

  it('goes on beside all else, which notices nothing', async () => {
    const admin = await server.register()
    const { token, userId } = await server.register()
    await insertSealedKeys(ownedBy(userId), 300)
    const acknowledged = new Map<string, string>()
    let isOver = false
    const other = await server.register()
    const load = Array.from({ length: 4 }, async (_, worker) => {
      for (let turn = 0; !isOver; turn++) {
        const key = `sk-${CANARY}-${worker}-${turn}`
        const label = `w${worker}`
        const saved = await server.call('POST', '/api/api-keys', {
          token: other.token,
          body: { provider: 'mistral', key, label },
        })
        expect([saved.status, saved.text]).toEqual([201, expect.any(String)])
        acknowledged.set(label, key)
        expect((await server.call('GET', '/api/api-keys', { token })).status).toBe(200)
      }
    })
    const rotations = (async () => {
      for (let round = 0; round < 3; round++) {
        expect((await rotate(admin.token)).status).toBe(200)
        await untilDone(admin.token)
      }
    })()
    await rotations.finally(() => {
      isOver = true
    })
    await Promise.all(load)
    expect(new Set(kids()).size).toBe(4)
    const vault = createVault(readMasterKeys(file))
    await expectAllOpen(vault, ownedBy(userId), 300)
    const rows = await runSql<{ label: string; sealed: string }>(
      server.place,
      `select label, sealed from api_keys where user_id = '${other.userId}'`,
    )
    const target = new URL(simulator.bases.mistral).origin
    for (const { label, sealed } of rows) {
      const binding = { ...bindingOf(ownedBy(other.userId), label), provider: 'mistral', target }
      expect(await vault.open(sealed, binding)).toBe(acknowledged.get(label))
    }
    expect(server.logLines().filter((line) => line.includes('"level":"error"'))).toEqual([])
  })

  it('makes one new key, however many ask for it at once', async () => {
    await server.close()
    const settings = readSettings(server.place.environment)
    const storage = await openStorage(settings)
    const rotation = createRotation({
      storage,
      vault: createVault(readMasterKeys(file)),
      log: createLog('silent'),
      masterKeyFile: file,
      closing: new AbortController().signal,
    })
    try {
      const { rotateMasterKey } = rotation.handlers
      const answers = await Promise.all(Array.from({ length: 5 }, rotateMasterKey))
      expect(kids()).toHaveLength(2)
      expect(answers).toEqual(Array(5).fill(expect.objectContaining({ kid: kids()[0] })))
      await rotation.finish()
      await rotateMasterKey()
      expect(kids()).toHaveLength(3)
      await rotation.finish()
    } finally {
      await storage.close()
      await restart()
    }
  })

  it('is not stopped by a key or a second factor that nobody can open', async () => {
    const { token, userId } = await server.register()
    await insertSealedKeys(ownedBy(userId), 3)
    await setUpSecondFactor(token)
    const other = await server.register()
    await setUpSecondFactor(other.token)
    await runSql(
      server.place,
      `update api_keys set sealed = substr(sealed, 1, 150) where label = '1' returning id`,
    )
    await runSql(
      server.place,
      `update users set totp_sealed = substr(totp_sealed, 1, length(totp_sealed) - 3) where id = '${other.userId}' returning id`,
    )
    await rotate(token)
    await untilDone(token)
    const rows = await runSql<{ label: string; kid: string }>(
      server.place,
      'select label, kid from api_keys order by label',
    )
    const [current] = kids()
    expect(rows.map(({ kid }) => kid)).toEqual([current, 'unreadable', current])
    // nor does it stop the next start, or the next rotation
    await restart()
    await rotate(token)
    await untilDone(token)
    expect(kids()[0]).not.toBe(current)
    // the factor that is not readable is not taken for none
    const signIn = await server.call('POST', '/api/auth/login', {
      body: { email: other.email, password: PASSWORD },
    })
    expect(signIn.json.error.code).toBe('second_factor_required')
  })

  it('seals second factors anew, and their codes go on working', async () => {
    const { token, email } = await server.register()
    const secret = await setUpSecondFactor(token)
    await rotate(token)
    await untilDone(token)
    const [current] = kids()
    const [row] = await runSql<{ totp_sealed: string }>(
      server.place,
      'select totp_sealed from users where totp_sealed is not null',
    )
    expect(decodeProtectedHeader(row?.totp_sealed ?? '').kid).toBe(current)
    clock += 60_000
    const code = createTotp(secret, email).generate({ timestamp: clock })
    const signIn = await server.call('POST', '/api/auth/login', { body: { email, password: PASSWORD, code } })
    expect([signIn.status, signIn.text]).toEqual([200, expect.any(String)])
  })

  it('is for an admin alone', async () => {
    await server.register()
    const { token } = await server.register()
    expect((await rotate(token)).status).toBe(403)
    expect(kids()).toHaveLength(1)
  })

  it('says so where the file of secrets cannot be changed, and changes nothing', async () => {
    const { token, userId } = await server.register()
    await insertSealedKeys(ownedBy(userId), 1)
    const before = readFileSync(file)
    writeFileSync(file, 'damaged')
    const refused = await rotate(token)
    expect([refused.status, refused.json.error]).toMatchObject([
      409,
      { code: 'conflict', message: expect.stringMatching(/secrets\.json is damaged/) },
    ])
    writeFileSync(file, before)
    await expectAllOpen(createVault(readMasterKeys(file)), ownedBy(userId), 1)
    expect((await rotate(token)).status).toBe(200)
    await untilDone(token)
  })

  it('with keys from the environment is done by the operator, step by step', async () => {
    const [first, second] = [randomBytes(32).toString('base64'), randomBytes(32).toString('hex')]
    const tokenSecret = randomBytes(32).toString('base64')
    await server.remove()
    server = await startTestServer({
      dialect,
      simulator,
      environment: { ROLLCALL_MASTER_KEY: first, ROLLCALL_TOKEN_SECRET: tokenSecret },
    })
    const { token } = await server.register()
    await server.saveKeys(token, ['openai', 'groq'])
    const [kid] = await kidsInUse()
    const refused = await rotate(token)
    expect([refused.status, refused.json.error.message]).toEqual([
      409,
      expect.stringMatching(
        /ROLLCALL_MASTER_KEY: put a new one there .* ROLLCALL_MASTER_KEY_PREVIOUS, restart/,
      ),
    ])
    // the new one alone would open nothing
    const place = server.place
    await server.close()
    const alone = { ROLLCALL_MASTER_KEY: second, ROLLCALL_TOKEN_SECRET: tokenSecret }
    await expect(startTestServer({ dialect, simulator, place, environment: alone })).rejects.toThrow(
      `sealed with the master key ${kid}, which is not in ROLLCALL_MASTER_KEY or ROLLCALL_MASTER_KEY_PREVIOUS`,
    )
    server = await startTestServer({
      dialect,
      simulator,
      place,
      environment: { ...alone, ROLLCALL_MASTER_KEY_PREVIOUS: first },
    })
    await untilDone(token)
    expect(await kidsInUse()).not.toContain(kid)
    await restart(alone)
    await server.call('GET', '/api/available-models?force_refresh=true', { token })
    const { json } = await server.call('GET', '/api/api-keys', { token })
    expect(json.api_keys.map(({ status }: { status: { code: unknown } }) => status.code)).toEqual([
      null,
      null,
    ])
  })

  async function setUpSecondFactor(token: string): Promise<string> {
    const begun = await server.call('POST', '/api/auth/two-factor', { token, body: { password: PASSWORD } })
    const { secret } = begun.json
    const code = createTotp(secret, 'any').generate({ timestamp: clock })
    const done = await server.call('POST', '/api/auth/two-factor/confirm', { token, body: { code } })
    expect([done.status, done.text]).toEqual([200, expect.any(String)])
    return secret
  }
})

describe('rotation with two processes on one PostgreSQL and one file', () => {
  it('reaches the other one, which seals nothing more with the old key', async () => {
    const one = await startTestServer({ dialect: 'postgres', simulator })
    const other = await startTestServer({ dialect: 'postgres', simulator, place: one.place })
    try {
      const { token } = await one.register()
      await one.saveKeys(token, ['openai'])
      const before = (await other.call('GET', '/api/admin/master-key', { token })).json.kid
      await one.call('POST', '/api/admin/master-key/rotate', { token })
      const kidOf = async ({ call }: TestServer) =>
        (await call('GET', '/api/admin/master-key', { token })).json.kid as string
      const after = await kidOf(one)
      expect(after).not.toBe(before)
      await expect.poll(() => kidOf(other)).toBe(after)
      const body = { provider: 'groq', key: simulator.keys.groq }
      expect((await other.call('POST', '/api/api-keys', { token, body })).status).toBe(201)
      const kids = await runSql<{ kid: string }>(one.place, 'select distinct kid from api_keys')
      expect(kids).toEqual([{ kid: after }])
      // each opens what the other has sealed
      for (const server of [one, other]) {
        const { json } = await server.call('GET', '/api/available-models?force_refresh=true', { token })
        expect(json.statuses.map(({ code }: { code: unknown }) => code)).toEqual([null, null])
      }
    } finally {
      await other.close()
      await one.remove()
    }
  })
})

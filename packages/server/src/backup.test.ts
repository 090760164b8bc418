import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backUp } from './backup.ts'
import { restore } from './restore.ts'
import { readSecrets } from './secrets.ts'
import { readSettings, type Settings } from './settings.ts'
import { eventually } from './testing/eventually.ts'
import { startTestServer, type TestPlace, type TestServer } from './testing/test-server.ts'

const EMAIL = 'ada@example.com'
const PASSWORD = 'a long enough password'

let simulator: Simulator
let folder: string
let file: string
const opened: { remove(): Promise<void> }[] = []

beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(() => simulator.close())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-backup-'))
  file = join(folder, 'monday.db')
})
afterEach(async () => {
  await simulator.reset()
  for (const server of opened.splice(0)) await server.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function start(place?: TestPlace, environment = {}): Promise<TestServer> {
  const server = await startTestServer({ simulator, environment, ...(place ? { place } : {}) })
  opened.push(server)
  return server
}
async function stop(server: TestServer): Promise<void> {
  opened.splice(opened.indexOf(server), 1)
  await server.close()
}
/** A data folder of its own with a server that has never been started. */
function newPlace(): TestPlace {
  const dataDir = join(folder, 'elsewhere')
  mkdirSync(dataDir, { mode: 0o700 })
  return { environment: { ROLLCALL_DATA_DIR: dataDir }, remove: async () => {} }
}
const settingsOf = ({ place }: Pick<TestServer, 'place'>): Settings => readSettings(place.environment)
const databaseOf = (settings: Settings) => join(settings.dataDir, 'rollcall.db')
const signIn = (server: TestServer) =>
  server.call('POST', '/api/auth/login', { body: { email: EMAIL, password: PASSWORD } })
async function sayWhyNot(work: ReturnType<typeof restore> | ReturnType<typeof backUp>): Promise<string> {
  const outcome = await work
  if (!('problem' in outcome)) throw new Error('it was done')
  return outcome.problem
}
function query(path: string, text: string): unknown[] {
  const database = new DatabaseSync(path)
  try {
    return database.prepare(text).all()
  } finally {
    database.close()
  }
}

describe('a backup', () => {
  it('of a server that goes on writing is one moment of it, whole, for its owner alone', async () => {
    const server = await start()
    const { token } = await server.register()
    const labels = [...Array(40).keys()].map(String)
    const saving = (async () => {
      for (const label of labels) {
        const body = { provider: 'groq', label, key: simulator.keys.groq }
        expect((await server.call('POST', '/api/api-keys', { token, body })).status).toBe(201)
      }
    })()
    await eventually(async () => {
      const { json } = await server.call('GET', '/api/api-keys', { token })
      expect(json.api_keys.length).toBeGreaterThan(3)
    })
    expect(await backUp(settingsOf(server), file)).toEqual({
      file,
      secretsFile: join(settingsOf(server).dataDir, 'secrets.json'),
    })
    await saving

    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
    // one file that needs no other beside it
    expect(readdirSync(folder)).toEqual(['monday.db'])
    expect(query(file, 'pragma journal_mode')).toEqual([{ journal_mode: 'delete' }])
    expect(query(file, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(query(file, 'pragma foreign_key_check')).toEqual([])
    const saved = query(file, 'select label from api_keys order by id').map(
      (row) => (row as { label: string }).label,
    )
    expect(saved.length).toBeGreaterThan(3)
    expect(saved).toEqual(labels.slice(0, saved.length))
  })

  it('of a server that was killed holds what was in its log', async () => {
    const server = await start()
    await server.register(EMAIL, PASSWORD)
    const { dataDir } = settingsOf(server)
    const place = newPlace()
    for (const name of ['rollcall.db', 'rollcall.db-wal']) {
      copyFileSync(join(dataDir, name), join(`${place.environment.ROLLCALL_DATA_DIR}`, name))
    }
    expect(await backUp(readSettings(place.environment), file)).toMatchObject({ file })
    expect(query(file, 'select email from users')).toEqual([{ email: EMAIL }])
  })

  it('says so where the secrets are in the environment', async () => {
    const server = await start()
    const settings = { ...settingsOf(server), masterKey: 'set', tokenSecret: 'set' }
    expect(await backUp(settings, file)).toEqual({ file, secretsFile: null })
  })

  it('overwrites only what it is told to, and never the database', async () => {
    const server = await start()
    const settings = settingsOf(server)
    writeFileSync(file, 'precious')
    expect(await sayWhyNot(backUp(settings, file))).toBe(
      `${file} exists: name another file, or overwrite it with --force.`,
    )
    expect(readFileSync(file, 'utf8')).toBe('precious')
    for (const used of ['rollcall.db', 'rollcall.db-wal', 'rollcall.lock', 'secrets.json', '.']) {
      const target = join(settings.dataDir, used)
      expect(await sayWhyNot(backUp(settings, target, { isForced: true }))).toMatch(/cannot be overwritten/)
    }
    expect(await backUp(settings, file, { isForced: true })).toMatchObject({ file })
    expect(query(file, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  it('says why there is none, and leaves nothing behind', async () => {
    const server = await start()
    const settings = settingsOf(server)
    expect(await sayWhyNot(backUp(settings, join(folder, 'missing', 'x.db')))).toBe(
      `There is no folder ${join(folder, 'missing')}: make it first.`,
    )
    expect(await sayWhyNot(backUp({ ...settings, dataDir: folder }, file))).toMatch(
      /^There is no database in .*ROLLCALL_DATA_DIR/,
    )
    expect(await sayWhyNot(backUp({ ...settings, databaseUrl: 'postgres://host/db' }, file))).toBe(
      'DATABASE_URL names a PostgreSQL: back it up with pg_dump.',
    )
    const place = newPlace()
    const damaged = readSettings(place.environment)
    await backUp(settings, databaseOf(damaged))
    damage(databaseOf(damaged))
    expect(await sayWhyNot(backUp(damaged, file))).toMatch(/damaged\.$/)
    expect(readdirSync(folder)).toEqual(['elsewhere'])
  })
})

/** Nothing but its first page can be read any more. */
function damage(path: string): void {
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill(0xff, 0))
}

describe('a restore', () => {
  it('without a server puts the backup in the database’s place, and keeps the old one', async () => {
    const server = await start()
    const { token } = await server.register(EMAIL, PASSWORD)
    await server.saveKeys(token, ['groq'])
    const settings = settingsOf(server)
    await backUp(settings, file)
    await server.call('DELETE', '/api/api-keys/groq', { token })
    await server.register('grace@example.com')
    await stop(server)
    chmodSync(file, 0o644)

    const outcome = await restore(settings, file)
    expect(outcome).toMatchObject({ isServed: false })
    const { before } = outcome as { before: string }
    expect(before).toMatch(/rollcall\.db\.before-restore-2\d{3}-/)
    for (const path of [before, databaseOf(settings)]) {
      expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
    }
    expect(query(before, 'select email from users order by email')).toHaveLength(2)
    expect(readdirSync(settings.dataDir).filter((name) => name.startsWith('restoring-'))).toEqual([])

    const again = await start(server.place)
    expect((await again.call('GET', '/api/auth/me', { token })).json.error.code).toBe('token_revoked')
    const { json } = await signIn(again)
    const models = await again.call('GET', '/api/available-models?force_refresh=true', {
      token: json.access_token,
    })
    expect(models.json.statuses).toMatchObject([{ provider_key: 'groq', status: 'fresh' }])
  })

  it('on a new machine wants the secrets first', async () => {
    const server = await start()
    const { token } = await server.register(EMAIL, PASSWORD)
    await server.saveKeys(token, ['groq'])
    const settings = settingsOf(server)
    await backUp(settings, file)
    const place = newPlace()
    const elsewhere = readSettings(place.environment)
    expect(await sayWhyNot(restore(elsewhere, file))).toMatch(/was not restored\. .*secrets\.json is missing/)
    expect(existsSync(databaseOf(elsewhere))).toBe(false)
    copyFileSync(join(settings.dataDir, 'secrets.json'), join(elsewhere.dataDir, 'secrets.json'))
    expect(await restore(elsewhere, file)).toEqual({ before: null, isServed: false })
    const second = await start(place)
    const { json } = await signIn(second)
    expect(
      (await second.call('GET', '/api/available-models?force_refresh=true', { token: json.access_token }))
        .json.statuses,
    ).toMatchObject([{ provider_key: 'groq', status: 'fresh' }])
  })

  it('takes nothing over from the log of the old database', async () => {
    const server = await start()
    await server.register(EMAIL, PASSWORD)
    const settings = settingsOf(server)
    await backUp(settings, file)
    // as after a kill: what was written last is in the log only
    await server.register('grace@example.com')
    const place = newPlace()
    const killed = readSettings(place.environment)
    for (const name of ['rollcall.db', 'rollcall.db-wal', 'secrets.json']) {
      copyFileSync(join(settings.dataDir, name), join(killed.dataDir, name))
    }
    const first = (await restore(killed, file)) as { before: string }
    expect(existsSync(`${first.before}-wal`)).toBe(false)
    expect(query(first.before, 'select email from users')).toHaveLength(2)
    expect(query(databaseOf(killed), 'select email from users')).toEqual([{ email: EMAIL }])

    // nor where somebody who is reading keeps it from being emptied
    for (const name of ['rollcall.db', 'rollcall.db-wal']) {
      copyFileSync(join(settings.dataDir, name), join(killed.dataDir, name))
    }
    const reader = new DatabaseSync(databaseOf(killed), { readOnly: true })
    reader.exec('begin; select * from users')
    const second = (await restore(killed, file)) as { before: string }
    reader.close()
    expect(query(second.before, 'select email from users')).toHaveLength(2)
    expect(query(databaseOf(killed), 'select email from users')).toEqual([{ email: EMAIL }])
  })

  it('takes what was copied by hand with its log', async () => {
    const server = await start()
    await server.register(EMAIL, PASSWORD)
    const settings = settingsOf(server)
    for (const ending of ['', '-wal']) copyFileSync(`${databaseOf(settings)}${ending}`, `${file}${ending}`)
    const elsewhere = readSettings(newPlace().environment)
    copyFileSync(join(settings.dataDir, 'secrets.json'), join(elsewhere.dataDir, 'secrets.json'))
    expect(await restore(elsewhere, file)).toEqual({ before: null, isServed: false })
    expect(query(databaseOf(elsewhere), 'select email from users')).toEqual([{ email: EMAIL }])
  })

  it('mends a damaged database, and keeps what there is of it', async () => {
    const server = await start()
    await server.register(EMAIL, PASSWORD)
    const settings = settingsOf(server)
    const database = databaseOf(settings)
    await backUp(settings, file)
    query(database, 'pragma wal_checkpoint(truncate)')
    await server.register('grace@example.com')
    // what the log says last would fit on any database
    const log = readFileSync(`${database}-wal`)
    await stop(server)
    damage(database)
    writeFileSync(`${database}-wal`, log, { mode: 0o600 })
    const damaged = readFileSync(database)
    const { before } = (await restore(settings, file)) as { before: string }
    expect(readFileSync(before).equals(damaged)).toBe(true)
    expect(readFileSync(`${before}-wal`).equals(log)).toBe(true)
    const again = await start(server.place)
    expect((await signIn(again)).status).toBe(200)
    expect(query(database, 'select email from users')).toEqual([{ email: EMAIL }])
  })

  it.each<[string, RegExp, (path: string) => void]>([
    [
      'no database',
      /is not a database of Rollcall, or it is damaged\.$/,
      (path) => writeFileSync(path, 'x'.repeat(9000)),
    ],
    [
      "another program's",
      /is not a database of Rollcall\.$/,
      (path) => query(path, 'pragma application_id = 7'),
    ],
    ['damaged', /is damaged\.$|or it is damaged\.$/, damage],
    [
      "a newer program's",
      /was not restored\. The database was written by a newer Rollcall/,
      (path) => query(path, "insert into migrations values ('999-tomorrow', 1)"),
    ],
    [
      'sealed with a key that is not here',
      /was not restored\. .*sealed with the master key 0123456789ab, which is not in .*secrets\.json/,
      (path) => query(path, "update api_keys set kid = '0123456789ab'"),
    ],
    ['missing', /^There is no file /, (path) => rmSync(path)],
  ])('refuses what is %s, and changes nothing', async (_name, sentence, spoil) => {
    const server = await start()
    const { token } = await server.register(EMAIL, PASSWORD)
    await server.saveKeys(token, ['groq'])
    const settings = settingsOf(server)
    await backUp(settings, file)
    await stop(server)
    spoil(file)
    const names = readdirSync(settings.dataDir)
    const bytes = readFileSync(databaseOf(settings))
    expect(await sayWhyNot(restore(settings, file))).toMatch(sentence)
    expect(readdirSync(settings.dataDir)).toEqual(names)
    expect(readFileSync(databaseOf(settings)).equals(bytes)).toBe(true)
    await server.place.remove()
  })

  it('refuses the database itself, a folder, and PostgreSQL', async () => {
    const server = await start()
    const settings = settingsOf(server)
    expect(await sayWhyNot(restore(settings, databaseOf(settings)))).toMatch(/is the database itself/)
    expect(await sayWhyNot(restore(settings, folder))).toMatch(/is not a file\.$/)
    expect(await sayWhyNot(restore({ ...settings, databaseUrl: 'postgres://host/db' }, file))).toMatch(
      /pg_restore/,
    )
  })

  it('says in a sentence that a folder cannot be written', async () => {
    const server = await start()
    const settings = settingsOf(server)
    await backUp(settings, file)
    const blocked = join(folder, 'a-file')
    writeFileSync(blocked, '')
    expect(await sayWhyNot(restore({ ...settings, dataDir: join(blocked, 'data') }, file))).toMatch(
      /could not be read or written \(ENOTDIR\)\.$/,
    )
  })
})

describe('a restore while it is served', () => {
  it('makes the server forget all that it remembers', async () => {
    const server = await start()
    const settings = settingsOf(server)
    const { token } = await server.register(EMAIL, PASSWORD)
    await server.saveKeys(token, ['groq'])
    const { json: own } = await server.call('POST', '/api/access-tokens', {
      token,
      body: { name: 'script', scopes: ['models'] },
    })
    await backUp(settings, file)
    const later = await server.register('grace@example.com')
    await server.saveKeys(token, ['openai'])
    // remembered: two tokens and a prepared answer
    const answer = () => server.call('GET', '/api/available-models', { token: own.token })
    await eventually(async () => expect((await answer()).json.statuses).toHaveLength(2))
    expect((await server.call('GET', '/api/auth/me', { token: later.token })).status).toBe(200)

    const outcome = await restore(settings, file)
    expect(outcome).toMatchObject({ isServed: true })
    expect(query((outcome as { before: string }).before, 'select email from users')).toHaveLength(2)
    await eventually(async () =>
      expect((await answer()).json.statuses).toMatchObject([{ provider_key: 'groq' }]),
    )
    for (const gone of [token, later.token]) {
      await eventually(async () => {
        const { json } = await server.call('GET', '/api/auth/me', { token: gone })
        expect(json.error?.code).toBe('token_revoked')
      })
    }
    // and it goes on: reading, writing, closing in order, starting again
    const { json } = await signIn(server)
    await server.saveKeys(json.access_token, ['mistral'])
    await stop(server)
    const again = await start(server.place)
    const keys = await again.call('GET', '/api/api-keys', { token: (await signIn(again)).json.access_token })
    expect(keys.json.api_keys.map(({ provider }: { provider: string }) => provider)).toEqual([
      'mistral',
      'groq',
    ])
  })

  it('loses no answer and breaks no write of a busy server', async () => {
    const server = await start()
    const settings = settingsOf(server)
    const { token } = await server.register(EMAIL, PASSWORD)
    const { json: own } = await server.call('POST', '/api/access-tokens', {
      token,
      body: { name: 'script', scopes: ['keys', 'models'] },
    })
    await backUp(settings, file)
    let isOver = false
    const statuses = new Map<number, number>()
    const busy = [...Array(4).keys()].map(async (index) => {
      while (!isOver) {
        const body = { provider: 'groq', label: `${index}`, key: simulator.keys.groq }
        const [write, read] = await Promise.all([
          server.call('POST', '/api/api-keys', { token: own.token, body }),
          server.call('GET', '/api/available-models', { token: own.token }),
        ])
        for (const { status } of [write, read]) statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    })
    try {
      for (let round = 0; round < 5; round++)
        expect(await restore(settings, file)).toMatchObject({ isServed: true })
    } finally {
      isOver = true
      await Promise.all(busy)
    }
    expect([...statuses.keys()].sort()).toEqual([200, 201])
    expect(query(databaseOf(settings), 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  it('gives nobody what is another’s, where a key has the number that another had', async () => {
    const server = await start()
    const settings = settingsOf(server)
    const tokenOf = async ({ token }: { token: string }): Promise<string> => {
      const body = { name: 'script', scopes: ['keys', 'models'] }
      return (await server.call('POST', '/api/access-tokens', { token, body })).json.token
    }
    const ada = await tokenOf(await server.register(EMAIL, PASSWORD))
    const grace = await tokenOf(await server.register('grace@example.com'))
    const withoutKeys = join(folder, 'without-keys.db')
    await backUp(settings, withoutKeys)
    const listOf = (token: string) =>
      server.call('GET', '/api/available-models?force_refresh=true', { token })
    await server.saveKeys(grace, ['openai'])
    expect((await listOf(grace)).json.statuses).toMatchObject([{ status: 'fresh' }])
    await backUp(settings, file)
    await restore(settings, withoutKeys)

    await simulator.set('groq', { fault: 'C1' })
    await server.saveKeys(ada, ['groq'])
    const waiting = listOf(ada)
    await eventually(() => expect(simulator.openConnections()).toBeGreaterThan(1))
    await restore(settings, file)
    // at once, while Ada's key is still being asked with under the same number
    expect((await listOf(grace)).json.statuses).toMatchObject([{ provider_key: 'openai', status: 'fresh' }])
    expect((await waiting).json).toMatchObject({ providers: [{ provider_key: 'custom' }], statuses: [] })
  })

  it('ends a call with a key that is gone, though nothing else happens', async () => {
    const server = await start()
    const settings = settingsOf(server)
    const { token } = await server.register(EMAIL, PASSWORD)
    await backUp(settings, file)
    await simulator.set('groq', { fault: 'C1' })
    await server.saveKeys(token, ['groq'])
    await eventually(() => expect(simulator.openConnections()).toBe(1))
    await restore(settings, file)
    await eventually(() => expect(simulator.openConnections()).toBe(0))
  })

  it('waits for whoever is writing', async () => {
    const server = await start()
    const settings = settingsOf(server)
    await backUp(settings, file)
    const writer = new DatabaseSync(databaseOf(settings))
    writer.exec('begin immediate')
    const restoring = restore(settings, file)
    await eventually(() => expect(readdirSync(settings.dataDir).join()).toMatch(/before-restore-[^,]*Z(,|$)/))
    // long enough for many attempts
    await new Promise((resolve) => setTimeout(resolve, 200))
    writer.exec('rollback')
    writer.close()
    expect(await restoring).toMatchObject({ isServed: true })
    expect(statSync(`${databaseOf(settings)}-wal`).size).toBe(0)
  })

  it('gives up where somebody does not stop writing, and changes nothing', async () => {
    const server = await start()
    const settings = settingsOf(server)
    await backUp(settings, file)
    await server.register(EMAIL, PASSWORD)
    const names = readdirSync(settings.dataDir)
    const writer = new DatabaseSync(databaseOf(settings))
    writer.exec('begin immediate')
    expect(await sayWhyNot(restore(settings, file, { patienceMs: 200 }))).toMatch(
      /so nothing was changed: stop it/,
    )
    writer.exec('rollback')
    writer.close()
    expect(readdirSync(settings.dataDir)).toEqual(names)
    expect(query(databaseOf(settings), 'select email from users')).toEqual([{ email: EMAIL }])
  })

  it('is refused where the server has other secrets in memory', async () => {
    const server = await start()
    const settings = settingsOf(server)
    await server.register(EMAIL, PASSWORD)
    await backUp(settings, file)
    const secrets = join(settings.dataDir, 'secrets.json')
    const mine = readFileSync(secrets)
    const other = await start(newPlace())
    copyFileSync(join(settingsOf(other).dataDir, 'secrets.json'), secrets)
    chmodSync(secrets, 0o600)
    expect(await sayWhyNot(restore(settings, file))).toMatch(/other secrets than there are now: stop it/)
    // of the same installation, but from before a master key was changed
    const { token_secret } = JSON.parse(`${mine}`)
    const { master_keys } = JSON.parse(readFileSync(secrets, 'utf8'))
    writeFileSync(secrets, JSON.stringify({ master_keys, token_secret }))
    expect(await sayWhyNot(restore(settings, file))).toMatch(/other secrets than there are now: stop it/)
    writeFileSync(secrets, mine)
    expect(await restore(settings, file)).toMatchObject({ isServed: true })
  })

  it('is refused where the backup needs a key that the server has not, also the second time', async () => {
    const secret = () => randomBytes(32).toString('base64')
    const environment = { ROLLCALL_MASTER_KEY: secret(), ROLLCALL_TOKEN_SECRET: secret() }
    const server = await start(newPlace(), environment)
    await backUp(settingsOf(server), file)
    const { place } = server
    const settings = readSettings({
      ...place.environment,
      ...environment,
      ROLLCALL_MASTER_KEY_PREVIOUS: secret(),
    })
    const older = join(folder, 'older.db')
    copyFileSync(file, older)
    const [previous] = readSecrets(settings, false).masterKeys.slice(1)
    query(older, `insert into users values ('u', 'u@example.com', 'x', 'user', 0, null, null, null, 1, null)`)
    query(
      older,
      `insert into api_keys (user_id, provider, label, sealed, kid, credential, version, created_at, updated_at)
       values ('u', 'groq', '', 'x', '${previous?.kid}', x'00', 1, 1, 1)`,
    )
    expect(await sayWhyNot(restore(settings, older))).toMatch(/other secrets than there are now: stop it/)
    expect(await restore(settings, file)).toMatchObject({ isServed: true })
    expect(await sayWhyNot(restore(settings, older))).toMatch(/other secrets than there are now: stop it/)
  })

  it('knows the master key that the server has changed to meanwhile', async () => {
    const server = await start()
    const settings = settingsOf(server)
    const { token } = await server.register(EMAIL, PASSWORD)
    await server.saveKeys(token, ['groq'])
    const rotate = () => server.call('POST', '/api/admin/master-key/rotate', { token })
    expect((await rotate()).status).toBe(200)
    await eventually(async () => {
      const { json } = await server.call('GET', '/api/admin/master-key', { token })
      expect(json).toMatchObject({ remaining: 0, is_rotating: false })
    })
    await backUp(settings, file)
    expect(await restore(settings, file)).toMatchObject({ isServed: true })
  })

  it('is refused where the database is damaged: without a server it can be replaced as it is', async () => {
    const server = await start()
    const settings = settingsOf(server)
    await backUp(settings, file)
    query(databaseOf(settings), 'pragma wal_checkpoint(truncate)')
    // a table that nobody reads
    const [{ rootpage }] = query(
      databaseOf(settings),
      "select rootpage from sqlite_schema where name = 'recovery_codes'",
    ) as [{ rootpage: number }]
    const bytes = readFileSync(databaseOf(settings))
    await stop(server)
    writeFileSync(databaseOf(settings), bytes.fill(0xff, (rootpage - 1) * 4096, rootpage * 4096))
    const again = await start(server.place)
    expect(await sayWhyNot(restore(settings, file))).toMatch(
      /damaged\. Stop its server, and restore again\.$/,
    )
    await stop(again)
    await again.place.remove()
  })

  it('is refused where the server is of another version', async () => {
    const server = await start()
    const settings = settingsOf(server)
    await backUp(settings, file)
    query(databaseOf(settings), "insert into migrations values ('999-tomorrow', 1)")
    const names = readdirSync(settings.dataDir)
    expect(await sayWhyNot(restore(settings, file))).toMatch(/of another version than this program: stop it/)
    expect(readdirSync(settings.dataDir)).toEqual(names)
  })
})

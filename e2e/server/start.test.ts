import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
  vi,
} from 'vitest'
import { CANARY } from '../../packages/server/src/testing/find-keys.ts'
import {
  runServerProcess,
  type ServerProcess,
  spawnServer,
  startServerProcess,
} from '../../packages/server/src/testing/server-process.ts'
import { basesOf } from '../../packages/server/src/testing/test-server.ts'

const EMAIL = 'ada@example.com'
const PASSWORD = 'a long enough password'

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(() => simulator.close())

let dataDir: string
let environment: Record<string, string>
const started: ServerProcess[] = []

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'rollcall-start-')), 'data')
  environment = { ROLLCALL_DATA_DIR: dataDir, ...basesOf(simulator) }
})
afterEach(async () => {
  for (const server of started.splice(0)) await server.end('SIGKILL')
  rmSync(join(dataDir, '..'), { recursive: true })
})

async function start(more: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ ...environment, ...more })
  started.push(server)
  return server
}
async function register({ call }: ServerProcess): Promise<string> {
  const { status, text, json } = await call('POST', '/api/auth/register', {
    body: { email: EMAIL, password: PASSWORD },
  })
  expect([status, text]).toEqual([201, expect.any(String)])
  return json.access_token
}
async function saveKey({ call }: ServerProcess, token: string): Promise<void> {
  const body = { provider: 'openai', key: simulator.keys.openai }
  expect((await call('POST', '/api/api-keys', { token, body })).status).toBe(201)
}
function expectWholeDatabase(): void {
  const database = new DatabaseSync(join(dataDir, 'rollcall.db'))
  expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  database.close()
}

/** Of a process that was started with a group of its own. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

describe('the server as a program', () => {
  it.each([
    ['when it listens', (said: string) => said.includes('"event":"listening"')],
    ['while it starts', () => existsSync(join(dataDir, 'rollcall.lock'))],
  ])('ends in good order with `npm start`, which passes no signal on, %s', async (_, isTime) => {
    const npm = spawn('npm', ['start'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: {
        PATH: process.env.PATH ?? '',
        HOME: dataDir,
        PORT: '0',
        ROLLCALL_CATALOGUE_URL: '',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    // whatever it has started, should that be left behind
    onTestFinished(() => endGroup(npm.pid))
    let said = ''
    npm.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const over = once(npm.stdout, 'close')
    await vi.waitFor(() => expect(isTime(said)).toBe(true), { timeout: 20_000, interval: 10 })
    npm.kill('SIGTERM')
    // whoever still writes to it has it open
    await over
    expect(said).toContain('"event":"stopped"')
    expectWholeDatabase()
  })

  it('makes its secrets at the first start, says where, and finds them at the second', async () => {
    const first = await start()
    const file = join(dataDir, 'secrets.json')
    expect(first.stdout()).toContain(`Secrets were made and are kept in ${file}. Back it up`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    const content = readFileSync(file, 'utf8')
    for (const secret of content.match(/[\w-]{43}/g) ?? []) expect(first.stdout()).not.toContain(secret)
    expect((await first.call('GET', '/health/ready')).status).toBe(200)
    const token = await register(first)
    // nothing but what went wrong belongs there
    expect(await first.end('SIGTERM')).toMatchObject({ exitCode: 0, signal: null, stderr: '' })
    expectWholeDatabase()

    const second = await start()
    expect(second.stdout()).not.toContain('secrets.json')
    expect(readFileSync(file, 'utf8')).toBe(content)
    expect((await second.call('GET', '/api/auth/me', { token })).json.email).toBe(EMAIL)
  })

  it('tells the set-up code where others could come first, as long as there is no account', async () => {
    const first = await start({ HOST: '0.0.0.0' })
    const [, code = ''] = /wants this set-up code: (\S{24})\n/.exec(first.stdout()) ?? []
    const body = { email: EMAIL, password: PASSWORD }
    const here = first.address.replace('0.0.0.0', '127.0.0.1')
    const register = async (more: object) =>
      (
        await fetch(`${here}/api/auth/register`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...body, ...more }),
        })
      ).status
    expect(await register({})).toBe(403)
    expect(await register({ setup_code: code })).toBe(201)
    await first.end('SIGTERM')
    const second = await start({ HOST: '0.0.0.0' })
    expect(second.stdout()).not.toContain('set-up code')
  })

  describe('does not start', () => {
    async function refusal(more: Record<string, string>): Promise<string> {
      const { exitCode, stderr, stdout } = await runServerProcess({ ...environment, ...more })
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/\n$/)])
      expect(stderr).not.toMatch(/^ {4}at /m)
      for (const value of Object.values(more)) {
        if (value.length >= 12) expect(stdout + stderr).not.toContain(value)
      }
      return stderr
    }

    it('with a bad setting, and names all that are bad', async () => {
      const sentence = await refusal({
        PORT: 'x',
        ROLLCALL_OPENAI_BASE_URL: 'http://openai.example/v1',
        ROLLCALL_GROQ_BASE_URL: 'https://user:hidden-word@groq.example/v1',
      })
      expect(sentence.split('\n')).toEqual([
        'PORT is not a whole number.',
        expect.stringMatching(/^ROLLCALL_OPENAI_BASE_URL uses http: for a host that is not this machine/),
        expect.stringMatching(/^ROLLCALL_GROQ_BASE_URL contains a user name or password/),
        '',
      ])
      expect(sentence).not.toContain('hidden-word')
      expect(() => statSync(dataDir)).toThrow('ENOENT')
    })

    it('with a weak master key', async () => {
      expect(
        await refusal({
          ROLLCALL_MASTER_KEY: '0'.repeat(64),
          ROLLCALL_TOKEN_SECRET: randomBytes(32).toString('hex'),
        }),
      ).toMatch(/^ROLLCALL_MASTER_KEY is not random/)
    })

    it('with one secret for both', async () => {
      const secret = randomBytes(32).toString('base64')
      expect(await refusal({ ROLLCALL_MASTER_KEY: secret, ROLLCALL_TOKEN_SECRET: secret })).toMatch(
        /^ROLLCALL_MASTER_KEY holds what ROLLCALL_TOKEN_SECRET holds already/,
      )
    })

    it('with one secret of two', async () => {
      expect(await refusal({ ROLLCALL_MASTER_KEY: randomBytes(32).toString('base64') })).toMatch(
        /^ROLLCALL_TOKEN_SECRET is not set, but ROLLCALL_MASTER_KEY is/,
      )
    })

    describe('on a database that is in use', () => {
      let used: string
      let file: string
      let secrets: string
      beforeAll(async () => {
        used = mkdtempSync(join(tmpdir(), 'rollcall-used-'))
        const server = await startServerProcess({ ROLLCALL_DATA_DIR: used, ...basesOf(simulator) })
        try {
          await saveKey(server, await register(server))
        } finally {
          await server.end('SIGTERM')
        }
      })
      afterAll(() => rmSync(used, { recursive: true }))
      beforeEach(() => {
        cpSync(used, dataDir, { recursive: true })
        file = join(dataDir, 'secrets.json')
        secrets = readFileSync(file, 'utf8')
      })
      /** That nothing was spoilt: with the right secrets it starts. */
      async function expectStillGood(): Promise<void> {
        writeFileSync(file, secrets, { mode: 0o600 })
        chmodSync(file, 0o600)
        const server = await start()
        const { json } = await server.call('POST', '/api/auth/login', {
          body: { email: EMAIL, password: PASSWORD },
        })
        const { json: answer } = await server.call('GET', '/api/available-models?force_refresh=true', {
          token: json.access_token,
        })
        expect(answer.statuses).toMatchObject([{ provider_key: 'openai', code: null }])
      }

      it('without its secrets', async () => {
        rmSync(file)
        expect(await refusal({})).toMatch(/secrets\.json is missing, but the database already holds/)
        expect(() => statSync(file)).toThrow('ENOENT')
        await expectStillGood()
      })

      it("with another installation's secrets", async () => {
        const other = () => randomBytes(32).toString('base64url')
        writeFileSync(file, JSON.stringify({ master_keys: [other()], token_secret: other() }))
        expect(await refusal({})).toMatch(
          /^The database holds keys that are sealed with the master key [0-9a-f]{12}, which is not in .*secrets\.json/,
        )
        expect(await refusal({ ROLLCALL_MASTER_KEY: other(), ROLLCALL_TOKEN_SECRET: other() })).toMatch(
          /which is not in ROLLCALL_MASTER_KEY or ROLLCALL_MASTER_KEY_PREVIOUS/,
        )
        await expectStillGood()
      })

      it('with damaged secrets', async () => {
        writeFileSync(file, secrets.slice(0, -20))
        expect(await refusal({})).toMatch(/secrets\.json is damaged: restore it from a backup/)
        await expectStillGood()
      })

      it('with secrets that others can read', async () => {
        chmodSync(file, 0o644)
        expect(await refusal({})).toMatch(/^Others can read .*secrets\.json/)
        await expectStillGood()
      })

      it('beside another process on the same folder, which goes on', async () => {
        const first = await start()
        expect(await refusal({})).toMatch(/^Another Rollcall uses the data folder .*ROLLCALL_DATA_DIR/)
        expect((await first.call('GET', '/health/ready')).status).toBe(200)
        // no lock is left behind by a process that was killed
        await first.end('SIGKILL')
        await expectStillGood()
      })
    })

    it('on a port that is taken', async () => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port } = other.address() as { port: number }
      expect(await refusal({ PORT: `${port}` })).toMatch(/^PORT \d+ is taken by another program/)
      other.close()
      // where the secrets are was told all the same
      expect((await start()).stdout()).not.toContain('Secrets were made')
    })

    it('on an address that is not of this machine', async () => {
      expect(await refusal({ HOST: '192.0.2.1' })).toMatch(/^HOST 192\.0\.2\.1 is no address of this machine/)
    })

    it('without its PostgreSQL, whose password it keeps to itself', async () => {
      expect(await refusal({ DATABASE_URL: 'postgres://ada:hidden-word@127.0.0.1:1/rollcall' })).toMatch(
        /^The database that DATABASE_URL names could not be reached \(ECONNREFUSED\)/,
      )
      const sentence = await refusal({
        DATABASE_URL: inject('postgresUrl').replace('postgres:postgres@', 'postgres:hidden-word@'),
      })
      expect(sentence).toMatch(/could not be reached \(28P01\)/)
      expect(sentence).not.toContain('hidden-word')
    })
  })

  it('lets what is under way finish when it is told to end', async () => {
    const server = await start()
    const token = await register(server)
    await saveKey(server, token)
    await server.call('GET', '/api/available-models', { token })
    await simulator.set('openai', { latencyMs: 1_500 })
    const before = simulator.requests.length
    const underWay = server.call('GET', '/api/available-models?force_refresh=true', { token })
    await expect.poll(() => simulator.requests.length).toBeGreaterThan(before)
    const ended = server.end('SIGTERM')
    const { status, json } = await underWay
    expect(status).toBe(200)
    expect(json.statuses).toMatchObject([{ provider_key: 'openai', status: 'fresh' }])
    expect(await ended).toMatchObject({ exitCode: 0, stderr: '' })
    await simulator.reset()
    expectWholeDatabase()
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends at once at a second %s', async (signal, exitCode) => {
    const server = await start()
    const token = await register(server)
    await saveKey(server, token)
    await simulator.set('openai', { latencyMs: 8_000 })
    const before = simulator.requests.length
    const underWay = server
      .call('GET', '/api/available-models?force_refresh=true', { token })
      .catch(() => 'cut off')
    await expect.poll(() => simulator.requests.length).toBeGreaterThan(before)
    server.child.kill(signal)
    // the first one has arrived where it takes no more connections
    await expect
      .poll(() =>
        fetch(`${server.address}/health/live`).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed')
    expect(await server.end(signal)).toMatchObject({ exitCode })
    expect(await underWay).toBe('cut off')
    await simulator.reset()
    expectWholeDatabase()
  })

  it('may be told to end at any moment of its start, and leaves a good database', async () => {
    for (let moment = 0; moment < 8; moment++) {
      const { child, ended } = spawnServer(environment)
      await wait(40 + moment * 60)
      child.kill('SIGTERM')
      const { exitCode, signal, stderr } = await ended
      expect([exitCode ?? signal, stderr]).toEqual([expect.toBeOneOf([0, 143, 'SIGTERM']), ''])
    }
    await start()
    await started.pop()?.end('SIGTERM')
    expectWholeDatabase()
  })

  describe('with a bug in it', () => {
    /** Runs this in it, once it serves. */
    async function runInServer(code: string) {
      const file = join(dataDir, '..', 'bug.mjs')
      writeFileSync(file, `process.on('SIGUSR2', () => { ${code} })`)
      const server = spawnServer(environment, ['--import', file])
      await expect.poll(() => server.output.stdout).toContain('Rollcall is at')
      server.child.kill('SIGUSR2')
      return server
    }

    it.each([
      ['an exception', `throw new TypeError('sk-${CANARY}')`],
      [
        'a promise',
        `void Promise.reject(Object.assign(new TypeError('sk-${CANARY}'), { detail: 'sk-${CANARY}' }))`,
      ],
    ])('that nobody caught (%s) ends it, and quotes nothing', async (_what, code) => {
      const { exitCode, stdout, stderr } = await (await runInServer(code)).ended
      expect(exitCode).toBe(1)
      const [line = '', ...sentence] = stderr.split('\n')
      expect(JSON.parse(line)).toMatchObject({ level: 'error', event: 'crashed', error_name: 'TypeError' })
      expect(sentence).toEqual(['This is a bug of ours: please report the line above.', ''])
      expect(stdout + stderr).not.toContain(CANARY)
    })

    it('writes no environment into a report', async () => {
      const { child, output, ended } = await runInServer(
        `process._rawDebug(JSON.stringify(process.report.getReport().environmentVariables ?? 'none'))`,
      )
      await expect.poll(() => output.stderr).not.toBe('')
      child.kill('SIGKILL')
      expect((await ended).stderr).toBe('"none"\n')
    })
  })

  it('opens no debugger to whoever sends it a signal', async () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(scripts.start).toContain('--disable-sigusr1')
    const server = await start()
    server.child.kill('SIGUSR1')
    expect((await server.call('GET', '/health/live')).status).toBe(200)
    expect((await server.end('SIGTERM')).stderr).toBe('')
  })
})

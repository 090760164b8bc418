import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ServerProcess, startServerProcess } from '../../server/src/testing/server-process.ts'
import { runRollcall } from './testing/run-rollcall.ts'

const PASSWORD = 'a long enough password'

describe('rollcall backup and rollcall restore', () => {
  let folder: string
  let dataDir: string
  let file: string
  let environment: Record<string, string>
  let server: ServerProcess | undefined

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-backup-'))
    dataDir = join(folder, 'data')
    file = join(folder, 'monday.db')
    environment = { ROLLCALL_DATA_DIR: dataDir }
  })
  afterEach(async () => {
    await server?.end('SIGTERM')
    server = undefined
    rmSync(folder, { recursive: true, force: true })
  })

  async function start(): Promise<ServerProcess> {
    server = await startServerProcess(environment)
    return server
  }
  async function stop(): Promise<void> {
    await server?.end('SIGTERM')
    server = undefined
  }
  const rollcall = (...parameters: string[]) => runRollcall(parameters, { environment })
  async function register({ call }: ServerProcess, email: string): Promise<string> {
    const { json } = await call('POST', '/api/auth/register', { body: { email, password: PASSWORD } })
    return json.access_token
  }
  const statusOf = async ({ call }: ServerProcess, token: string) =>
    (await call('GET', '/api/auth/me', { token })).status
  const signIn = async ({ call }: ServerProcess, email: string) =>
    (await call('POST', '/api/auth/login', { body: { email, password: PASSWORD } })).status
  const beforeRestore = () => readdirSync(dataDir).filter((name) => name.includes('before-restore'))

  it('work while another process serves', async () => {
    const running = await start()
    await register(running, 'ada@example.com')
    const backup = await rollcall('backup', file)
    expect(backup).toMatchObject({ exitCode: 0, stderr: '' })
    expect(backup.stdout).toBe(
      `The database is backed up in ${file}.\nThe secrets that open its keys are not in it: back up ${join(dataDir, 'secrets.json')} too, and keep the two apart.\n`,
    )
    const grace = await register(running, 'grace@example.com')
    expect(await statusOf(running, grace)).toBe(200)

    const restore = await rollcall('restore', file)
    expect(restore).toMatchObject({ exitCode: 0, stderr: '' })
    expect(restore.stdout).toContain(
      `The database in ${dataDir} is that of the backup now, and the server that runs`,
    )
    expect(restore.stdout).toContain(`The old one is kept in ${join(dataDir, beforeRestore()[0] ?? '')}`)
    await vi.waitFor(async () => expect(await statusOf(running, grace)).toBe(401), 5_000)
    expect(await signIn(running, 'ada@example.com')).toBe(200)
    expect(await signIn(running, 'grace@example.com')).toBe(401)
    await register(running, 'mary@example.com')

    await stop()
    const again = await start()
    expect(await signIn(again, 'mary@example.com')).toBe(200)
  })

  it('work while nobody serves', async () => {
    await register(await start(), 'ada@example.com')
    await stop()
    expect((await rollcall('backup', file)).exitCode).toBe(0)
    rmSync(join(dataDir, 'rollcall.db'))
    const restore = await rollcall('restore', file)
    expect(restore).toMatchObject({ exitCode: 0, stderr: '' })
    expect(restore.stdout).toMatch(/is that of the backup now\.\nEverybody signs in again\..*\n$/)
    expect(await signIn(await start(), 'ada@example.com')).toBe(200)
  })

  it('leave the old database or the new one, wherever they are killed', async () => {
    const running = await start()
    await register(running, 'ada@example.com')
    await rollcall('backup', file)
    await register(running, 'grace@example.com')
    const emails = () => {
      const database = new DatabaseSync(join(dataDir, 'rollcall.db'), { readOnly: true })
      const rows = database.prepare('select email from users order by email').all()
      expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
      database.close()
      return rows.map(({ email }) => `${email}`.split('@')[0]).join()
    }
    for (let afterMs = 100; afterMs < 700; afterMs += 40) {
      await runRollcall(['restore', file], {
        environment,
        onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), afterMs),
      })
      expect(['ada', 'ada,grace']).toContain(emails())
    }
    expect(await signIn(running, 'ada@example.com')).toBe(200)
    expect((await rollcall('restore', file)).exitCode).toBe(0)
    expect(emails()).toBe('ada')
  })

  it('say in a sentence what is wrong', async () => {
    const nothing = await rollcall('backup', file)
    expect(nothing).toMatchObject({ exitCode: 1, stdout: '' })
    expect(nothing.stderr).toMatch(/^There is no database in .*ROLLCALL_DATA_DIR\.\n$/)
    const missing = await rollcall('restore', file)
    expect(missing).toMatchObject({ exitCode: 1, stdout: '', stderr: `There is no file ${file}.\n` })
    await start()
    expect((await rollcall('backup', file)).exitCode).toBe(0)
    const existing = await rollcall('backup', file)
    expect(existing).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('--force') })
    expect((await rollcall('backup', file, '--force')).exitCode).toBe(0)
    for (const command of ['backup', 'restore']) {
      expect(await rollcall(command)).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringContaining("missing required argument 'file'"),
      })
      const wrong = await runRollcall([command, file], { environment: { ...environment, PORT: 'http' } })
      expect(wrong).toMatchObject({ exitCode: 2, stdout: '', stderr: 'PORT is not a whole number.\n' })
    }
  })
})

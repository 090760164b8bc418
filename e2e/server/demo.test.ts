import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, Instance } from '@rollcall/core/schema'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import {
  runServerProcess,
  type ServerProcess,
  spawnServer,
  startServerProcess,
} from '../../packages/server/src/testing/server-process.ts'

let folder: string
const started: ServerProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-test-'))
})
afterEach(async () => {
  for (const server of started.splice(0)) await server.end('SIGKILL')
  rmSync(folder, { recursive: true })
})

const environment = () => ({ TMPDIR: folder })
const demoFolders = () => readdirSync(folder).filter((name) => name.startsWith('rollcall-demo-'))
async function start(more: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ ...environment(), ...more }, ['--demo'])
  started.push(server)
  return server
}
/** Past the search for keys: these are meant to be shown. */
async function instanceOf({ address }: ServerProcess): Promise<Instance> {
  return Instance.strict().parse(await (await fetch(`${address}/api/instance`)).json())
}

describe('the demo', () => {
  it('lets a visitor in, who finds models, a rejected key and a provider to add', async () => {
    const server = await start()
    const { demo, has_account, registration } = await instanceOf(server)
    expect({ has_account, registration }).toEqual({ has_account: true, registration: 'closed' })
    expect(demo?.notice).toContain('made-up models')
    expect(Object.keys(demo?.keys ?? {})).toHaveLength(9)
    const { email = '', password = '', keys = {} } = demo ?? {}
    expect(server.stdout()).toContain(`Sign in as ${email} with the password "${password}".`)
    expect(server.stdout()).toContain('its models are made up')
    expect(server.stdout()).toContain('Ctrl-C ends the demo.')

    let token: string | undefined
    const call = createClient({ server: server.address, fetch, token: () => token })
    token = (await call('signIn', { body: { email, password } })).access_token
    const statuses = async () =>
      (await call('availableModels', {})).statuses.map(({ provider_key, code }) => [provider_key, code])
    const others = ['openai', 'anthropic', 'google', 'groq', 'together', 'fireworks', 'openrouter']
    await eventually(async () =>
      expect((await statuses()).toSorted()).toEqual(
        [...others.map((name) => [name, null]), ['mistral', 'key_rejected']].toSorted(),
      ),
    )
    await call('saveKey', { body: { provider: 'cohere', key: keys.cohere ?? '' } })
    await call('saveKey', { body: { provider: 'mistral', key: keys.mistral ?? '' } })
    const { providers } = await call('availableModels', { query: { force_refresh: 'true' } })
    for (const name of [...others, 'cohere', 'mistral']) {
      const found = providers.find(({ provider_key }) => provider_key === name)
      expect([name, found?.models.length]).toEqual([name, expect.toSatisfy((count) => count > 3)])
    }
    const { call: plainCall } = server
    const body = { email: 'ada@example.com', password: 'a long enough password' }
    expect(await plainCall('POST', '/api/auth/register', { body })).toMatchObject({
      status: 403,
      json: { error: { code: 'registration_closed' } },
    })
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('leaves nothing behind at %s', async (signal) => {
    const server = await start()
    expect(demoFolders()).toHaveLength(1)
    expect(await server.end(signal)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(demoFolders()).toEqual([])
  })

  it('leaves nothing behind when it breaks, either', async () => {
    const bug = `process.on('SIGUSR2', () => { throw new TypeError('a bug') })`
    const { child, output, ended } = spawnServer(
      environment(),
      ['--import', `data:text/javascript,${encodeURIComponent(bug)}`],
      ['--demo'],
    )
    await expect.poll(() => output.stdout).toContain('Rollcall is at')
    expect(demoFolders()).toHaveLength(1)
    child.kill('SIGUSR2')
    expect((await ended).exitCode).toBe(1)
    expect(demoFolders()).toEqual([])
  })

  it('meets nothing of a real installation', async () => {
    const data = join(folder, 'real')
    const server = await start({
      ROLLCALL_DATA_DIR: data,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      ROLLCALL_REGISTRATION: 'open',
      ROLLCALL_OPENAI_BASE_URL: 'https://openai.example/v1',
      ROLLCALL_PUBLIC_URL: 'https://rollcall.example',
    })
    expect((await instanceOf(server)).registration).toBe('closed')
    await server.end('SIGTERM')
    expect(readdirSync(folder)).toEqual([])
  })

  it.each(['0.0.0.0', '192.0.2.1', '::'])('does not start for others, as with HOST=%s', async (host) => {
    const { exitCode, stderr, stdout } = await runServerProcess({ ...environment(), HOST: host }, ['--demo'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^HOST is not this machine alone: .*\.\n$/)
    expect(demoFolders()).toEqual([])
  })

  it('does not start on a port that is taken, and leaves nothing then', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const { exitCode, stderr } = await runServerProcess({ ...environment(), PORT: `${port}` }, ['--demo'])
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^PORT \d+ is taken by another program/)])
    expect(demoFolders()).toEqual([])
    other.close()
  })
})

describe('the arguments of the server', () => {
  it('are told on request', async () => {
    const { exitCode, stdout, stderr } = await runServerProcess(environment(), ['--help'])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Usage: npm start \[-- --demo\]\n/)
    expect(stdout).toContain('--demo ')
  })

  it.each([['--port'], ['sk-not-shown'], ['--demo', '--demo'], ['--help', 'x'], ['']])(
    'are refused where they are others: %j %j',
    async (...given) => {
      const { exitCode, stdout, stderr } = await runServerProcess(
        environment(),
        given.filter((x) => x !== undefined),
      )
      expect([exitCode, stdout]).toEqual([2, ''])
      expect(stderr).toBe(
        'The server takes no arguments but --demo or --help: settings are environment variables.\n',
      )
    },
  )
})

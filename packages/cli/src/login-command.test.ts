import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codeOf } from '../../server/src/testing/authenticator.ts'
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts'
import { hasTerminal, runInTerminal } from './testing/run-in-terminal.ts'
import { runRollcall } from './testing/run-rollcall.ts'

const PASSWORD = 'a long enough password'

let server: TestServer
let admin: Awaited<ReturnType<TestServer['register']>>
let config: string
let environment: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  admin = await server.register()
})
afterAll(() => server.remove())
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'rollcall-config-'))
  environment = { XDG_CONFIG_HOME: config, ROLLCALL_SERVER: server.address }
})
afterEach(() => rmSync(config, { recursive: true, force: true }))

const fileOf = () => join(config, 'rollcall', 'credentials.json')
const storedToken = () => JSON.parse(readFileSync(fileOf(), 'utf8')).servers[server.address].token as string
async function newToken(scopes = ['models', 'keys']): Promise<string> {
  const { json } = await server.call('POST', '/api/access-tokens', {
    token: admin.token,
    body: { name: 'by hand', scopes },
  })
  return json.token
}
async function tokenNames(token = admin.token): Promise<string[]> {
  const { json } = await server.call('GET', '/api/access-tokens', { token })
  return json.access_tokens.map(({ name }: { name: string }) => name)
}

describe('rollcall login --token-stdin', () => {
  it('keeps the token in a file for its owner alone, and does not show it', async () => {
    const token = await newToken()
    const run = await runRollcall(['login', '--token-stdin'], { environment, stdin: `${token}\n` })
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toBe(
      `Signed in at ${server.address} as ${admin.email}. The token is kept in ${fileOf()}.\n`,
    )
    expect(storedToken()).toBe(token)
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
    expect([modeOf(fileOf()), modeOf(join(config, 'rollcall'))]).toEqual(['600', '700'])
  })

  it('keeps one token for each server', async () => {
    const other = await startTestServer()
    const { token: theirs } = await other.register()
    const { json } = await other.call('POST', '/api/access-tokens', {
      token: theirs,
      body: { name: 'by hand', scopes: ['models'] },
    })
    const token = await newToken()
    await runRollcall(['login', '--token-stdin'], { environment, stdin: token })
    const run = await runRollcall(['login', '--token-stdin', '--server', `${other.address}/`], {
      environment,
      stdin: json.token,
    })
    expect(run.exitCode).toBe(0)
    expect(JSON.parse(readFileSync(fileOf(), 'utf8')).servers).toEqual({
      [server.address]: { token, is_own: false },
      [other.address]: { token: json.token, is_own: false },
    })
    await other.remove()
  })

  it.each([
    ['is no token', 'hunter2', 2, 'not a personal access token'],
    ['is nothing', '', 2, 'Nothing was piped in'],
    ['is far too long', 'x'.repeat(100_000), 2, 'far too long'],
    ['is none that a server gives out', `rc_${'0'.repeat(38)}`, 1, 'no personal access token: copy it whole'],
  ])('says so where what is piped in %s, and keeps nothing', async (_name, stdin, exitCode, words) => {
    const run = await runRollcall(['login', '--token-stdin'], { environment, stdin })
    expect(run).toMatchObject({ exitCode, stdout: '' })
    expect(run.stderr).toContain(words)
    expect(run.stderr).not.toContain('hunter2')
    expect(existsSync(fileOf())).toBe(false)
  })

  it('says so where the server is not there, or is another program', async () => {
    const token = await newToken()
    const at = (address: string) =>
      runRollcall(['login', '--token-stdin', '--server', address], { environment, stdin: token })
    const nobody = await at('http://127.0.0.1:1')
    expect(nobody).toMatchObject({ exitCode: 1, stdout: '' })
    expect(nobody.stderr).toBe(
      'http://127.0.0.1:1 could not be reached: check the address and that it runs.\n',
    )
    for (const [status, body, words] of [
      [200, '<html>', 'did not answer as a Rollcall server'],
      [200, '{}', 'did not answer as a Rollcall server'],
      [500, '', 'did not answer as a Rollcall server'],
      // nothing that a server says acts on the terminal
      [409, '{"error":{"code":"conflict","message":"\\u001b[31mred"}}', '\\u{1b}[31mred'],
      [302, '', 'could not be reached'],
    ] as const) {
      const other = createServer((_request, response) => {
        response.writeHead(status, { location: server.address }).end(body)
      })
      other.listen(0, '127.0.0.1')
      await once(other, 'listening')
      const run = await at(`http://127.0.0.1:${(other.address() as AddressInfo).port}`)
      other.close()
      expect(run).toMatchObject({ exitCode: 1, stdout: '' })
      expect(run.stderr).toContain(words)
    }
  })

  it.each([
    ['nonsense', 'is not an address like http://127.0.0.1:3000'],
    ['ftp://host.example', 'is not an address like'],
    ['https://ada:hidden@host.example', 'contains a user name or password'],
    ['https://host.example/api', 'leave the rest out'],
  ])('takes no server like %s', async (address, words) => {
    for (const [parameters, more] of [
      [['--server', address], {}],
      [[], { ROLLCALL_SERVER: address }],
    ] as const) {
      const run = await runRollcall(['login', '--token-stdin', ...parameters], {
        environment: { ...environment, ...more },
        stdin: await newToken(),
      })
      expect(run).toMatchObject({ exitCode: 2, stdout: '' })
      expect(run.stderr).toMatch(parameters.length > 0 ? /^--server / : /^ROLLCALL_SERVER /)
      expect(run.stderr).toContain(words)
      expect(run.stderr).not.toContain('hidden')
    }
  })

  it('warns where others can read what is sent', async () => {
    const run = await runRollcall(['login', '--token-stdin', '--server', 'http://0.0.0.0:1'], {
      environment,
      stdin: await newToken(),
    })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('http://0.0.0.0:1 is not encrypted')
  })
})

describe('rollcall login', () => {
  it('says what to do where nobody can be asked', async () => {
    const run = await runRollcall(['login'], { environment })
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toMatch(/no terminal to ask in: .*--token-stdin.*ROLLCALL_TOKEN/)
  })

  const ask = (typing: { after: string; keys: string }[]) => runInTerminal('login', { environment, typing })
  const answers = (email: string, password = PASSWORD) => [
    { after: 'E-mail address', keys: `${email}\r` },
    { after: 'Password', keys: `${password}\r` },
  ]

  describe.skipIf(!hasTerminal)('in a terminal (skipped where util-linux’s script is missing)', () => {
    it('asks, makes a token of its own and leaves no session behind', async () => {
      const { exitCode, output } = await ask(answers(admin.email))
      expect(exitCode).toBe(0)
      expect(output).toContain(`Signed in at ${server.address} as ${admin.email}.`)
      expect(output).not.toContain(PASSWORD)
      const token = storedToken()
      expect(output).not.toContain(token)
      expect(await tokenNames()).toContain(`rollcall on ${hostname()}`)
      // an admin's token is an admin's
      expect((await server.call('GET', '/api/admin/users', { token })).status).toBe(200)
      const { json } = await server.call('GET', '/api/account/export', { token: admin.token })
      expect(json.sessions).toHaveLength(1)
    })

    it('gives the token of a user no more than the user has, and revokes the one it has made before', async () => {
      const { email, token } = await server.register()
      expect((await ask(answers(email))).exitCode).toBe(0)
      const first = storedToken()
      for (const path of ['/api/api-keys', '/api/runs', '/api/providers']) {
        expect((await server.call('GET', path, { token: first })).status).toBe(200)
      }
      expect((await server.call('GET', '/api/admin/users', { token: first })).status).toBe(403)
      expect((await ask(answers(email))).exitCode).toBe(0)
      expect(storedToken()).not.toBe(first)
      expect((await server.call('GET', '/api/auth/me', { token: first })).json.error.code).toBe(
        'token_revoked',
      )
      expect(await tokenNames(token)).toHaveLength(1)
    })

    it('asks for a code where the account wants one', async () => {
      const { email, token } = await server.register()
      const { json: setup } = await server.call('POST', '/api/auth/two-factor', {
        token,
        body: { password: PASSWORD },
      })
      const code = codeOf(setup.uri)
      const { json: confirmed } = await server.call('POST', '/api/auth/two-factor/confirm', {
        token,
        body: { code },
      })
      const [recovery] = confirmed.recovery_codes as string[]
      const { exitCode, output } = await ask([
        ...answers(email),
        { after: 'Code of your authenticator', keys: `${recovery}\r` },
      ])
      expect(exitCode).toBe(0)
      expect(output).not.toContain(recovery)
      expect((await server.call('GET', '/api/auth/me', { token: storedToken() })).json.email).toBe(email)
    })

    it('says that the password is wrong, and not what was typed', async () => {
      const { exitCode, output } = await ask(answers(admin.email, 'another password'))
      expect(exitCode).toBe(1)
      expect(output).toContain('E-mail address or password is wrong.')
      expect(output).not.toContain('another password')
      expect(existsSync(fileOf())).toBe(false)
    })

    it('ends with 130 on Ctrl-C', async () => {
      const { exitCode, output } = await ask([{ after: 'E-mail address', keys: '\u0003' }])
      expect(exitCode).toBe(130)
      expect(output).not.toContain('    at ')
    })
  })
})

describe('what is kept', () => {
  const list = (more = {}) => runRollcall(['keys', 'list'], { environment: { ...environment, ...more } })

  it('is refused where others can read it', async () => {
    await runRollcall(['login', '--token-stdin'], { environment, stdin: await newToken() })
    expect((await list()).exitCode).toBe(0)
    chmodSync(fileOf(), 0o640)
    const run = await list()
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toBe(`Others can read ${fileOf()}: make it yours alone with: chmod 600 ${fileOf()}\n`)
  })

  it('is said to be damaged, without a word of it', async () => {
    await runRollcall(['login', '--token-stdin'], { environment, stdin: await newToken() })
    writeFileSync(fileOf(), '{"servers": hunter2')
    const run = await list()
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain(`${fileOf()} is damaged`)
    expect(run.stderr).not.toContain('hunter2')
  })

  it('goes behind ROLLCALL_TOKEN', async () => {
    await runRollcall(['login', '--token-stdin'], { environment, stdin: await newToken(['models']) })
    expect(await list()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('scope "keys"') })
    expect((await list({ ROLLCALL_TOKEN: await newToken() })).exitCode).toBe(0)
    expect(await list({ ROLLCALL_TOKEN: 'hunter2' })).toMatchObject({
      exitCode: 2,
      stderr: 'ROLLCALL_TOKEN is not a personal access token (rc_…): copy it whole.\n',
    })
  })

  it('is asked for where it is missing, and where it is not taken any more', async () => {
    const login = `run rollcall login --server ${server.address}\n`
    expect(await list()).toMatchObject({
      exitCode: 2,
      stderr: `You are not signed in at ${server.address}: ${login}`,
    })
    const token = await newToken()
    await runRollcall(['login', '--token-stdin'], { environment, stdin: token })
    await server.call('DELETE', '/api/access-tokens/current', { token })
    expect(await list()).toMatchObject({
      exitCode: 1,
      stderr: `${server.address} does not take this token (any more): ${login}`,
    })
    expect(await list({ ROLLCALL_TOKEN: token })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('ROLLCALL_TOKEN'),
    })
  })

  it.skipIf(process.getuid?.() === 0)(
    'says so where it cannot be written (skipped for root, who can write everywhere)',
    async () => {
      chmodSync(config, 0o500)
      const run = await runRollcall(['login', '--token-stdin'], { environment, stdin: await newToken() })
      expect(run).toMatchObject({ exitCode: 1, stderr: `${fileOf()} could not be written (EACCES).\n` })
      chmodSync(config, 0o700)
    },
  )

  it('says so where its folder is a file', async () => {
    writeFileSync(join(config, 'rollcall'), '')
    const run = await runRollcall(['login', '--token-stdin'], { environment, stdin: await newToken() })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toMatch(/credentials\.json could not be written \(E[A-Z]+\)\.\n$/)
  })
})

describe('rollcall logout', () => {
  const logout = (more = {}) => runRollcall(['logout'], { environment: { ...environment, ...more } })

  it.skipIf(!hasTerminal)(
    'revokes and forgets what login has made (skipped where util-linux’s script is missing)',
    async () => {
      await runInTerminal('login', {
        environment,
        typing: [
          { after: 'E-mail address', keys: `${admin.email}\r` },
          { after: 'Password', keys: `${PASSWORD}\r` },
        ],
      })
      const token = storedToken()
      expect(await logout()).toMatchObject({
        exitCode: 0,
        stdout: `Signed out at ${server.address}: its token is revoked and forgotten.\n`,
      })
      expect((await server.call('GET', '/api/auth/me', { token })).json.error.code).toBe('token_revoked')
      expect(JSON.parse(readFileSync(fileOf(), 'utf8'))).toEqual({ servers: {} })
      expect((await logout()).stdout).toBe(`You are not signed in at ${server.address}.\n`)
    },
  )

  const keep = (token: string, address: string) => {
    const servers = { [address]: { token, is_own: true } }
    writeFileSync(fileOf(), JSON.stringify({ servers }), { mode: 0o600 })
  }

  it('only forgets what was made elsewhere', async () => {
    const token = await newToken()
    await runRollcall(['login', '--token-stdin'], { environment, stdin: token })
    const run = await logout()
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toContain('is forgotten here. It was made elsewhere, so it still works')
    expect((await server.call('GET', '/api/auth/me', { token })).status).toBe(200)
    expect(JSON.parse(readFileSync(fileOf(), 'utf8'))).toEqual({ servers: {} })
  })

  it('is content with a token that is revoked already, and says so where the server is not there', async () => {
    const token = await newToken()
    await runRollcall(['login', '--token-stdin'], { environment, stdin: token })
    await server.call('DELETE', '/api/access-tokens/current', { token })
    keep(token, server.address)
    expect((await logout()).exitCode).toBe(0)
    keep(token, 'http://127.0.0.1:1')
    const run = await logout({ ROLLCALL_SERVER: 'http://127.0.0.1:1' })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('is forgotten here, but it was not revoked there.')
    expect(JSON.parse(readFileSync(fileOf(), 'utf8'))).toEqual({ servers: {} })
  })
})

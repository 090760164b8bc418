import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts'
import { hasTerminal, runInTerminal } from './testing/run-in-terminal.ts'
import { runRollcall } from './testing/run-rollcall.ts'
import { type SignedIn, signIn } from './testing/signed-in.ts'

describe('rollcall rotate-master-key', () => {
  let simulator: Simulator
  let server: TestServer
  let admin: SignedIn
  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ simulator })
    admin = await signIn(server, ['models', 'keys', 'admin'])
  })
  afterAll(async () => {
    admin.remove()
    await server.remove()
    await simulator.close()
  })

  it('waits until everything is sealed with a new key', async () => {
    for (const label of Array(10).keys()) {
      const body = { provider: 'groq', label: `${label}`, key: simulator.keys.groq }
      await server.call('POST', '/api/api-keys', { token: admin.token, body })
    }
    const before = await server.call('GET', '/api/admin/master-key', { token: admin.token })
    const run = await runRollcall(['rotate-master-key'], { environment: admin.environment })
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    const { json } = await server.call('GET', '/api/admin/master-key', { token: admin.token })
    expect(json).toMatchObject({ remaining: 0 })
    expect(json.kid).not.toBe(before.json.kid)
    expect(run.stdout).toContain(`Everything at ${server.address} is sealed with the master key ${json.kid}.`)
  })

  it('says so to whoever may not', async () => {
    const user = await signIn(server)
    const asUser = await runRollcall(['rotate-master-key'], { environment: user.environment })
    expect(asUser).toMatchObject({ exitCode: 1, stdout: '', stderr: 'Only an admin can do this.\n' })
    user.remove()
    const { json } = await server.call('POST', '/api/access-tokens', {
      token: admin.sessionToken,
      body: { name: 'less', scopes: ['keys'] },
    })
    const withLess = await runRollcall(['rotate-master-key'], {
      environment: { ...admin.environment, ROLLCALL_TOKEN: json.token },
    })
    expect(withLess).toMatchObject({ exitCode: 1, stdout: '' })
    expect(withLess.stderr).toContain('lacks the scope "admin": make one that has it')
  })

  /** A server with much to do, or one that cannot go on: it answers with these in turn. */
  async function startSlowServer(states: { remaining: number; is_rotating: boolean }[]) {
    const left = states.map((state) => JSON.stringify({ kid: '0123456789ab', ...state }))
    const asked: string[] = []
    const slow = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      response.end(left.shift())
    })
    slow.listen(0, '127.0.0.1')
    await once(slow, 'listening')
    const address = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
    const environment = { ...admin.environment, ROLLCALL_SERVER: address }
    return { asked, environment, close: () => slow.close() }
  }

  it('asks until nothing remains', async () => {
    const slow = await startSlowServer([
      { remaining: 2500, is_rotating: true },
      { remaining: 3, is_rotating: true },
      { remaining: 0, is_rotating: false },
    ])
    const run = await runRollcall(['rotate-master-key'], { environment: slow.environment })
    slow.close()
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    const look = 'GET /api/admin/master-key'
    expect(slow.asked).toEqual(['POST /api/admin/master-key/rotate', look, look])
  })

  it('says so where the server has stopped half way', async () => {
    const slow = await startSlowServer([
      { remaining: 2500, is_rotating: true },
      { remaining: 1200, is_rotating: false },
    ])
    const run = await runRollcall(['rotate-master-key'], { environment: slow.environment })
    slow.close()
    expect(run).toMatchObject({ exitCode: 1, stdout: '' })
    expect(run.stderr).toContain('stopped with 1,200 secrets still to do')
  })

  it.skipIf(!hasTerminal)(
    'shows how much remains in a terminal (skipped where util-linux’s script is missing)',
    async () => {
      const slow = await startSlowServer([
        { remaining: 2500, is_rotating: true },
        { remaining: 0, is_rotating: false },
      ])
      const { exitCode, output } = await runInTerminal('rotate-master-key', { environment: slow.environment })
      slow.close()
      expect(exitCode).toBe(0)
      expect(output).toContain('Sealing anew… 2,500 to go')
      // gone before the last sentence
      const [before = ''] = output.split('Everything at')
      expect(before.lastIndexOf('\r\u001b[K')).toBeGreaterThan(before.indexOf('to go'))
    },
  )
})

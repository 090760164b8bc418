import { Instance } from '@rollcall/core/schema'
import { afterEach, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { sendRaw } from '../testing/raw-request.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(DIALECTS)('the instance on %s', (dialect) => {
  let server: TestServer
  afterEach(() => server.remove())

  async function start(environment: Record<string, string> = {}) {
    server = await startTestServer({ dialect, environment })
  }
  async function ask() {
    const { status, json, headers } = await server.call('GET', '/api/instance')
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(Instance.strict().parse(json)).toEqual(json)
    return json as Instance
  }
  const askAs = async (host: string) =>
    JSON.parse((await sendRaw(server.address, 'GET /api/instance HTTP/1.1', [`Host: ${host}`])).body)

  it('is open on this machine alone, and says whether there is an account', async () => {
    await start()
    const empty = {
      version: packageJson.version,
      has_account: false,
      registration: 'open',
      wants_setup_code: false,
      demo: null,
    }
    expect(await ask()).toEqual(empty)
    await server.register()
    expect(await ask()).toEqual({ ...empty, has_account: true })
    // as the registration itself
    expect((await server.call('POST', '/api/auth/register', { body: other })).status).toBe(201)
  })

  it('is closed to whoever calls it by another name, where it is for its own machine', async () => {
    await start()
    expect(await askAs('rebound.example')).toMatchObject({ has_account: false, registration: 'closed' })
    expect(await askAs('localhost')).toMatchObject({ has_account: false, registration: 'open' })
    await server.register()
    expect(await askAs('rebound.example')).toMatchObject({ has_account: true, registration: 'closed' })
  })

  it('wants the set-up code for the first account, and invitations after it, where others may come', async () => {
    await start({ ROLLCALL_PUBLIC_URL: 'https://rollcall.example' })
    expect(await ask()).toMatchObject({ has_account: false, registration: 'open', wants_setup_code: true })
    const body = { email: 'ada@example.com', password: 'a long enough password' }
    await server.call('POST', '/api/auth/register', { body: { ...body, setup_code: server.setupCode } })
    expect(await ask()).toMatchObject({ has_account: true, registration: 'invite', wants_setup_code: false })
    expect(await server.call('POST', '/api/auth/register', { body: other })).toMatchObject({
      status: 403,
      json: { error: { code: 'invitation_required' } },
    })
  })

  it.each(['open', 'invite', 'closed'])(
    'is %s where the settings say so, once there is an account',
    async (set) => {
      await start({ ROLLCALL_REGISTRATION: set })
      expect(await ask()).toMatchObject({ has_account: false, registration: 'open' })
      await server.register()
      expect(await ask()).toMatchObject({ has_account: true, registration: set })
      expect((await askAs('rebound.example')).registration).toBe(set)
    },
  )
})

const other = { email: 'bob@example.com', password: 'a long enough password' }

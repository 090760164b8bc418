import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(DIALECTS)('a personal access token on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ dialect })
  })
  afterAll(() => server.remove())

  const revoke = (token: string) => server.call('DELETE', '/api/access-tokens/current', { token })

  it('can revoke itself, whatever its scope, and nothing else', async () => {
    const { token } = await server.register()
    const [one, other] = await Promise.all(
      ['one', 'other'].map(async (name) => {
        const body = { name, scopes: ['models'] }
        return (await server.call('POST', '/api/access-tokens', { token, body })).json.token as string
      }),
    )
    expect((await revoke(one ?? '')).status).toBe(204)
    expect((await revoke(one ?? '')).json.error.code).toBe('token_revoked')
    expect((await server.call('GET', '/api/auth/me', { token: other })).status).toBe(200)
  })

  it('is not what somebody has who signed in', async () => {
    const { token } = await server.register()
    const refused = await revoke(token)
    expect(refused.status).toBe(404)
    expect(refused.json.error).toEqual({
      code: 'not_found',
      message: 'This is no personal access token: sign out instead.',
    })
    expect((await server.call('GET', '/api/auth/me', { token })).status).toBe(200)
  })
})

import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runSql } from '../testing/run-sql.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

describe('two servers on one PostgreSQL', () => {
  let simulator: Simulator
  let one: TestServer
  let other: TestServer
  let clock: number

  beforeEach(async () => {
    clock = Date.now()
    const now = () => clock
    simulator = await createSimulator({ size: 'small' })
    one = await startTestServer({ dialect: 'postgres', simulator, now })
    other = await startTestServer({ dialect: 'postgres', simulator, now, place: one.place })
  })
  afterEach(async () => {
    await other.close()
    await one.remove()
    await simulator.close()
  })

  const shown = async ({ call }: TestServer, token: string): Promise<string[]> =>
    (await call('GET', '/api/available-models', { token })).json.statuses.map(
      ({ provider_key }: { provider_key: string }) => provider_key,
    )

  it('both forget a prepared answer when a key is deleted at one', async () => {
    const { token } = await one.register()
    await one.saveKeys(token, ['openai', 'groq'])
    for (const server of [one, other, one, other])
      expect(await shown(server, token)).toEqual(['openai', 'groq'])
    expect((await one.call('DELETE', '/api/api-keys/openai', { token })).status).toBe(204)
    expect(await shown(one, token)).toEqual(['groq'])
    await expect.poll(() => shown(other, token)).toEqual(['groq'])
  })

  it('both drop what is under way for a key that is deleted at one', async () => {
    const { token } = await one.register()
    await one.saveKeys(token, ['openai'])
    await shown(one, token)
    await simulator.set('openai', { latencyMs: 20_000 })
    const before = simulator.requests.length
    const force = ({ call }: TestServer) => call('GET', '/api/available-models?force_refresh=true', { token })
    const asking = force(one)
    await expect.poll(() => simulator.requests.length).toBeGreaterThan(before)
    const waiting = force(other)
    expect((await other.call('DELETE', '/api/api-keys/openai', { token })).status).toBe(204)
    // the provider has not answered yet: nobody waits for it any more
    for (const { status, json } of await Promise.all([asking, waiting])) {
      expect([status, json.statuses]).toEqual([200, []])
    }
  })

  it('both refuse a token that is revoked at one', async () => {
    const { token } = await one.register()
    const made = await one.call('POST', '/api/access-tokens', {
      token,
      body: { name: 'a', scopes: ['models'] },
    })
    const personal = made.json.token as string
    for (const server of [one, other]) expect(await shown(server, personal)).toEqual([])
    expect(
      (
        await one.call('DELETE', `/api/access-tokens/${made.json.access_token?.id ?? made.json.id}`, {
          token,
        })
      ).status,
    ).toBe(204)
    const statusAt = async ({ call }: TestServer, bearer: string) =>
      (await call('GET', '/api/available-models', { token: bearer })).status
    expect(await statusAt(one, personal)).toBe(401)
    await expect.poll(() => statusAt(other, personal)).toBe(401)
  })

  it('both refuse whoever is disabled at one', async () => {
    const admin = await one.register()
    const { token, userId } = await one.register()
    for (const server of [one, other]) expect(await shown(server, token)).toEqual([])
    await one.call('PATCH', `/api/admin/users/${userId}`, { token: admin.token, body: { disabled: true } })
    const statusAt = async ({ call }: TestServer) =>
      (await call('GET', '/api/available-models', { token })).status
    expect(await statusAt(one)).toBe(401)
    await expect.poll(() => statusAt(other)).toBe(401)
  })

  it('forget a token after five minutes, since whoever revoked it may have died before telling them', async () => {
    const { token } = await one.register()
    for (const server of [one, other]) expect(await shown(server, token)).toEqual([])
    await runSql(one.place, 'delete from sessions returning id')
    clock += 301_000
    for (const { call } of [one, other]) {
      expect((await call('GET', '/api/available-models', { token })).status).toBe(401)
    }
  })
})

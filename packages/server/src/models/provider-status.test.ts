import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(DIALECTS)('the status of providers on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let clock = Date.parse('2026-11-20T10:00:00Z')
  const now = () => clock

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ dialect, simulator, now })
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const statusAt = async ({ call }: TestServer, token: string) => {
    const { status, json } = await call('GET', '/api/provider-status', { token })
    expect(status).toBe(200)
    return json.provider_status
  }
  const refresh = async ({ call }: TestServer, token: string) => {
    clock += 120_000
    const { json } = await call('GET', '/api/available-models?force_refresh=true', { token })
    return json.statuses[0]
  }

  it('tells of every call, also after a restart and to another server on the same database', async () => {
    const { token } = await server.register()
    expect(await statusAt(server, token)).toEqual([])
    await simulator.set('groq', { latencyMs: 60_000 })
    await server.saveKeys(token, ['groq'])
    // its first call is still under way
    const never = { last_success_at: null, last_failure: null, calls: [], failed_count: 0 }
    expect(await statusAt(server, token)).toMatchObject([
      {
        ...never,
        provider_key: 'groq',
        label: null,
        median_ms: null,
        p95_ms: null,
        keys_url: 'https://console.groq.com/keys',
        status_url: 'https://groqstatus.com',
      },
    ])

    await simulator.reset()
    // another key: the call of the first one leaves nothing
    await server.saveKeys(token, ['groq'], () => `${simulator.keys.groq}`)
    const first = await refresh(server, token)
    expect(first.code).toBeNull()
    const [once] = await statusAt(server, token)
    expect(once).toMatchObject({ last_failure: null, failed_count: 0 })
    expect(once.last_success_at).toBe(first.fetched_at)
    expect(once.calls.at(-1)).toEqual({ at: first.fetched_at, ms: once.calls.at(-1).ms, code: null })
    expect(once.median_ms).toEqual(expect.any(Number))

    await simulator.set('groq', { fault: 'D7' })
    const rejected = await refresh(server, token)
    const [twice] = await statusAt(server, token)
    expect(twice).toMatchObject({
      last_success_at: first.fetched_at,
      last_failure: {
        code: rejected.code,
        message: rejected.message,
        http_status: 401,
        at: new Date(clock).toISOString(),
      },
      failed_count: 1,
    })
    expect(twice.calls).toHaveLength(once.calls.length + 1)
    expect(twice.calls.at(-1).code).toBe('key_rejected')

    if (dialect === 'sqlite') await server.close()
    const other = await startTestServer({ simulator, now, place: server.place })
    expect(await statusAt(other, token)).toEqual([twice])
    await simulator.reset()
    if (dialect === 'sqlite') server = other
    await Promise.all([refresh(other, token), refresh(server, token)])
    const both = await statusAt(other, token)
    expect(both[0].calls.length).toBeGreaterThan(twice.calls.length)
    expect(both).toEqual(await statusAt(server, token))
    if (server !== other) await other.close()
  })

  it('says nothing of a key that was replaced by another one', async () => {
    const { token } = await server.register()
    await server.saveKeys(token, ['openai'])
    await refresh(server, token)
    await simulator.set('openai', { latencyMs: 60_000 })
    await server.saveKeys(token, ['openai'], () => 'sk-another-key-than-before-000000')
    expect(await statusAt(server, token)).toMatchObject([{ last_success_at: null, calls: [] }])
    await simulator.reset()
  })
})

import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

describe.each(DIALECTS)('available models on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ dialect, simulator })
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  it('are all that the keys can use, and known the second time', async () => {
    const { token } = await server.register()
    await server.saveKeys(token)
    const first = await server.call('GET', '/api/available-models', { token })
    expect(first.status).toBe(200)
    expect(first.json.providers).toHaveLength(10)
    const before = simulator.requests.length
    const second = await server.call('GET', '/available-models', { token })
    expect(second.json.statuses.map(({ status }: { status: string }) => status)).toEqual(
      Array(9).fill('cached'),
    )
    expect(simulator.requests).toHaveLength(before)
  })
})

import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CuttableProxy, startCuttableProxy } from '../testing/cuttable-proxy.ts'
import { createPlace, startTestServer, type TestPlace, type TestServer } from '../testing/test-server.ts'

describe('a server whose PostgreSQL stops answering', () => {
  let simulator: Simulator
  let place: TestPlace
  let proxy: CuttableProxy
  let server: TestServer
  let token: string

  beforeEach(async () => {
    simulator = await createSimulator({ size: 'small' })
    place = await createPlace('postgres')
    const url = place.environment.DATABASE_URL ?? ''
    const { port } = new URL(url)
    proxy = await startCuttableProxy(Number(port))
    const environment = { DATABASE_URL: url.replace(`:${port}/`, `:${proxy.port}/`) }
    server = await startTestServer({ dialect: 'postgres', simulator, place, environment })
    token = (await server.register()).token
    await server.saveKeys(token)
    // asked, then prepared
    await server.call('GET', '/api/available-models', { token })
    await server.call('GET', '/api/available-models', { token })
  })
  afterEach(async () => {
    proxy.restore()
    await server.close()
    await proxy.close()
    await place.remove()
    await simulator.close()
  })

  const models = () => server.call('GET', '/api/available-models', { token })
  const save = () =>
    server.call('POST', '/api/api-keys', { token, body: { provider: 'openai', key: simulator.keys.openai } })

  it.each(['cut', 'freeze'] as const)(
    '(%s) goes on with what is prepared, refuses what must be written, and recovers by itself',
    async (way) => {
      const before = await models()
      expect(before.json.statuses.map(({ status }: { status: string }) => status)).toEqual(
        Array(9).fill('cached'),
      )
      proxy[way]()
      expect((await models()).text).toBe(before.text)
      const refused = await Promise.all([
        save(),
        server.call('DELETE', '/api/api-keys/groq', { token }),
        server.call('GET', '/api/api-keys', { token }),
        server.call('GET', '/health/ready'),
        server.call('POST', '/api/auth/login', {
          body: { email: 'a@example.com', password: 'no matter which' },
        }),
      ])
      for (const { status, headers, json } of refused) {
        expect([status, headers.get('retry-after'), json.error.code]).toEqual([503, '5', 'unavailable'])
      }
      expect((await server.call('GET', '/health/live')).status).toBe(200)
      expect((await models()).text).toBe(before.text)
      proxy.restore()
      await expect
        .poll(async () => (await server.call('GET', '/health/ready')).status, { timeout: 20_000 })
        .toBe(200)
      // nothing of what was refused was done
      const { json } = await server.call('GET', '/api/api-keys', { token })
      expect(json.api_keys).toHaveLength(9)
      expect((await save()).status).toBe(201)
    },
  )
})

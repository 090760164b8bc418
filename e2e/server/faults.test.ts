import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { AvailableModels, type ProviderStatus } from '@rollcall/core/schema'
import {
  createSimulator,
  FAULTS,
  type FaultId,
  SIMULATED_PROVIDERS,
  type SimulatedProvider,
  type Simulator,
} from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerLastingUser } from '../../packages/server/src/testing/lasting-user.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'

/** Stands still, so that two answers can be compared byte for byte. */
const NOW = Date.now()
const SIDE_BY_SIDE = 4
/** Long enough for eight well providers on a busy machine, short enough to wait for. */
const SHORT_LIMIT_MS = 5_000
const PATH = '/api/available-models?force_refresh=true'

interface Bench {
  simulator: Simulator
  server: TestServer
  token: string
  clean: AvailableModels
}

/** Each fault at one provider, another one each time; through all nine they go where the engine is tested alone. */
const FAULTY = Object.keys(FAULTS).map(
  (fault, index) =>
    [fault as FaultId, SIMULATED_PROVIDERS[index % SIMULATED_PROVIDERS.length] as SimulatedProvider] as const,
)

describe.each([
  ['plain', false],
  ['TLS', true],
])('the server before a provider with a fault, over %s', (_name, tls) => {
  const cases = FAULTY.filter(([fault]) => (FAULTS[fault].level === 'tls') === tls)
  const benches: Bench[] = []
  const idle: Bench[] = []
  const waiting: ((bench: Bench) => void)[] = []
  const trustedBefore = getCACertificates('default')

  beforeAll(async () => {
    for (let count = 0; count < SIDE_BY_SIDE; count++) {
      const simulator = await createSimulator({ size: 'small', tls })
      if (simulator.caCertificatePem)
        setDefaultCACertificates([...getCACertificates('default'), simulator.caCertificatePem])
      const server = await startTestServer({
        simulator,
        now: () => NOW,
        random: () => 0.5,
        environment: { ROLLCALL_PROVIDER_TIMEOUT_MS: `${SHORT_LIMIT_MS}` },
      })
      const { token } = await registerLastingUser(server)
      await server.saveKeys(token)
      const clean = AvailableModels.parse((await server.call('GET', PATH, { token })).json)
      expect(clean.statuses.map(({ status, code }) => [status, code])).toEqual(Array(9).fill(['fresh', null]))
      benches.push({ simulator, server, token, clean })
    }
    idle.push(...benches)
  })
  afterAll(async () => {
    setDefaultCACertificates(trustedBefore)
    for (const { server, simulator } of benches) {
      await server.remove()
      await simulator.close()
    }
  })

  async function withBench(
    provider: SimulatedProvider,
    work: (bench: Bench) => Promise<void>,
  ): Promise<void> {
    const bench = idle.pop() ?? (await new Promise<Bench>((resolve) => waiting.push(resolve)))
    try {
      await work(bench)
    } finally {
      await bench.simulator.reset()
      await forget(bench, provider)
      const next = waiting.shift()
      if (next) next(bench)
      else idle.push(bench)
    }
  }

  /** Another key, of which nothing is known. */
  let keys = 0
  const forget = ({ server, token, simulator }: Bench, provider: SimulatedProvider) =>
    server.saveKeys(token, [provider], () => `${simulator.keys[provider]}${++keys}`)

  /** The whole answer with the fault in force, of which the eight others' parts are as ever. */
  async function ask({ server, token, clean }: Bench, provider: SimulatedProvider) {
    const { status, json } = await server.call('GET', PATH, { token })
    expect(status).toBe(200)
    expect(AvailableModels.strict().parse(json)).toEqual(json)
    const answer = AvailableModels.parse(json)
    const changed = SIMULATED_PROVIDERS.filter(
      (other) =>
        other !== provider && JSON.stringify(partOf(answer, other)) !== JSON.stringify(partOf(clean, other)),
    )
    expect(changed).toEqual([])
    return partOf(answer, provider)
  }

  describe.concurrent.each(cases)('%s at %s', (fault, provider) => {
    it(`${FAULTS[fault].title}: nothing is known before`, async () => {
      await withBench(provider, async (bench) => {
        await bench.simulator.set(provider, { fault })
        await forget(bench, provider)
        const { status, models } = await ask(bench, provider)
        expect(['fresh', 'static', 'failed']).toContain(status.status)
        if (status.status !== 'fresh') expect(status.code).not.toBeNull()
        if (status.status === 'static') expect(provider).toBe('anthropic')
        expect(models?.length ?? 0).toBe(status.model_count)
      })
    })

    it(`${FAULTS[fault].title}: there is a good list`, async () => {
      await withBench(provider, async (bench) => {
        await forget(bench, provider)
        const good = await ask(bench, provider)
        expect(good.status).toMatchObject({ status: 'fresh', code: null })
        await bench.simulator.set(provider, { fault })
        const { status, models } = await ask(bench, provider)
        if (status.status === 'fresh') {
          expect(status.code).toBeNull()
          expect(models).toHaveLength(status.model_count)
        } else if (status.code === 'key_rejected') {
          expect(status).toMatchObject({ status: 'failed', model_count: 0 })
          expect(models).toBeUndefined()
        } else {
          expect(status).toMatchObject({ status: 'stale', fetched_at: good.status.fetched_at })
          expect(status.code).not.toBeNull()
          expect(JSON.stringify(models)).toBe(JSON.stringify(good.models))
        }
      })
    })
  })
})

function partOf({ providers, statuses }: AvailableModels, provider: SimulatedProvider) {
  const isIts = ({ provider_key }: { provider_key: string }) => provider_key === provider
  return { models: providers.find(isIts)?.models, status: statuses.find(isIts) as ProviderStatus }
}

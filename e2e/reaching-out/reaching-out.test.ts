import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiKey, type Ask, discover, discoverAll, PROVIDERS } from '@rollcall/core'
import type { AvailableModels } from '@rollcall/core/schema'
import { createHttpGet } from '@rollcall/network'
import {
  createSimulator,
  SIMULATED_PROVIDERS,
  type SimulatedProvider,
  type Simulator,
} from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { runLauncher } from '../../packages/cli/src/testing/run-rollcall.ts'
import { startNameServer } from '../../packages/network/src/testing/name-server.ts'
import { startConnectProxy } from './connect-proxy.ts'

describe('over TLS, by names', () => {
  let simulator: Simulator
  let folder: string
  let environment: Record<string, string> & { NODE_EXTRA_CA_CERTS: string }

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small', tls: true })
    folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
    const caFile = join(folder, 'ca.pem')
    await writeFile(caFile, simulator.caCertificatePem ?? '')
    environment = {
      OPENAI_API_KEY: simulator.keys.openai,
      ROLLCALL_OPENAI_BASE_URL: simulator.bases.openai.replace('localhost', 'openai.simulated.test'),
      NODE_EXTRA_CA_CERTS: caFile,
    }
  })
  afterEach(() => simulator.reset())
  afterAll(async () => {
    await simulator.close()
    await rm(folder, { recursive: true })
  })

  it('goes through the proxy of the environment, which never sees the key', async () => {
    const proxy = await startConnectProxy()
    const run = await runLauncher(['models', '--ids'], {
      environment: { ...environment, HTTPS_PROXY: proxy.url },
    })
    await proxy.close()
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toContain('openai/')
    expect(proxy.asked).toEqual([expect.stringMatching(/^openai\.simulated\.test:\d+$/)])
  })

  it('goes past the proxy for hosts in NO_PROXY', async () => {
    const proxy = await startConnectProxy()
    await runLauncher(['models'], {
      environment: { ...environment, HTTPS_PROXY: proxy.url, NO_PROXY: 'simulated.test' },
    })
    await proxy.close()
    expect(proxy.asked).toEqual([])
  })

  it.each([407, 403, 502])(
    'names the proxy when it refuses with %i, without its password',
    async (status) => {
      const proxy = await startConnectProxy(status)
      const run = await runLauncher(['models'], { environment: { ...environment, HTTPS_PROXY: proxy.url } })
      await proxy.close()
      expect(run.exitCode).toBe(1)
      expect(run.stdout).toContain('OpenAI could not be reached: the proxy did not let the request through')
      expect(run.stdout + run.stderr).not.toMatch(/p@ssword|p%40ssword/)
    },
  )

  it('believes an authority of NODE_EXTRA_CA_CERTS, and none that is not named', async () => {
    const direct = { ...environment, ROLLCALL_OPENAI_BASE_URL: simulator.bases.openai }
    const believed = await runLauncher(['models', '--ids'], { environment: direct })
    expect(believed.exitCode).toBe(0)
    const seen = simulator.requests.length
    const { NODE_EXTRA_CA_CERTS: _, ...without } = direct
    const refused = await runLauncher(['models'], { environment: without })
    expect(refused.exitCode).toBe(1)
    expect(refused.stdout).toContain('NODE_EXTRA_CA_CERTS')
    expect(simulator.requests).toHaveLength(seen)
  })
})

describe('many at once', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
  })
  afterEach(() => simulator.reset())
  afterAll(() => simulator.close())

  function asksFor(baseOf: (name: SimulatedProvider) => string): Ask[] {
    return PROVIDERS.map((provider) => {
      const name = provider.key as SimulatedProvider
      const parsed = ApiKey.parse(simulator.keys[name])
      if ('problem' in parsed) throw new Error(parsed.problem)
      return { provider, key: parsed.key, base: baseOf(name) }
    })
  }

  it('a name that is never answered delays no other', async () => {
    const others = SIMULATED_PROVIDERS.filter((name) => name !== 'openai')
    const nameServer = await startNameServer({
      'openai.simulated.test': 'silence',
      ...Object.fromEntries(others.map((name) => [`${name}.simulated.test`, { v4: ['127.0.0.1'] }])),
    })
    const { get, close } = createHttpGet({ nameServers: [nameServer.address], lookupTimeoutMs: 1_500 })
    const byName = asksFor((name) => simulator.bases[name].replace('127.0.0.1', `${name}.simulated.test`))
    const order: string[] = []
    // many hang at the same time, as for a server with many users
    const hanging = Array.from({ length: 20 }, () => ({ ...(byName[0] as Ask) }))
    for await (const result of discover([...hanging, ...byName.slice(1)], { get })) {
      order.push(`${result.ask.provider.key}: ${'failure' in result ? result.failure.detail : 'listed'}`)
    }
    await close()
    await nameServer.close()
    expect(order.slice(0, others.length).toSorted()).toEqual(
      others.map((name) => `${name}: listed`).toSorted(),
    )
    expect(new Set(order.slice(others.length))).toEqual(new Set(['openai: name_lookup']))
  })

  it('delivers in order of arrival, and as one aggregate in order of the asks', async () => {
    const { get, close } = createHttpGet()
    const slow: SimulatedProvider[] = ['openai', 'mistral', 'cohere']
    // far enough apart for any machine
    for (const name of slow) await simulator.set(name, { latencyMs: 1_500 })
    const asks = asksFor((name) => simulator.bases[name])
    const order: string[] = []
    for await (const result of discover(asks, { get })) order.push(result.ask.provider.key)
    expect(order.slice(-slow.length).toSorted()).toEqual(slow.toSorted())
    const aggregate = await discoverAll(asks, { get })
    expect(aggregate.map(({ ask }) => ask.provider.key)).toEqual([...SIMULATED_PROVIDERS])
    await close()
  })

  it.each(['abort', 'leaving the loop'])('%s frees every socket in use', async (how) => {
    for (const name of SIMULATED_PROVIDERS) if (name !== 'groq') await simulator.set(name, { fault: 'C2' })
    const { get, close } = createHttpGet()
    const caller = new AbortController()
    const seen: string[] = []
    for await (const result of discover(
      asksFor((name) => simulator.bases[name]),
      { get, signal: caller.signal },
    )) {
      seen.push(result.ask.provider.key)
      // all the others are in the middle of an answer that never ends
      await vi.waitFor(() => expect(simulator.requests).toHaveLength(9))
      if (how === 'abort') caller.abort()
      else break
    }
    expect(seen).toEqual(['groq'])
    const inUse = () =>
      SIMULATED_PROVIDERS.filter((name) => name !== 'groq' && simulator.openConnections(name) > 0)
    await vi.waitFor(() => expect(inUse()).toEqual([]))
    await close()
    await vi.waitFor(() => expect(simulator.openConnections()).toBe(0))
  })

  it('asks with one connection per provider, kept for the next time', async () => {
    const { get, close } = createHttpGet()
    const asks = asksFor((name) => simulator.bases[name])
    for (let round = 0; round < 3; round++) await discoverAll(asks, { get })
    const connections = new Set(
      simulator.requests.map(({ provider, connectionId }) => `${provider} ${connectionId}`),
    )
    expect(connections.size).toBe(9)
    await close()
  })
})

describe('what a command line of many providers says', () => {
  it('is the same through --json whatever the order of arrival', async () => {
    const simulator = await createSimulator({ size: 'small' })
    const environment = Object.fromEntries(
      PROVIDERS.flatMap(({ key, keyVariables }) => [
        [keyVariables[0], simulator.keys[key as SimulatedProvider]],
        [`ROLLCALL_${key.toUpperCase()}_BASE_URL`, `${simulator.bases[key as SimulatedProvider]}/`],
      ]),
    )
    const answers: AvailableModels[] = []
    for (const slow of ['openai', 'openrouter'] as const) {
      await simulator.set(slow, { latencyMs: 300 })
      const run = await runLauncher(['models', '--json'], { environment })
      answers.push(JSON.parse(run.stdout))
      await simulator.reset()
    }
    await simulator.close()
    expect(answers[0]?.providers).toEqual(answers[1]?.providers)
  })
})

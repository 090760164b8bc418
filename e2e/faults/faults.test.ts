import { createServer, type Server } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { ApiKey, discoverAll, type Offer, PROVIDERS } from '@rollcall/core'
import { createHttpGet } from '@rollcall/network'
import {
  FAULTS,
  type FaultId,
  SIMULATED_PROVIDERS,
  type SimulatedProvider,
  type Simulator,
} from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { NOW, runDiscovery } from './discovery-under-test.ts'
import { EXPECTATIONS, type Expectation, TLS_EXPECTATIONS } from './expectations.ts'
import { createSimulatorPool, type SimulatorPool } from './simulator-pool.ts'

/** Long enough for eight well providers on a busy machine, short enough to wait for. */
const SHORT_LIMIT_MS = 2_500
const CONNECT_LIMIT_MS = 1_500
const PAGE_SIZES = [undefined, 2, 3]
const SIDE_BY_SIDE = 8

describe('every fault of the matrix, at each of the nine providers', () => {
  const pools = new Map<number | undefined, SimulatorPool>()
  const cleanRuns = new Map<number | undefined, Offer[]>()
  const hostile = createTripwire()

  beforeAll(async () => {
    await hostile.start()
    for (const pageSize of PAGE_SIZES) {
      const pool = await createSimulatorPool(pageSize === undefined ? SIDE_BY_SIDE : 2, {
        size: 'small',
        ...(pageSize === undefined ? {} : { pageSizeCap: pageSize }),
      })
      pools.set(pageSize, pool)
      cleanRuns.set(pageSize, await pool.use((simulator) => runDiscovery(simulator)))
    }
  })
  afterAll(async () => {
    for (const pool of pools.values()) await pool.close()
    expect(hostile.connections).toBe(0)
    await hostile.stop()
  })

  it('has an expectation for every fault the simulator knows', () => {
    expect(Object.keys({ ...EXPECTATIONS, ...TLS_EXPECTATIONS }).sort()).toEqual(Object.keys(FAULTS).sort())
  })

  it('begins with nine good lists', () => {
    for (const offer of cleanRuns.get(undefined) ?? []) {
      expect(offer.status).toMatchObject({ status: 'fresh', code: null, message: null, dropped_count: 0 })
      expect(offer.models.length).toBeGreaterThan(3)
    }
  })

  for (const [fault, expectation] of Object.entries(EXPECTATIONS) as [FaultId, Expectation][]) {
    describe.concurrent(`${fault}: ${FAULTS[fault].title}`, () => {
      it.each(SIMULATED_PROVIDERS)('%s', async (provider) => {
        const pool = pools.get(expectation.pageSize) as SimulatorPool
        await pool.use(async (simulator) => {
          await simulator.set(provider, {
            fault,
            hostileUrl: hostile.url,
            ...(expectation.times ? { times: expectation.times } : {}),
          })
          const offers = await runDiscovery(simulator, {
            ...(expectation.waitsForLimit
              ? { timeoutMs: SHORT_LIMIT_MS, connectTimeoutMs: CONNECT_LIMIT_MS }
              : {}),
            ...(expectation.rounds ? { rounds: expectation.rounds } : {}),
          })
          const clean = cleanRuns.get(expectation.pageSize) as Offer[]
          checkFaulty(simulator, provider, expectation, offers, clean)
          checkOthers(provider, offers, clean)
          await checkNothingLeft(simulator, offers)
        })
      })
    })
  }

  it.each(SIMULATED_PROVIDERS)('J10: a bug in the description of %s', async (provider) => {
    await (pools.get(undefined) as SimulatorPool).use(async (simulator) => {
      const description = PROVIDERS.find(({ key }) => key === provider)
      if (!description) throw new Error('no such provider')
      const instead = {
        ...description,
        read: () => {
          throw new Error(`bug with ${simulator.keys[provider]}`)
        },
      }
      const offers = await runDiscovery(simulator, { instead })
      const clean = cleanRuns.get(undefined) as Offer[]
      checkFaulty(simulator, provider, { code: 'internal' }, offers, clean)
      checkOthers(provider, offers, clean)
      await checkNothingLeft(simulator, offers)
    })
  })

  it.each([' ', '\n', '\u200b', '\0', 'é', '\u202e'])(
    'J1: no key with %j in it ever becomes a request',
    async (odd) => {
      for (const provider of PROVIDERS) {
        const key = `sk-canary-key${odd}-with-more`
        const parsed = ApiKey.parse(key)
        expect(parsed).toEqual({ problem: expect.stringMatching(/ at position 14$/) })
        expect(JSON.stringify(parsed)).not.toContain('canary')
        // what a caller without types might do with the text all the same
        const { get, close } = createHttpGet()
        const forced = {
          provider,
          key: { reveal: () => key } as unknown as ApiKey,
          base: 'http://127.0.0.1:9',
        }
        const [result] = await discoverAll([forced], { get, limits: { retryNeedsMs: 60_000 } })
        await close()
        expect(result).toHaveProperty('failure')
        expect(JSON.stringify(result)).not.toContain('canary')
      }
    },
  )

  it.each(SIMULATED_PROVIDERS)('C4 and C5: %s is slow, and late or not', async (provider) => {
    await (pools.get(undefined) as SimulatorPool).use(async (simulator) => {
      const clean = cleanRuns.get(undefined) as Offer[]
      await simulator.set(provider, { latencyMs: 400 })
      expect(bytes(await runDiscovery(simulator))).toEqual(bytes(clean))
      await simulator.set(provider, { latencyMs: 60_000 })
      const offers = await runDiscovery(simulator, { timeoutMs: SHORT_LIMIT_MS })
      checkFaulty(simulator, provider, { code: 'timeout' }, offers, clean)
      checkOthers(provider, offers, clean)
    })
  })
})

describe('every fault of TLS, at each of the nine providers', () => {
  let pool: SimulatorPool
  let clean: Offer[]
  const trustedBefore = getCACertificates('default')

  beforeAll(async () => {
    pool = await createSimulatorPool(4, { size: 'small', tls: true })
    setDefaultCACertificates([...trustedBefore, ...pool.certificates])
    clean = await pool.use((simulator) => runDiscovery(simulator))
  })
  afterAll(async () => {
    setDefaultCACertificates(trustedBefore)
    await pool.close()
  })

  it('begins with nine good lists over TLS', () => {
    expect(clean.map(({ status }) => status.status)).toEqual(PROVIDERS.map(() => 'fresh'))
  })

  for (const [fault, expectation] of Object.entries(TLS_EXPECTATIONS) as [FaultId, Expectation][]) {
    describe.concurrent(`${fault}: ${FAULTS[fault].title}`, () => {
      it.each(SIMULATED_PROVIDERS)('%s', async (provider) => {
        await pool.use(async (simulator) => {
          await simulator.set(provider, { fault })
          const offers = await runDiscovery(simulator, {
            ...(expectation.waitsForLimit ? { connectTimeoutMs: CONNECT_LIMIT_MS } : {}),
          })
          checkFaulty(simulator, provider, expectation, offers, clean)
          checkOthers(provider, offers, clean)
          expect(simulator.requests.filter((request) => request.provider === provider)).toEqual([])
          await checkNothingLeft(simulator, offers)
        })
      })
    })
  }
})

function checkFaulty(
  simulator: Simulator,
  provider: SimulatedProvider,
  expectation: Expectation,
  offers: Offer[],
  cleanOffers: Offer[],
): void {
  const { models, status } = offerOf(offers, provider)
  const clean = offerOf(cleanOffers, provider)
  const code =
    expectation.except && provider in expectation.except
      ? (expectation.except[provider] ?? null)
      : expectation.code
  expect(status, JSON.stringify(status)).toMatchObject({ code })
  if (code === null) expect(status.status).toBe('fresh')
  // a list of which a part is true is still offered, with the code that says it is not all
  else if (status.status !== 'fresh') {
    const hasFallback = provider === 'anthropic' && code !== 'key_rejected'
    expect(status.status).toBe(hasFallback ? 'static' : 'failed')
    expect(models.length > 0).toBe(hasFallback)
  }
  if (code === expectation.code && expectation.detail) {
    expect(status.message).toMatch(SENTENCES[expectation.detail] ?? /.^/)
  }
  if (expectation.attempts && code === expectation.code) {
    expect(requestsToFirstList(simulator, provider)).toBe(expectation.attempts)
  }
  if (expectation.retryIn && code === expectation.code) {
    const [least, most] = expectation.retryIn
    const seconds = (Date.parse(status.retry_at ?? '') - NOW) / 1000
    expect(seconds).toBeGreaterThanOrEqual(least)
    expect(seconds).toBeLessThanOrEqual(most)
  }
  if (expectation.list && code === null && (expectation.listOf ?? SIMULATED_PROVIDERS).includes(provider)) {
    const native = models.map(({ id }) => id.slice(provider.length + 1))
    const isAsItShould = expectation.list({
      models,
      native,
      clean: clean.models,
      dropped: status.dropped_count,
      message: status.message,
    })
    expect(isAsItShould, JSON.stringify([status, native.slice(0, 40)])).toBe(true)
  }
}

/** One failure never changes another provider's bytes. */
function checkOthers(provider: SimulatedProvider, offers: Offer[], clean: Offer[]): void {
  const others = (all: Offer[]) => bytes(all.filter((offer) => offer.provider.key !== provider))
  expect(others(offers)).toEqual(others(clean))
}

/** No key in anything that is shown or kept, and no socket left. */
async function checkNothingLeft(simulator: Simulator, offers: Offer[]): Promise<void> {
  const shown = JSON.stringify(offers.map(({ models, status }) => ({ models, status })))
  for (const key of Object.values(simulator.keys)) {
    for (const form of [key, Buffer.from(key).toString('base64'), Buffer.from(key).toString('hex')]) {
      expect(shown).not.toContain(form)
    }
  }
  for (const { path } of simulator.requests) {
    for (const key of Object.values(simulator.keys)) expect(path).not.toContain(key)
  }
  await vi.waitFor(() => expect(simulator.openConnections()).toBe(0), { timeout: 5_000 })
}

function offerOf(offers: Offer[], provider: SimulatedProvider): Offer {
  const offer = offers.find((candidate) => candidate.provider.key === provider)
  if (!offer) throw new Error(`nothing was said about ${provider}`)
  return offer
}

function bytes(offers: Offer[]): string[] {
  return offers.map(({ models, status }) => JSON.stringify({ models, status }))
}

function requestsToFirstList(simulator: Simulator, provider: SimulatedProvider): number {
  const path = PROVIDERS.find(({ key }) => key === provider)?.lists[0].path ?? ''
  return simulator.requests.filter(
    (request) => request.provider === provider && request.path.split('?')[0]?.endsWith(path),
  ).length
}

/** Accepts connections and counts them: redirects must never lead here. */
function createTripwire() {
  const tripwire = {
    connections: 0,
    url: '',
    start: () =>
      new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address()
          if (address && typeof address === 'object') tripwire.url = `http://127.0.0.1:${address.port}/`
          resolve()
        })
      }),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
  const server: Server = createServer((socket) => {
    tripwire.connections++
    socket.destroy()
  })
  return tripwire
}

/** A word of our own sentence by which a detail can be told. */
const SENTENCES: Readonly<Record<string, RegExp>> = {
  refused: /was refused/,
  reset: /was cut before an answer/,
  connecting: /no connection could be made in time/,
  empty: /empty answer/,
  unexpected_status: /unexpected status/,
  firewall: /firewall/,
  key_leaked: /leaked/,
  not_found: /no list of models at this address/,
  moved: /has moved/,
  redirect: /redirect/,
  headers: /more headers/,
  not_json: /not JSON/,
  cut_off: /cut off/,
  encoding: /not asked for/,
  too_deep: /nested too deeply/,
  no_valid_entry: /single readable model/,
  shape: /not a list of models/,
  not_http: /did not answer in HTTP/,
  secret_echo: /contained this key/,
  certificate_expired: /expired or not yet valid/,
  certificate_untrusted: /not from an authority/,
  certificate_wrong_host: /another host/,
  tls_protocol: /No secure connection/,
}

import { isDeepStrictEqual } from 'node:util'
import type { Model } from '@rollcall/core/schema'
import {
  createSimulator,
  type SimulatedProvider,
  type Simulator,
  type SimulatorOptions,
} from '@rollcall/simulator'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../packages/server/src/testing/test-server.ts'
import { type BrowserShape, openBrowser, type Seat, type VisitOptions, type Visitor } from './visitor.ts'
import type {} from './web-setup.ts'

export type User = Awaited<ReturnType<TestServer['register']>>

export interface WebOptions {
  simulator?: SimulatorOptions
  server?: Omit<TestServerOptions, 'simulator' | 'web'>
}

/**
 * For the tests of one file: a simulator, a server with the built web app, and visitors. After each
 * test all is well again, and whatever no page may do has not happened.
 */
export function webUnderTest({ simulator: simulated = { size: 'small' }, server: options }: WebOptions = {}) {
  let browser: Browser
  let simulator: Simulator
  let server: TestServer
  let admin: User
  let visitors: Visitor[] = []
  /** By their server and what they are like. */
  const seats: { address: string; shape: BrowserShape; seat: Seat }[] = []

  beforeAll(async () => {
    browser = await chromium.connect(inject('browserEndpoint'))
    simulator = await createSimulator(simulated)
    server = await startTestServer({ ...options, simulator, web: inject('webFolder') })
    // the first account is the admin's, who looks different
    admin = await server.register()
  })
  async function leaveAll(): Promise<void> {
    const leaving = visitors
    visitors = leaving.filter(({ stays }) => stays)
    for (const visitor of leaving) await visitor.leave()
    expect(leaving.flatMap(({ takeProblems }) => takeProblems())).toEqual([])
  }

  afterEach(async () => {
    await leaveAll()
    await simulator.reset()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
    await simulator?.close()
  })

  async function visitAt(address: string, visitOptions: VisitOptions = {}): Promise<Visitor> {
    const { width, height, hasTouch, prepare, ...options } = visitOptions
    const seat = await freeSeat(address, { width, height, hasTouch, prepare })
    // another server may be gone before its visitors
    const isAlone = options.alone || (address !== server.address && !options.stays)
    const visitor = await seat.sitDown({ ...options, alone: isAlone })
    visitors.push(visitor)
    return visitor
  }

  async function freeSeat(address: string, shape: BrowserShape): Promise<Seat> {
    const free = seats.find(({ seat, ...at }) => !seat.isTaken && isDeepStrictEqual(at, { address, shape }))
    if (free) return free.seat
    const seat = await openBrowser(browser, address, shape)
    seats.push({ address, shape, seat })
    return seat
  }

  async function signedInAgain(user: User, visitOptions: Omit<VisitOptions, 'cookie'> = {}) {
    const { email, password } = user
    const { headers } = await server.call('POST', '/api/auth/login', { body: { email, password } })
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    return { user, ...(await visitAt(server.address, { ...visitOptions, cookie })) }
  }

  return {
    get simulator() {
      return simulator
    },
    get server() {
      return server
    },
    /** The folder of the built web app. */
    get folder() {
      return inject('webFolder')
    },
    leaveAll,
    visitAt,
    visit: (visitOptions?: VisitOptions) => visitAt(server.address, visitOptions),
    /** Somebody with these keys, signed in, in front of a page. */
    async signedIn(
      visitOptions: Omit<VisitOptions, 'cookie'> & { keys?: readonly SimulatedProvider[] } = {},
    ) {
      const { keys = [], ...rest } = visitOptions
      const user = await server.register()
      await server.saveKeys(user.token, keys)
      return { user, ...(await visitAt(server.address, { ...rest, cookie: user.cookie })) }
    },
    /** Somebody who has an account already, each time with a session of its own. */
    signedInAgain,
    visitAsAdmin: (visitOptions: Omit<VisitOptions, 'cookie'> = {}) => signedInAgain(admin, visitOptions),
    /** The first one for a chat that a provider offers this user. */
    async firstModel({ token }: User, provider: SimulatedProvider): Promise<{ id: string; name: string }> {
      const { json } = await server.call('GET', `/api/available-models?kind=chat&provider=${provider}`, {
        token,
      })
      // a dated one is folded under its alias
      return json.providers[0].models.find((model: Model) => model.snapshot_of === undefined)
    },
    /** How many models a provider's list holds, once it has been asked. */
    eventualCount: ({ token }: User, provider: SimulatedProvider): Promise<number> =>
      eventually(async () => {
        const { json } = await server.call('GET', `/api/available-models?provider=${provider}`, { token })
        const { status, model_count } = json.statuses[0]
        expect(status).toMatch(/^(fresh|cached)$/)
        return model_count
      }),
    asked: (provider?: SimulatedProvider) =>
      simulator.requests.filter((request) => provider === undefined || request.provider === provider).length,
  }
}

import { type Access, ENDPOINTS, type Endpoint, type EndpointName } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTables } from '../../packages/server/src/testing/read-tables.ts'
import {
  DIALECTS,
  type Reply,
  startTestServer,
  type TestServer,
} from '../../packages/server/src/testing/test-server.ts'
import { CALLERS, type Caller, createActors, MARKED_MODEL, type Person, RUN_PROMPT } from './actors.ts'

const endpoints = Object.entries(ENDPOINTS as Record<string, Endpoint>) as [EndpointName, Endpoint][]
const NOBODYS = '00000000-0000-4000-8000-00000000ffff'

/** What of somebody's own stands in an address. */
const OWN: Partial<Record<EndpointName, (whose: Person) => Record<string, string>>> = {
  removeKey: () => ({ provider: 'openai' }),
  revokeAccessToken: ({ accessTokenId }) => ({ id: accessTokenId }),
  showRun: ({ runId }) => ({ id: runId }),
  runEvents: ({ runId }) => ({ id: runId }),
  cancelRun: ({ runId }) => ({ id: runId }),
  removeRun: ({ runId }) => ({ id: runId }),
  changeUser: ({ userId }) => ({ id: userId }),
  createResetLink: ({ userId }) => ({ id: userId }),
  revokeInvitation: ({ invitationId }) => ({ id: invitationId }),
}

/** What the table must say, so that nobody adds an endpoint that is not tested here. */
function whatIsMissing(table: readonly (readonly [string, Endpoint])[], own: object): string[] {
  return table.flatMap(([name, { params, body, example }]) => {
    const wants = (part: 'params' | 'body', schema: Endpoint['body']) =>
      schema && !schema.safeParse(example?.[part]).success
        ? [`${name} wants an example of its ${part} in the table of endpoints that its schema takes`]
        : []
    return [
      ...wants('params', params),
      ...wants('body', body),
      ...(params && !(name in own) ? [`${name} has a name in its address: say in OWN whose it is`] : []),
    ]
  })
}

/** Follows from the row alone. Undefined: may come in. */
function refusalOf(access: Access, caller: Caller): string | undefined {
  if (access === 'public') return undefined
  switch (caller) {
    case 'anonymous':
    case 'forged token':
      return '401 unauthenticated'
    case 'expired session':
    case 'expired token':
      return '401 token_expired'
    case 'signed out session':
    case 'revoked token':
    case 'disabled user':
    case 'token of a disabled user':
      return '401 token_revoked'
    case 'owner':
    case 'other user':
      return access === 'admin' ? '403 forbidden' : undefined
    case 'admin':
      return undefined
    case 'token without the scope':
    case 'admin token of a former admin':
      return access === 'any' ? undefined : '403 forbidden'
    case 'token with the scope':
      return access === 'account' ? '403 forbidden' : undefined
  }
}

/** What even the owner cannot do by the table's examples alone. */
const NOT_AS_SUCH = ['confirmTwoFactor', 'refreshSession', 'register', 'resetPassword', 'revokeOwnToken']

const REFUSALS = ['unauthenticated', 'token_expired', 'token_revoked', 'forbidden']

/** What came of it: `allowed` stands for success and for what the row says of this endpoint alone. */
function outcomeOf({ status, json }: Reply, { access, status: success, errors }: Endpoint): string {
  const code = json?.error?.code
  const isKnown = errors?.[status]?.includes(code) && (access === 'public' || !REFUSALS.includes(code))
  return status === success || isKnown ? 'allowed' : `${status} ${code}`
}

function pathOf({ path }: Endpoint, params: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''))
}

function queryOf({ example }: Endpoint): string {
  return example?.query ? `?${new URLSearchParams(example.query)}` : ''
}

describe('the table of endpoints', () => {
  it('has an example for all that is to be filled in', () => {
    expect(whatIsMissing(endpoints, OWN)).toEqual([])
  })

  it('is told what it lacks where somebody forgets', () => {
    const forgotten = {
      ...ENDPOINTS.revokeAccessToken,
      body: ENDPOINTS.register.body,
      example: { body: {} },
    } satisfies Endpoint
    expect(whatIsMissing([['forgotten', forgotten]], OWN)).toEqual([
      'forgotten wants an example of its params in the table of endpoints that its schema takes',
      'forgotten wants an example of its body in the table of endpoints that its schema takes',
      'forgotten has a name in its address: say in OWN whose it is',
    ])
  })
})

describe.each(DIALECTS)('isolation on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer
  let actors: Awaited<ReturnType<typeof createActors>>
  let owner: Person
  let ownersRows: Record<string, unknown>[]

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    let at = Date.now()
    server = await startTestServer({
      dialect,
      simulator,
      now: () => at,
      environment: { ROLLCALL_TRUSTED_PROXIES: 'loopback' },
    })
    actors = await createActors(server, simulator, (ms) => {
      at += ms
    })
    owner = await actors.settle(await actors.arrive())
    await actors.call('GET', '/api/available-models', { token: owner.token })
    ownersRows = await rowsOfOwner()
    expect(new Set(ownersRows.map(({ table }) => table)).size).toBeGreaterThanOrEqual(8)
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  /** Every row, in every table, that is hers. */
  async function rowsOfOwner() {
    const tables = await readTables(server.place)
    const keyIds = (tables.api_keys ?? []).filter((row) => row.user_id === owner.userId).map(({ id }) => id)
    return Object.entries(tables)
      .flatMap(([table, rows]) =>
        rows
          .filter((row) => {
            const isHers = JSON.stringify(row).includes(owner.userId) || row.id === owner.invitationId
            return isHers || (table === 'key_lists' && keyIds.includes(row.key_id))
          })
          .map((row): Record<string, unknown> => ({ table, ...row })),
      )
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }

  const ask = (endpoint: Endpoint, token: string | undefined, params?: Record<string, string>) =>
    actors.call(endpoint.method, `${pathOf(endpoint, params)}${queryOf(endpoint)}`, {
      token,
      body: endpoint.body ? endpoint.example?.body : undefined,
    })

  describe.each(CALLERS)('%s', (caller) => {
    it('may do what the rows say, and nothing else', async () => {
      const refusedThere: string[] = []
      const outcomes: Record<string, string> = {}
      const expected: Record<string, string> = {}
      for (const [name, endpoint] of endpoints) {
        const { access } = endpoint
        expected[name] = refusalOf(access, caller) ?? 'allowed'
        const whose = await actors.as(
          caller,
          access,
          expected[name] === 'allowed' && endpoint.method !== 'GET',
        )
        // an admin may change others: not the owner here
        const isOverAll = access === 'admin' && expected[name] === 'allowed'
        const params = isOverAll ? endpoint.example?.params : OWN[name]?.(caller === 'owner' ? whose : owner)
        const reply = await ask(endpoint, whose.token || undefined, params)
        outcomes[name] = outcomeOf(reply, endpoint)
        // nothing is told beyond what the row says
        const { answer } = endpoint
        if (answer && reply.status === endpoint.status) expect(answer.parse(reply.json)).toEqual(reply.json)
        if (outcomes[name] === 'allowed' && reply.status !== endpoint.status) refusedThere.push(name)
      }
      expect(outcomes).toEqual(expected)
      if (caller === 'owner') expect(refusedThere.sort()).toEqual(NOT_AS_SUCH)
    })

    it('is told of what is another’s as of what is not there', async () => {
      for (const [name, endpoint] of endpoints) {
        const ownParams = OWN[name]
        const { access } = endpoint
        // who may act on all is meant to tell them apart
        if (!ownParams || (access === 'admin' && refusalOf(access, caller) === undefined)) continue
        const { token } = await actors.as(caller === 'owner' ? 'other user' : caller, access, false)
        const nobodys = Object.fromEntries(Object.keys(ownParams(owner)).map((param) => [param, NOBODYS]))
        const [foreign, unknown] = [
          await ask(endpoint, token || undefined, ownParams(owner)),
          await ask(endpoint, token || undefined, nobodys),
        ]
        expect(likeness(foreign)).toEqual(likeness(unknown))
        expect(foreign.status).toBeGreaterThanOrEqual(400)
      }
    })

    it('has changed nothing of the owner’s', async () => {
      const rows = await rowsOfOwner()
      // the master key was changed: what it seals is the same
      const isResealed = refusalOf(ENDPOINTS.rotateMasterKey.access, caller) === undefined
      expect(rows.map(isResealed ? withoutSeal : (row) => row)).toEqual(
        ownersRows.map(isResealed ? withoutSeal : (row) => row),
      )
      ownersRows = rows
    })
  })

  it('leaves the owner all that is theirs', async () => {
    const get = (path: string) => actors.call('GET', path, { token: owner.token })
    expect((await get('/api/auth/me')).json.id).toBe(owner.userId)
    expect((await get('/api/api-keys')).json.api_keys).toMatchObject([{ provider: 'openai' }])
    expect((await get('/api/access-tokens')).json.access_tokens).toMatchObject([{ id: owner.accessTokenId }])
    expect((await get('/api/runs')).json.runs).toMatchObject([{ id: owner.runId, prompt: RUN_PROMPT }])
    expect((await get('/api/model-marks')).json.marks).toMatchObject([{ id: MARKED_MODEL, is_hidden: true }])
    const models = await get('/api/available-models?force_refresh=true')
    expect(models.json.statuses).toMatchObject([{ provider_key: 'openai', status: 'fresh' }])
  })

  it('shows each only their own lists, keys, tokens and export', async () => {
    const other = await actors.arrive()
    const texts = await Promise.all(
      [
        '/api/available-models',
        '/api/models',
        '/api/model-marks',
        '/api/api-keys',
        '/api/access-tokens',
        '/api/runs',
        '/api/runs?search=sky',
        '/api/account/export',
        '/api/auth/me',
      ].map(async (path) => (await actors.call('GET', path, { token: other.token })).text),
    )
    for (const mark of [
      owner.userId,
      owner.email,
      owner.accessTokenId,
      owner.runId,
      RUN_PROMPT,
      MARKED_MODEL,
      simulator.keys.openai.slice(-4),
      'openai/',
    ]) {
      expect(texts.filter((text) => text.includes(mark))).toEqual([])
    }
  })
})

/** All that a caller sees of an answer, but what is another one each time. */
function likeness({ status, headers, text }: Reply) {
  const seen = [...headers].filter(([name]) => name !== 'x-request-id' && name !== 'date')
  return { status, text, headers: seen }
}

function withoutSeal({ sealed: _sealed, kid: _kid, totp_sealed: _totp, ...row }: Record<string, unknown>) {
  return row
}

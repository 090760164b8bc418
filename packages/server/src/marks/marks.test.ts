import { AccountExport, type Model, ShownModel } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenToEvents } from '../testing/events.ts'
import { readTables } from '../testing/read-tables.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const ID = 'anthropic/claude-haiku-4-5-20251001'
const TODAY = '2026-11-24'

describe.each(DIALECTS)('marks on models on %s', (dialect) => {
  let simulator: Simulator
  let server: TestServer

  beforeAll(async () => {
    simulator = await createSimulator()
    server = await startTestServer({ dialect, simulator, now: () => Date.parse(`${TODAY}T12:00:00Z`) })
    await server.register() // the admin
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  async function arrive() {
    const user = await server.register()
    await server.saveKeys(user.token, ['anthropic', 'openrouter'])
    const get = async (path: string) => (await server.call('GET', path, { token: user.token })).json
    const mark = (body: object) => server.call('PATCH', '/api/model-marks', { token: user.token, body })
    const modelOf = async (path = '/api/available-models'): Promise<Model> => {
      const { providers } = await get(path)
      return providers[0].models.find(({ id }: Model) => id === ID)
    }
    await modelOf()
    return { ...user, get, mark, modelOf }
  }

  it('put a correction before every other word, in the answer, the stream and the search, for its user alone', async () => {
    const ada = await arrive()
    const bob = await arrive()
    const before = await ada.modelOf()
    const facts = { context_window: 123_456, pricing: { input: 9 }, capabilities: { tools: false } }
    expect((await ada.mark({ id: ID, facts })).json).toEqual({
      id: ID,
      is_favourite: false,
      is_hidden: false,
      correction: { date: TODAY, facts },
    })
    const model = await ada.modelOf()
    const you = { from: 'you', date: TODAY }
    expect(model).toMatchObject({
      ...facts,
      capabilities: { ...before.capabilities, tools: false },
      sources: { context_window: you, 'pricing.input': you, 'capabilities.tools': you },
    })
    expect(await ada.modelOf('/api/available-models?provider=anthropic')).toEqual(model)
    expect(await ada.modelOf('/api/available-models?force_refresh=true')).toEqual(model)
    expect((await ada.get(`/api/models?q=${ID}`)).models).toEqual([model])
    const stream = await listenToEvents(server, '/api/available-models/stream', ada.token)
    const snapshot = await stream.next()
    stream.close()
    expect(snapshot?.data.providers[0].models.find(({ id }: Model) => id === ID)).toEqual(model)
    const shown = ShownModel.strict().parse(await ada.get(`/api/model?id=${ID}`))
    expect(shown.model).toEqual(model)
    expect(shown.differs).toContainEqual({ field: 'context_window', value: before.context_window })
    expect(await bob.modelOf()).toEqual(before)
    expect((await bob.get(`/api/model?id=${ID}`)).differs).toEqual([])
    expect((await ada.mark({ id: ID, facts: null })).json.correction).toBeNull()
    expect(await ada.modelOf()).toEqual(before)
    expect((await ada.get('/api/model-marks')).marks).toEqual([])
  })

  it('find favourites, and keep what is hidden out of searches that do not ask for it', async () => {
    const ada = await arrive()
    await ada.mark({ id: ID, is_favourite: true })
    expect((await ada.get('/api/models?favourite=true')).models.map(({ id }: Model) => id)).toEqual([ID])
    const { total } = await ada.get('/api/models')
    expect((await ada.get('/api/models?favourite=false')).total).toBe(total - 1)
    await ada.mark({ id: ID, is_hidden: true })
    expect((await ada.get('/api/models?favourite=true')).total).toBe(0)
    expect((await ada.get('/api/models')).total).toBe(total - 1)
    expect((await ada.get('/api/models?hidden=true')).models.map(({ id }: Model) => id)).toEqual([ID])
    expect((await ada.get('/api/model-marks')).marks).toEqual([
      { id: ID, is_favourite: true, is_hidden: true, correction: null },
    ])
  })

  it('show the same model through another provider, with its price', async () => {
    const ada = await arrive()
    await server.saveKeys(ada.token, ['openai'])
    const { same } = ShownModel.parse(await ada.get('/api/model?id=openai/gpt-5.4-mini'))
    expect(same.map(({ id }) => id)).toContain('openrouter/openai/gpt-5.4-mini')
    expect(same.map(({ id }) => id)).not.toContain('openai/gpt-5.4-mini')
    expect(same[0]?.pricing?.input).toBeGreaterThan(0)
    const { status, json } = await server.call('GET', '/api/model?id=groq/any', { token: ada.token })
    expect([status, json.error.code]).toEqual([404, 'not_found'])
  })

  it('are told to pages, are in the export, and go with the account', async () => {
    const ada = await arrive()
    const events = await listenToEvents(server, '/api/events', ada.token)
    await events.next()
    await ada.mark({ id: ID, is_favourite: true })
    expect((await events.next())?.data).toEqual({ kind: 'marks' })
    await ada.mark({ id: ID, facts: { deprecated: true } })
    const kinds = [(await events.next())?.data.kind, (await events.next())?.data.kind]
    expect(kinds.sort()).toEqual(['facts', 'marks'])
    events.close()
    const exported = AccountExport.parse(await ada.get('/api/account/export'))
    expect(exported.model_marks).toMatchObject([{ id: ID, is_favourite: true, correction: { date: TODAY } }])
    const left = async () =>
      ((await readTables(server.place)).model_marks ?? []).filter((row) => row.user_id === ada.userId)
    expect(await left()).toHaveLength(1)
    const { status } = await server.call('DELETE', '/api/account', {
      token: ada.token,
      body: { password: ada.password },
    })
    expect([status, await left()]).toEqual([204, []])
  })

  it.each([
    [{ id: ID }, 'names nothing to change'],
    [{ id: 'no-slash', is_hidden: true }, 'id has no slash'],
    [{ id: ID, facts: { name: 'mine' } }, 'name is not known here'],
    [{ id: ID, facts: { context_window: -5 } }, 'facts.context_window'],
    [{ id: ID, facts: { released_at: '2026-02-30' } }, 'facts.released_at is no day of the calendar'],
    [{ id: ID, facts: { retires_at: '9999-99-99' } }, 'facts.retires_at is no day of the calendar'],
    [{ id: ID, facts: { replacement: 'x'.repeat(4_000) } }, 'facts hold more than can be kept'],
  ])('%j is refused', async (body, message) => {
    const { token } = await server.register()
    const { status, json } = await server.call('PATCH', '/api/model-marks', { token, body })
    expect([status, json.error.message]).toEqual([422, expect.stringContaining(message)])
  })
})

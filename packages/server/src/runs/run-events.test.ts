import { PROVIDERS } from '@rollcall/core'
import { type AvailableModels, ExportedRuns, Run } from '@rollcall/core/schema'
import { createSimulator, type SimulatedProvider, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listenToEvents, type ToldEvent } from '../testing/events.ts'
import { readTables } from '../testing/read-tables.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const NAMES = PROVIDERS.map(({ key }) => key as SimulatedProvider)
/** A chat model of each provider, with its price where any has one. */
const MODELS = {} as Record<SimulatedProvider, string>

/** For many minutes. */
const LONG = { tokens: 100_000, tokenMs: 20 }

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

describe.each(DIALECTS)('a run on %s', (dialect) => {
  let server: TestServer
  let token: string
  let userId: string

  beforeAll(async () => {
    server = await startTestServer({ dialect, simulator })
    ;({ token, userId } = await server.register())
    await server.saveKeys(token)
    const lists = await server.call('GET', '/api/available-models', { token })
    const { providers, statuses } = lists.json as AvailableModels
    expect(statuses).toHaveLength(NAMES.length)
    for (const name of NAMES) {
      const { models = [] } = providers.find(({ provider_key }) => provider_key === name) ?? {}
      const chat = models.filter(({ kind }) => kind === 'chat')
      const chosen = chat.find(({ pricing }) => pricing?.input && pricing.cached_input) ?? chat[0]
      MODELS[name] = chosen?.id ?? ''
    }
  })
  afterAll(() => server.remove())

  async function start(models: readonly string[], body: object = {}): Promise<Run> {
    const { status, json, text } = await server.call('POST', '/api/runs', {
      token,
      body: { models, prompt: 'Why is the sky blue?', ...body },
    })
    expect([status, text]).toEqual([201, expect.any(String)])
    return Run.strict().parse(json)
  }
  const find = async (id: string) => (await server.call('GET', `/api/runs/${id}`, { token })).json as Run
  const listen = (id: string, after?: string) =>
    listenToEvents(
      server,
      `/api/runs/${id}/events`,
      token,
      after === undefined ? {} : { 'last-event-id': after },
    )
  /** What a listener has of each answer. */
  function wordsOf(events: readonly ToldEvent[], count: number) {
    const words = Array.from({ length: count }, () => ({ reasoning: '', text: '' }))
    for (const { event, data } of events) {
      const answer = words[data.index]
      if (event === 'text' && answer) answer[data.part as 'text'] += data.text
    }
    return words
  }
  const wordsOfRun = ({ answers }: Run) => answers.map(({ reasoning, text }) => ({ reasoning, text }))
  async function everyEventOf(id: string, after?: string): Promise<ToldEvent[]> {
    return (await listen(id, after)).all()
  }

  it.each(NAMES)('of %s streams, with its tokens counted', async (provider) => {
    const model = MODELS[provider]
    const { id, status } = await start([model], { system_prompt: 'Be brief.' })
    expect(status).toBe('running')
    const events = await everyEventOf(id)
    expect(events[0]).toMatchObject({ event: 'run', data: { answers: [{ model }] } })
    // how long it took is told with the first words, and with no other
    const texts = events.filter(({ event }) => event === 'text').map(({ data }) => data.first_token_ms)
    expect([typeof texts[0], texts.filter((ms) => ms !== undefined).length]).toEqual(['number', 1])
    expect(events.at(-2)?.event).toBe('answer')
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { status: 'finished' } })
    const run = await find(id)
    expect(wordsOf(events, 1)).toEqual(wordsOfRun(run))
    expect(run).toMatchObject({
      status: 'finished',
      finished_at: expect.any(String),
      answers: [
        {
          model,
          status: 'finished',
          finish_reason: 'stop',
          failure: null,
          usage: { input: expect.any(Number), output: expect.any(Number) },
          first_token_ms: expect.any(Number),
          duration_ms: expect.any(Number),
          text: expect.stringMatching(/\w/),
        },
      ],
    })
    // as it is told to whoever comes later
    expect(wordsOf(await everyEventOf(id), 1)).toEqual(wordsOfRun(run))
  })

  it('keeps the price that is known now, and what it cost by that', async () => {
    const models = [MODELS.openrouter, MODELS.together]
    const { id } = await start(models)
    await everyEventOf(id)
    const { answers } = await find(id)
    for (const { pricing, usage, cost } of answers) {
      const { input = Number.NaN, output = Number.NaN, cached_input: cached = Number.NaN } = pricing ?? {}
      const paidFor = usage.cached_input ?? 0
      const cachedCost = paidFor === 0 ? 0 : paidFor * cached
      const expected = ((usage.input ?? 0) - paidFor) * input + cachedCost + (usage.output ?? 0) * output
      expect(cost).toBeCloseTo(expected / 1e6, 12)
    }
    const known = (await readTables(server.place)).answer_usage?.filter((row) => row.user_id === userId)
    expect(known?.filter((row) => `${row.id}`.startsWith(id)).map((row) => row.model)).toEqual(models)
  })

  it('tells what is missing to whoever comes back, to the letter', async () => {
    await simulator.set('groq', { tokens: 60, tokenMs: 5 })
    await simulator.set('openai', { tokens: 60, tokenMs: 7 })
    const { id } = await start([MODELS.groq, MODELS.openai])
    const heard: ToldEvent[] = []
    let after: string | undefined
    while (heard.at(-1)?.event !== 'done') {
      const events = await listen(id, after)
      for (let count = 0; count < 7; count++) {
        const event = await events.next()
        if (!event) break
        heard.push(event)
        after = event.id
      }
      events.close()
    }
    const run = await find(id)
    expect(wordsOf(heard, 2)).toEqual(wordsOfRun(run))
    // and of one that is over, from any place
    const whole = await everyEventOf(id)
    const { id: middle } = whole[Math.floor(whole.length / 2)] ?? {}
    const rest = wordsOf(await everyEventOf(id, middle), 2)
    for (const [index, { text }] of wordsOfRun(run).entries()) {
      expect(text.endsWith(rest[index]?.text ?? '?')).toBe(true)
    }
    for (const odd of ['x', '1.2', '1.2_3.4_5.6', '-1.0_0.0']) {
      const { status, json } = await server.call('GET', `/api/runs/${id}/events?after=${odd}`, { token })
      expect([status, json.error.field]).toEqual([422, 'after'])
    }
  })

  it('keeps one failure beside the other answers', async () => {
    await simulator.set('mistral', { fault: 'D29-503', path: '/chat/completions' })
    await simulator.set('cohere', { fault: 'K2-reset' })
    const { id } = await start([MODELS.openai, MODELS.mistral, MODELS.cohere, 'openai/never-heard-of'])
    const events = await everyEventOf(id)
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { status: 'partial' } })
    const { answers } = await find(id)
    expect(answers.map(({ status, failure }) => [status, failure?.code])).toEqual([
      ['finished', undefined],
      ['failed', 'upstream_error'],
      ['failed', 'bad_response'],
      ['failed', 'model_not_found'],
    ])
    // what came before stays
    expect(answers[2]?.text).not.toBe('')
  })

  it('is exported whole, and as a table that no spreadsheet runs', async () => {
    const other = await server.register()
    await server.saveKeys(other.token, ['openai'])
    const body = { models: [MODELS.openai, 'mistral/x'], prompt: '=1+1, "a"\nb', parameters: { top_p: 0.5 } }
    const { json } = await server.call('POST', '/api/runs', { token: other.token, body })
    await (await listenToEvents(server, `/api/runs/${json.id}/events`, other.token)).all()
    const get = (path: string) => server.call('GET', `/api/runs/export${path}`, { token: other.token })
    const whole = await get('')
    expect(ExportedRuns.strict().parse(whole.json).runs).toMatchObject([
      { id: json.id, prompt: body.prompt, answers: [{ text: expect.stringMatching(/\w/) }, { text: '' }] },
    ])
    expect((await get('?provider=groq')).json.runs).toEqual([])
    const { headers, text } = await get('.csv?status=partial')
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="rollcall-runs-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(text.split('\r\n').map((line) => line.slice(0, 40))).toEqual([
      'run,created_at,model,status,finish_reason'.slice(0, 40),
      expect.stringMatching(/^[0-9a-f-]{36},/),
      expect.stringMatching(/^[0-9a-f-]{36},/),
      '',
    ])
    expect(text).toContain(`,"'=1+1, ""a""\nb",`)
    expect(text).toContain(',mistral/x,failed,,no_key,')
    expect((await get('.csv?status=done')).status).toBe(422)
  })

  it('stops where its owner says so, and keeps what has come', async () => {
    await simulator.set('groq', LONG)
    const { id } = await start([MODELS.groq, MODELS.openai])
    const events = await listen(id)
    for (let event = await events.next(); event?.data.index !== 0; event = await events.next()) {}
    const stopped = await server.call('POST', `/api/runs/${id}/cancel`, { token })
    expect([stopped.status, stopped.json.status]).toEqual([200, 'cancelled'])
    expect(stopped.json.answers[0]).toMatchObject({ status: 'cancelled', failure: { code: 'cancelled' } })
    expect(wordsOfRun(stopped.json)[0]).not.toEqual({ reasoning: '', text: '' })
    expect((await events.all()).at(-1)).toMatchObject({ event: 'done', data: { status: 'cancelled' } })
    // once more does no harm
    expect((await server.call('POST', `/api/runs/${id}/cancel`, { token })).json).toEqual(stopped.json)
    expect((await everyEventOf(id)).at(-1)?.event).toBe('done')
  })

  it('ends when it is deleted, and what it cost is known nevertheless', async () => {
    await simulator.set('groq', LONG)
    const { id } = await start([MODELS.groq])
    const events = await listen(id)
    await events.next()
    expect((await server.call('DELETE', `/api/runs/${id}`, { token })).status).toBe(204)
    await events.all()
    const usage = (await readTables(server.place)).answer_usage ?? []
    expect(usage.filter((row) => row.id === `${id}.0`)).toMatchObject([{ status: 'cancelled' }])
  })

  it.each([
    ['is locked', 'locked'],
    ['is deleted', 'deleted'],
  ])('ends where its account %s', async (_, how) => {
    await simulator.set('groq', { tokens: 100_000, tokenMs: 20 })
    const other = await server.register()
    await server.saveKeys(other.token, ['groq'])
    const body = { models: [MODELS.groq], prompt: 'x' }
    const { json } = await server.call('POST', '/api/runs', { token: other.token, body })
    const told = await listenToEvents(server, `/api/runs/${json.id}/events`, other.token)
    await told.next()
    if (how === 'locked') {
      const path = `/api/admin/users/${other.userId}`
      expect((await server.call('PATCH', path, { token, body: { disabled: true } })).status).toBe(200)
    } else {
      await server.call('DELETE', '/api/account', {
        token: other.token,
        body: { password: other.password },
      })
    }
    await told.all()
    const rows = async () => (await readTables(server.place)).runs?.find((row) => row.id === json.id)
    await expect.poll(async () => (await rows())?.status).toBe(how === 'locked' ? 'cancelled' : undefined)
  })

  it('goes on with a key that is deleted meanwhile, and for whoever signs out', async () => {
    await simulator.set('groq', { tokens: 40, tokenMs: 10 })
    const other = await server.register()
    await server.saveKeys(other.token, ['groq'])
    const body = { models: [MODELS.groq], prompt: 'x' }
    const { json } = await server.call('POST', '/api/runs', { token: other.token, body })
    await expect
      .poll(async () => {
        const now = await server.call('GET', `/api/runs/${json.id}`, { token: other.token })
        return `${now.json.answers[0].reasoning}${now.json.answers[0].text}`
      })
      .not.toBe('')
    await server.call('DELETE', '/api/api-keys/groq', { token: other.token })
    await server.call('POST', '/api/auth/logout', { headers: { cookie: other.cookie } })
    const rows = async () => (await readTables(server.place)).runs?.find((row) => row.id === json.id)
    await expect.poll(async () => (await rows())?.status).toBe('finished')
  })

  it('waits for others of the same user where too many are under way', async () => {
    for (const provider of ['groq', 'openai', 'mistral', 'cohere'] as const) {
      await simulator.set(provider, LONG)
    }
    const four = [MODELS.groq, MODELS.openai, MODELS.mistral, MODELS.cohere]
    const [first, second] = [await start(four), await start(four)]
    const { status, json } = await server.call('POST', '/api/runs', {
      token,
      body: { models: [MODELS.anthropic], prompt: 'x' },
    })
    expect([status, json.error]).toMatchObject([
      429,
      {
        code: 'rate_limited',
        message:
          '8 answers may be under way for you at once, and 8 are under way: wait for one to end, stop a run, or ask fewer models.',
      },
    ])
    const other = await server.register()
    await server.saveKeys(other.token, ['anthropic'])
    const theirs = { token: other.token, body: { models: [MODELS.anthropic], prompt: 'x' } }
    expect((await server.call('POST', '/api/runs', theirs)).status).toBe(201)
    await server.call('POST', `/api/runs/${first.id}/cancel`, { token })
    await start([MODELS.anthropic])
    await server.call('POST', `/api/runs/${second.id}/cancel`, { token })
  })

  it('is counted also where many begin at once', async () => {
    await simulator.set('groq', LONG)
    const body = { models: [MODELS.groq], prompt: 'x' }
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => server.call('POST', '/api/runs', { token, body })),
    )
    const begun = replies.filter(({ status }) => status === 201)
    expect([begun.length, replies.filter(({ status }) => status === 429).length]).toEqual([8, 4])
    for (const { json } of begun) await server.call('POST', `/api/runs/${json.id}/cancel`, { token })
  })

  it('keeps whatever a model says, but characters that a database keeps not', async () => {
    await simulator.set('groq', { fault: 'K15' })
    const { id } = await start([MODELS.groq])
    const events = await everyEventOf(id)
    expect(events.at(-1)).toMatchObject({ event: 'done', data: { status: 'finished' } })
    const [{ text } = { text: '' }] = wordsOfRun(await find(id))
    expect(wordsOf(events, 1)[0]?.text).toBe(text)
    expect(text).toContain('<script>alert(1)</script>')
    expect(text).toContain('\ufffd\u0001\u007f')
  })

  it('is interrupted by the end of the server, and keeps what has come', async () => {
    await simulator.set('groq', LONG)
    const { id } = await start([MODELS.groq, MODELS.openai])
    const events = await listen(id)
    for (let event = await events.next(); event?.data.index !== 0; event = await events.next()) {}
    const ending = server.close()
    await events.all()
    await ending
    server = await startTestServer({ dialect, simulator, place: server.place })
    const run = await find(id)
    expect(run.status).toBe('interrupted')
    expect(run.answers[0]).toMatchObject({ status: 'interrupted', failure: { code: 'interrupted' } })
    expect(wordsOfRun(run)[0]).not.toEqual({ reasoning: '', text: '' })
    expect((await everyEventOf(id)).at(-1)).toMatchObject({ event: 'done', data: { status: 'interrupted' } })
  })
})

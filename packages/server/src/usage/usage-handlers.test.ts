import { type Model, Usage, type UsageFigures } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerUsageRow } from '../storage/tables.ts'
import { listenToEvents } from '../testing/events.ts'
import { type EndedAnswer, insertUsage } from '../testing/insert-usage.ts'
import { readTables } from '../testing/read-tables.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const PATH = '/api/usage'
const NOW = Date.parse('2026-11-24T12:00:00Z')
const DAY_MS = 24 * 60 * 60_000
const MODELS = ['openai/gpt-4o', 'openai/o3', 'groq/llama', '=groq/cmd|calc', 'a,b/"c"']

/** More than are read at once, and several of one moment. */
const MANY = fc.sample(
  fc.record({
    id: fc.tuple(fc.uuid(), fc.nat(3)).map(([run, position]) => `${run}.${position}`),
    ended_at: fc
      .integer({ min: 0, max: 400 })
      .map((step) => NOW - 45 * DAY_MS + step * Math.floor(DAY_MS / 8)),
    model: fc.constantFrom(...MODELS),
    status: fc.constantFrom('finished', 'finished', 'finished', 'failed', 'cancelled', 'interrupted'),
    code: fc.constantFrom(null, null, 'no_key', 'rate_limited'),
    input_tokens: fc.option(fc.nat(100_000)),
    output_tokens: fc.option(fc.nat(10_000)),
    cached_input_tokens: fc.option(fc.nat(1_000)),
    reasoning_tokens: fc.option(fc.nat(1_000)),
    cost: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
    first_token_ms: fc.option(fc.double({ min: 0, max: 60_000, noNaN: true })),
    duration_ms: fc.option(fc.integer({ min: 0, max: 600_000 })),
  }),
  { numRuns: 2_500, seed: 7 },
)

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterAll(() => simulator.close())

describe.each(DIALECTS)('usage on %s', (dialect) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ dialect, simulator, now: () => NOW })
  })
  afterAll(() => server.remove())

  const ask = async (token: string, query: Record<string, string> = {}) => {
    const { status, json } = await server.call('GET', `${PATH}?${new URLSearchParams(query)}`, { token })
    expect(status).toBe(200)
    expect(Usage.strict().parse(json)).toEqual(json)
    return json as Usage
  }
  const newUser = async (answers: readonly Omit<EndedAnswer, 'user_id'>[] = []) => {
    const user = await server.register()
    const rows = await insertUsage(
      server.place,
      answers.map((answer) => ({ ...answer, user_id: user.userId })),
    )
    return { ...user, rows }
  }

  it('is what a slower way of counting gives, by day, provider and model', async () => {
    const { token, rows } = await newUser(
      MANY.map(({ model, ...answer }) => ({
        ...answer,
        model,
        provider: model.slice(0, model.indexOf('/')),
        status: answer.status as AnswerUsageRow['status'],
        code: answer.code as AnswerUsageRow['code'],
      })),
    )
    await newUser([{ ended_at: NOW }])
    for (const query of [
      {},
      { days: '1' },
      { from: '2026-10-10', to: '2026-11-02' },
      { days: '366', provider: 'openai' },
      { days: '60', model: 'groq/llama' },
      { days: '60', model: 'groq/llama', provider: 'openai' },
    ] as Record<string, string>[]) {
      const usage = await ask(token, query)
      expect(usage).toEqual(countSlowly(rows, usage, query))
    }
  })

  it('is what each model of a run took, and stays when the run is deleted', async () => {
    const { token } = await newUser()
    await server.saveKeys(token, ['openai'])
    const [{ models = [] } = {}] = (await server.call('GET', '/api/available-models', { token })).json
      .providers
    const { id: model } = models.find(({ kind }: Model) => kind === 'chat')
    const body = { models: [model, 'groq/not-asked'], prompt: 'Why?' }
    const { json: run } = await server.call('POST', '/api/runs', { token, body })
    await (await listenToEvents(server, `/api/runs/${run.id}/events`, token)).all()
    const [answer] = (await server.call('GET', `/api/runs/${run.id}`, { token })).json.answers
    expect(answer).toMatchObject({ status: 'finished', usage: { input: expect.any(Number) } })
    const usage = await ask(token)
    expect(usage.totals).toMatchObject({ runs: 1, answers: 2, finished: 1, not_asked: 1, error_rate: 0 })
    expect(usage.models.find((one) => one.model === model)).toMatchObject({
      provider: 'openai',
      answers: 1,
      tokens: { input: answer.usage.input, output: answer.usage.output },
      cost: answer.cost,
      first_token_ms: { median: answer.first_token_ms },
      duration_ms: { p95: answer.duration_ms },
    })
    await server.call('DELETE', `/api/runs/${run.id}`, { token })
    expect(await ask(token)).toEqual(usage)
  })

  it('has every day of the range, and zeros and nothing where nothing was asked', async () => {
    const { token } = await newUser()
    const usage = await ask(token)
    expect([usage.from, usage.to, usage.days.length]).toEqual(['2026-10-26', '2026-11-24', 30])
    expect(usage.days[0]).toMatchObject({ day: '2026-10-26', answers: 0, cost: null, duration_ms: null })
    expect([usage.providers, usage.models]).toEqual([[], []])
    const leap = await ask(token, { from: '2024-02-28', to: '2024-03-01' })
    expect(leap.days.map(({ day }) => day)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01'])
    const year = await ask(token, { days: '366', to: '2026-12-31' })
    expect([year.from, year.days.length]).toEqual(['2025-12-31', 366])
  })

  it('takes each day from its first millisecond to its last, in UTC', async () => {
    const { token } = await newUser(
      [-1, 0, DAY_MS - 1, DAY_MS].map((ms) => ({ ended_at: Date.parse('2026-11-20T00:00:00Z') + ms })),
    )
    const { days } = await ask(token, { from: '2026-11-19', to: '2026-11-21' })
    expect(days.map(({ answers }) => answers)).toEqual([1, 2, 1])
    expect((await ask(token, { from: '2026-11-20', to: '2026-11-20' })).totals.answers).toBe(2)
  })

  it('says what is wrong with a range', async () => {
    const { token } = await newUser()
    for (const [query, field, message] of [
      ['from=2026-02-30', 'from', 'from is no day, as 2026-01-31.'],
      ['to=yesterday', 'to', 'to is no day, as 2026-01-31.'],
      ['from=2026-11-25', 'from', 'from is after today.'],
      ['from=2026-11-02&to=2026-11-01', 'from', 'from is after to.'],
      ['days=0', 'days', 'days is less than 1.'],
      ['days=367', 'days', 'days is more than 366.'],
      ['days=1.5', 'days', 'days is no whole number.'],
      ['days=week', 'days', 'days is no whole number.'],
      ['days=7&from=2026-11-01', 'days', 'days has no say beside from: give one of them.'],
      [
        'from=2025-11-23',
        'from',
        'from is more than 366 days before the end of the range: ask for less at a time.',
      ],
      ['provider=a/b', 'provider', 'provider names no provider.'],
      ['model=gpt', 'model', 'model has no slash: write it as provider/model-name.'],
      ['since=2026', 'since', 'since is not known here: leave it out or check its spelling.'],
    ]) {
      for (const path of [PATH, `${PATH}/export`]) {
        const { status, json } = await server.call('GET', `${path}?${query}`, { token })
        expect([query, status, json.error]).toEqual([query, 422, { code: 'invalid_request', message, field }])
      }
    }
    expect((await ask(token, { from: '2025-11-24' })).days).toHaveLength(366)
  })

  it('is told as CSV that no spreadsheet runs', async () => {
    const day = Date.parse('2026-11-20T10:00:00Z')
    const { token } = await newUser([
      { ended_at: day, provider: '=1+1', model: '=1+1/x', first_token_ms: 1.5, cost: 1e-7 },
      {
        ended_at: day,
        provider: 'a,b',
        model: 'a,b/"c"',
        status: 'failed',
        cost: null,
        first_token_ms: null,
      },
      { ended_at: day + DAY_MS },
    ])
    const { status, text, headers } = await server.call('GET', `${PATH}/export?days=7`, { token })
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="rollcall-usage-2026-11-18-to-2026-11-24.csv"',
    ])
    expect(text.split('\r\n')).toEqual([
      'day,provider,model,answers,finished,failed,cancelled,interrupted,not_asked,error_rate,input_tokens,output_tokens,cached_input_tokens,reasoning_tokens,tokens_unknown,cost_usd,cost_unknown,first_token_ms_median,first_token_ms_p95,duration_ms_median,duration_ms_p95',
      '2026-11-21,openai,openai/gpt-4o,1,1,0,0,0,0,0,100,200,,,0,0.01,0,300,300,2000,2000',
      "2026-11-20,'=1+1,'=1+1/x,1,1,0,0,0,0,0,100,200,,,0,0.0000001,0,1.5,1.5,2000,2000",
      '2026-11-20,"a,b","a,b/""c""",1,0,1,0,0,0,1,100,200,,,0,,0,,,,',
      '',
    ])
  })

  it('is its owner’s alone, and goes with the account', async () => {
    const { token, userId, password } = await newUser([{ ended_at: NOW }, { ended_at: NOW }])
    const { token: others } = await newUser()
    expect((await ask(others)).totals.answers).toBe(0)
    const made = await server.call('POST', '/api/access-tokens', {
      token,
      body: { name: 'runs alone', scopes: ['runs'] },
    })
    expect((await ask(made.json.token)).totals.answers).toBe(2)
    const rows = async () =>
      ((await readTables(server.place)).answer_usage ?? []).filter((row) => row.user_id === userId)
    expect(await rows()).toHaveLength(2)
    await server.call('DELETE', '/api/account', { token, body: { password } })
    expect(await rows()).toEqual([])
  })
})

/** The same by filtering all of them anew for every figure. */
function countSlowly(
  all: readonly AnswerUsageRow[],
  { from, to }: Pick<Usage, 'from' | 'to'>,
  { provider, model }: Record<string, string>,
): Usage {
  const dayOf = ({ ended_at }: AnswerUsageRow) => new Date(ended_at).toISOString().slice(0, 10)
  const wanted = all
    .filter((row) => dayOf(row) >= from && dayOf(row) <= to)
    .filter((row) => (provider ?? row.provider) === row.provider && (model ?? row.model) === row.model)
    // sums of doubles depend on their order
    .toSorted((a, b) => a.ended_at - b.ended_at || (a.id < b.id ? -1 : 1))
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10))
  }
  const models = [...new Set(wanted.map((row) => row.model))].sort()
  const providers = [...new Set(wanted.map((row) => row.provider))].sort()
  const modelFigures = (id: string, rows: readonly AnswerUsageRow[]) => ({
    provider: id.slice(0, id.indexOf('/')),
    model: id,
    ...figuresSlowly(rows.filter((row) => row.model === id)),
  })
  const byAnswers = (a: UsageFigures, b: UsageFigures) => b.answers - a.answers
  return {
    from,
    to,
    totals: figuresSlowly(wanted),
    days: days.map((day) => ({ day, ...figuresSlowly(wanted.filter((row) => dayOf(row) === day)) })),
    providers: providers
      .map((name) => ({
        provider: name,
        ...figuresSlowly(wanted.filter((row) => row.provider === name)),
      }))
      .sort(byAnswers),
    models: models.map((id) => modelFigures(id, wanted)).sort(byAnswers),
  }
}

function figuresSlowly(rows: readonly AnswerUsageRow[]): UsageFigures {
  const asked = rows.filter(({ code }) => code !== 'no_key')
  const of = (status: string) => asked.filter((row) => row.status === status)
  const [finished, failed] = [of('finished'), of('failed')]
  const known = <Name extends keyof AnswerUsageRow>(name: Name, some: readonly AnswerUsageRow[]) =>
    some.map((row) => row[name]).filter((value): value is NonNullable<typeof value> => value !== null)
  const sum = (
    name: 'input_tokens' | 'output_tokens' | 'cached_input_tokens' | 'reasoning_tokens' | 'cost',
  ) => {
    const values = known(name, rows)
    return values.length === 0 ? null : values.reduce((total, value) => total + value, 0)
  }
  const spread = (name: 'first_token_ms' | 'duration_ms') => {
    const values = known(name, finished).toSorted((a, b) => a - b)
    const at = (percent: number) =>
      values.find((_, index) => (index + 1) * 100 >= percent * values.length) ?? Number.NaN
    return values.length === 0 ? null : { median: at(50), p95: at(95) }
  }
  const paid = asked.filter((row) => row.status !== 'failed' || row.first_token_ms !== null)
  const cost = sum('cost')
  return {
    runs: new Set(rows.map(({ id }) => id.split('.')[0])).size,
    answers: rows.length,
    finished: finished.length,
    failed: failed.length,
    cancelled: of('cancelled').length,
    interrupted: of('interrupted').length,
    not_asked: rows.length - asked.length,
    error_rate:
      finished.length + failed.length === 0 ? null : failed.length / (finished.length + failed.length),
    tokens: {
      input: sum('input_tokens'),
      output: sum('output_tokens'),
      cached_input: sum('cached_input_tokens'),
      reasoning: sum('reasoning_tokens'),
    },
    tokens_unknown: paid.filter((row) => row.input_tokens === null || row.output_tokens === null).length,
    cost: cost === null ? null : Number(cost.toPrecision(12)),
    cost_unknown: paid.filter((row) => row.cost === null).length,
    first_token_ms: spread('first_token_ms'),
    duration_ms: spread('duration_ms'),
  }
}

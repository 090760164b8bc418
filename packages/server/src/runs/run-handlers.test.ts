import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RUN_LIMITS, Run, Runs } from '@rollcall/core/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStorage } from '../storage/open-storage.ts'
import { readTables } from '../testing/read-tables.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'
import { newRunId } from './run-id.ts'

const PATH = '/api/runs'

describe.each(DIALECTS)('runs on %s', (dialect) => {
  let server: TestServer
  let at = Date.UTC(2026, 10, 24)

  beforeAll(async () => {
    server = await startTestServer({ dialect, now: () => at })
  })
  afterAll(() => server.remove())

  const newUser = async () => (await server.register()).token
  async function create(token: string, body: object = {}) {
    const whole = { models: ['openai/gpt-4o'], prompt: 'Why?', ...body }
    const { status, json, text } = await server.call('POST', PATH, { token, body: whole })
    expect([status, text]).toEqual([201, expect.any(String)])
    expect(Run.strict().parse(json)).toEqual(json)
    return ended(token, json.id)
  }
  /** Nobody has a key here, so that every answer ends at once. */
  async function ended(token: string, id: string) {
    await expect.poll(async () => (await find(token, id)).status).not.toBe('running')
    return find(token, id)
  }
  async function find(token: string, id: string) {
    return (await server.call('GET', `${PATH}/${id}`, { token })).json as Run
  }
  async function list(token: string, query: Record<string, string> = {}) {
    const { status, json } = await server.call('GET', `${PATH}?${new URLSearchParams(query)}`, { token })
    expect(status).toBe(200)
    expect(Runs.strict().parse(json)).toEqual(json)
    return json as Runs
  }
  const promptsOf = async (token: string, query: Record<string, string>) =>
    (await list(token, query)).runs.map(({ prompt }) => prompt)

  it('are written down as they were given', async () => {
    const token = await newUser()
    const body = {
      models: ['openai/gpt-4o', 'nobody/knows-it'],
      prompt: ' Warum?\n\u202e😀\t',
      system_prompt: '',
      parameters: { temperature: 0, timeout_ms: 1000 },
    }
    const run = await create(token, body)
    expect(run).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      created_at: new Date(at).toISOString(),
      finished_at: new Date(at).toISOString(),
      status: 'failed',
      answers: [
        expect.objectContaining({
          model: 'openai/gpt-4o',
          status: 'failed',
          failure: {
            code: 'no_key',
            message: 'No OpenAI API key is saved: add one in Settings.',
            http_status: null,
            retry_at: null,
          },
          cost: null,
          text: '',
        }),
        expect.objectContaining({
          model: 'nobody/knows-it',
          failure: expect.objectContaining({
            code: 'no_key',
            message: expect.stringMatching(/^"nobody" is no provider that can be asked; there are: openai, /),
          }),
        }),
      ],
      ...body,
    })
    expect((await server.call('GET', `${PATH}/${run.id}`, { token })).json).toEqual(run)
    expect(await create(token)).toMatchObject({ system_prompt: null, parameters: {} })
  })

  it('take the longest prompts there may be, in the longest way to write them', async () => {
    const token = await newUser()
    const longest = '😀'.repeat(RUN_LIMITS.promptChars)
    const escaped = '\\ud83d\\ude00'.repeat(RUN_LIMITS.promptChars)
    const body = `{"models":["a/b"],"prompt":"${escaped}","system_prompt":"${escaped}"}`
    const { status, json } = await server.call('POST', PATH, { token, body })
    expect(status).toBe(201)
    expect(json.prompt === longest && json.system_prompt === longest).toBe(true)
    expect((await list(token)).runs).toMatchObject([
      { prompt: '😀'.repeat(300), prompt_length: RUN_LIMITS.promptChars },
    ])
    const whole = await server.call('GET', `${PATH}/${json.id}`, { token })
    expect(whole.json.prompt === longest).toBe(true)
    const over = await server.call('POST', PATH, { token, body: { models: ['a/b'], prompt: `${longest}x` } })
    expect(over).toMatchObject({
      status: 422,
      json: { error: { message: 'prompt is longer than 200,000 characters.', field: 'prompt' } },
    })
    const flood = await server.call('POST', PATH, { token, body: `"${'x'.repeat(5_000_000)}"` })
    expect(flood).toMatchObject({ status: 413, json: { error: { code: 'too_large' } } })
  })

  it('leave the small bound to all other endpoints', async () => {
    const body = { email: 'ada@example.com', password: 'x'.repeat(70_000) }
    expect((await server.call('POST', '/api/auth/login', { body })).status).toBe(413)
  })

  it('say what is wrong with them, at the field where it is', async () => {
    const token = await newUser()
    const { status, json } = await server.call('POST', PATH, {
      token,
      body: { models: ['openai/gpt-4o', 'gpt\u200b4'], prompt: 'x' },
    })
    expect(status).toBe(422)
    expect(json.error).toEqual({
      code: 'invalid_request',
      message: 'models.1 holds an invisible character (U+200B) at position 4.',
      field: 'models.1',
    })
    expect((await list(token)).runs).toEqual([])
  })

  it('are listed the newest first, page by page, though several are of one moment and some go meanwhile', async () => {
    const token = await newUser()
    const created: Run[] = []
    for (let count = 0; count < 7; count++) {
      if (count % 3 === 0) at += 1
      created.push(await create(token, { prompt: `${count}` }))
    }
    const all = await list(token)
    expect(all.next).toBeNull()
    const times = all.runs.map(({ created_at }) => created_at)
    expect(times).toEqual(times.toSorted().reverse())
    expect(new Set(all.runs.map(({ prompt }) => prompt)).size).toBe(7)
    expect(await list(token)).toEqual(all)

    const first = await list(token, { limit: '3' })
    expect(first).toEqual({ runs: all.runs.slice(0, 3), next: all.runs[2]?.id })
    // also the one after which it goes on
    await server.call('DELETE', `${PATH}/${first.next}`, { token })
    const second = await list(token, { limit: '3', after: first.next ?? '' })
    const third = await list(token, { limit: '3', after: second.next ?? '' })
    expect([...second.runs, ...third.runs]).toEqual(all.runs.slice(3))
    expect(third.next).toBeNull()
  })

  it('are found by words of their prompt or models, however those are written', async () => {
    const token = await newUser()
    await create(token, { prompt: 'Über 100% of\nthe SKY', models: ['openai/gpt-4o'] })
    await create(token, { prompt: 'under_score \\ "quoted"', models: ['Groq/Llama-3', 'openai/o1'] })
    await create(token, { prompt: 'ПРИВЕТ мир', models: ['mistral/large'] })
    for (const [search, found] of [
      ['sky', ['Über 100% of\nthe SKY']],
      ['  Sky   über ', ['Über 100% of\nthe SKY']],
      ['ÜBER', ['Über 100% of\nthe SKY']],
      ['привет', ['ПРИВЕТ мир']],
      ['100%', ['Über 100% of\nthe SKY']],
      ['%', ['Über 100% of\nthe SKY']],
      ['_', ['under_score \\ "quoted"']],
      ['\\', ['under_score \\ "quoted"']],
      ['"quoted" llama', ['under_score \\ "quoted"']],
      ["'; drop table runs; --", []],
      ['sky llama', []],
      ['', ['ПРИВЕТ мир', 'under_score \\ "quoted"', 'Über 100% of\nthe SKY']],
    ] as const) {
      expect([search, (await promptsOf(token, { search })).sort()]).toEqual([search, [...found].sort()])
    }
  })

  it('are narrowed to a provider, a model and a status, exactly', async () => {
    const token = await newUser()
    await create(token, { prompt: '1', models: ['openai/gpt-4o', 'groq/openai/gpt'] })
    await create(token, { prompt: '2', models: ['openai/gpt-4o-mini'] })
    await create(token, { prompt: '3', models: ['groq/x_y'] })
    for (const [query, found] of [
      [{ provider: 'openai' }, ['1', '2']],
      [{ provider: 'groq' }, ['1', '3']],
      [{ provider: 'open' }, []],
      [{ provider: 'OpenAI' }, []],
      [{ model: 'openai/gpt-4o' }, ['1']],
      [{ model: 'openai/gpt' }, []],
      [{ model: 'openai/GPT-4o' }, []],
      [{ model: 'groq/x%y' }, []],
      [{ model: 'groq/x_y', provider: 'groq', status: 'failed', search: '3' }, ['3']],
      [{ status: 'finished' }, []],
    ] as [Record<string, string>, string[]][]) {
      expect([query, (await promptsOf(token, query)).sort()]).toEqual([query, found])
    }
    for (const [query, field] of [
      ['status=done', 'status'],
      ['after=xxx', 'after'],
      ['limit=1.5', 'limit'],
      ['limit=201', 'limit'],
    ]) {
      const { status, json } = await server.call('GET', `${PATH}?${query}`, { token })
      expect([query, status, json.error.field]).toEqual([query, 422, field])
    }
  })

  it('are gone when they are deleted, once', async () => {
    const token = await newUser()
    const { id } = await create(token)
    expect((await server.call('DELETE', `${PATH}/${id}`, { token })).status).toBe(204)
    for (const method of ['GET', 'DELETE']) {
      expect((await server.call(method, `${PATH}/${id}`, { token })).json.error.code).toBe('not_found')
    }
  })

  it.runIf(dialect === 'sqlite')(
    'leave nothing that can be read in the files when they are deleted',
    async () => {
      const token = await newUser()
      const { ROLLCALL_DATA_DIR: folder = '' } = server.place.environment
      const isInFiles = () =>
        readdirSync(folder)
          .filter((name) => /\.db(-wal)?$/.test(name))
          .some((name) => /unforgotten words/i.test(readFileSync(join(folder, name), 'latin1')))
      const { id } = await create(token, { prompt: 'Unforgotten words', system_prompt: 'unforgotten words' })
      expect(isInFiles()).toBe(true)
      await server.call('DELETE', `${PATH}/${id}`, { token })
      expect(isInFiles()).toBe(false)
    },
  )

  it('are in the export, the oldest first, and go with the account', async () => {
    const { token, userId, password } = await server.register()
    const first = await create(token, { prompt: 'first', system_prompt: 'be brief' })
    at += 1
    const second = await create(token, { prompt: 'x'.repeat(1_000) })
    const { json } = await server.call('GET', '/api/account/export', { token })
    expect(json.runs).toEqual([first, second])
    const answer = { model: 'openai/gpt-4o', status: 'failed', code: 'no_key', usage: {}, cost: null }
    expect(json.answer_usage).toMatchObject([answer, { ...answer, ended_at: second.finished_at }])
    // what it cost is told also once the run is gone
    await server.call('DELETE', `${PATH}/${first.id}`, { token })
    const later = await server.call('GET', '/api/account/export', { token })
    expect([later.json.runs, later.json.answer_usage]).toEqual([[second], json.answer_usage])
    await create(token)
    const rows = async () =>
      ((await readTables(server.place)).runs ?? []).filter((row) => row.user_id === userId)
    expect(await rows()).toHaveLength(2)
    await server.call('DELETE', '/api/account', { token, body: { password } })
    expect(await rows()).toEqual([])
  })

  it('are for a token with their scope', async () => {
    const { token } = await server.register()
    const made = await server.call('POST', '/api/access-tokens', {
      token,
      body: { name: 'runs alone', scopes: ['runs'] },
    })
    await create(made.json.token)
    expect((await list(made.json.token)).runs).toHaveLength(1)
    expect((await server.call('GET', '/api/available-models', { token: made.json.token })).status).toBe(403)
  })
})

describe.each(DIALECTS)('the bounds of runs on %s', (dialect) => {
  it.each([
    [10_000, 1, 'You have 10,000 runs already: delete some first.'],
    [1, 50_000_000, 'Your runs hold 50 million characters already: delete some first.'],
  ])('hold at %i runs of %i characters', async (count, characters, sentence) => {
    const server = await startTestServer({ dialect })
    const { token, userId } = await server.register()
    const { token: others } = await server.register()
    await server.close()
    const { ROLLCALL_DATA_DIR: dataDir = '', DATABASE_URL: databaseUrl } = server.place.environment
    const storage = await openStorage({ dataDir, databaseUrl })
    const rows = Array.from({ length: count }, (_, index) => ({
      id: newRunId(index),
      user_id: userId,
      created_at: index,
      status: 'not_started' as const,
      models: ' a/b ',
      parameters: '{}',
      characters,
      prompt: 'x',
      system_prompt: null,
      searched: 'x',
    }))
    for (let start = 0; start < count; start += 1_000) {
      await storage.db
        .insertInto('runs')
        .values(rows.slice(start, start + 1_000))
        .execute()
    }
    await storage.close()
    const again = await startTestServer({ dialect, place: server.place })
    const create = (by: string) =>
      again.call('POST', PATH, { token: by, body: { models: ['a/b'], prompt: 'x' } })
    expect(await create(token)).toMatchObject({
      status: 409,
      json: { error: { code: 'conflict', message: sentence } },
    })
    expect((await create(others)).status).toBe(201)
    const { json } = await again.call('GET', `${PATH}?limit=1`, { token })
    await again.call('DELETE', `${PATH}/${json.runs[0].id}`, { token })
    expect((await create(token)).status).toBe(201)
    await again.remove()
  })
})

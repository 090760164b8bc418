import type { Run, RunAnswer } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runSql } from '../testing/run-sql.ts'
import { DIALECTS, startTestServer, type TestServer } from '../testing/test-server.ts'

const MODELS = { groq: 'groq/openai/gpt-oss-120b', openrouter: 'openrouter/openai/gpt-5.5' }
const WRONG = 'gsk_another-invalid-key-0001'

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

describe.each(DIALECTS)('the key of a run on %s', (dialect) => {
  let server: TestServer
  let at = Date.UTC(2026, 10, 24)
  beforeAll(async () => {
    server = await startTestServer({ dialect, simulator, now: () => at })
  })
  afterAll(() => server.remove())

  const newUser = async () => (await server.register()).token
  const save = (token: string, provider: keyof typeof MODELS, key = simulator.keys[provider]) =>
    server.saveKeys(token, [provider], () => key)
  const refresh = (token: string) => server.call('GET', '/api/available-models?force_refresh=true', { token })

  /** How a run ends that is begun now. */
  async function answerNow(token: string, provider: keyof typeof MODELS): Promise<RunAnswer | undefined> {
    const body = { models: [MODELS[provider]], prompt: 'Why?' }
    const { json } = await server.call('POST', '/api/runs', { token, body })
    const find = async () => (await server.call('GET', `/api/runs/${json.id}`, { token })).json as Run
    await expect.poll(async () => (await find()).status).not.toBe('running')
    return (await find()).answers[0]
  }

  it('is the one that is saved now', async () => {
    const token = await newUser()
    expect(await answerNow(token, 'groq')).toMatchObject({ failure: { code: 'no_key' } })
    await save(token, 'groq')
    expect(await answerNow(token, 'groq')).toMatchObject({ status: 'finished' })
    await save(token, 'groq', WRONG)
    expect(await answerNow(token, 'groq')).toMatchObject({ failure: { code: 'key_rejected' } })
    await save(token, 'groq')
    expect(await answerNow(token, 'groq')).toMatchObject({ status: 'finished' })
    await server.call('DELETE', '/api/api-keys/groq', { token })
    expect(await answerNow(token, 'groq')).toMatchObject({ failure: { code: 'no_key' } })
  })

  it('is one that was not rejected, where there is one', async () => {
    const token = await newUser()
    await save(token, 'groq', WRONG)
    await refresh(token)
    // the list of the other one is not known yet
    await simulator.set('groq', { latencyMs: 60_000, path: '/models' })
    const body = { provider: 'groq', key: simulator.keys.groq, label: 'work' }
    await server.call('POST', '/api/api-keys', { token, body })
    expect(await answerNow(token, 'groq')).toMatchObject({ status: 'finished' })
  })

  it('brings the price that its list tells now', async () => {
    const token = await newUser()
    await simulator.set('openrouter', { fault: 'D27-500' })
    await save(token, 'openrouter')
    await refresh(token)
    await simulator.reset()
    expect(await answerNow(token, 'openrouter')).toMatchObject({ status: 'finished', pricing: null })
    at += 5 * 60_000
    await refresh(token)
    expect(await answerNow(token, 'openrouter')).toMatchObject({
      status: 'finished',
      pricing: { input: expect.any(Number) },
    })
  })

  it('is forgotten where another database was put in the place of this one', async () => {
    const token = await newUser()
    await save(token, 'groq')
    // from here on nothing is heard of it any more
    await refresh(token)
    expect(await answerNow(token, 'groq')).toMatchObject({ status: 'finished' })
    await runSql(server.place, 'delete from api_keys')
    await expect
      .poll(() => answerNow(token, 'groq'), { timeout: 5_000 })
      .toMatchObject({ failure: { code: 'no_key' } })
  })
})

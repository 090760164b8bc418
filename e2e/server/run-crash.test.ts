import type { Run } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../../packages/server/src/testing/call.ts'
import { listenToEvents } from '../../packages/server/src/testing/events.ts'
import { readTables } from '../../packages/server/src/testing/read-tables.ts'
import { startServerProcess } from '../../packages/server/src/testing/server-process.ts'
import {
  basesOf,
  createPlace,
  DIALECTS,
  recordPlace,
  startTestServer,
} from '../../packages/server/src/testing/test-server.ts'

/** For many minutes. */
const LONG = { tokens: 100_000, tokenMs: 20 }
const MODEL = 'groq/openai/gpt-oss-120b'

let simulator: Simulator
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
  await simulator.set('groq', LONG)
})
afterAll(() => simulator.close())

async function start(call: Call, token: string): Promise<string> {
  const { status, json, text } = await call('POST', '/api/runs', {
    token,
    body: { models: [MODEL, 'openai/gpt-4o-mini'], prompt: 'Go on.' },
  })
  expect([status, text]).toEqual([201, expect.any(String)])
  return json.id
}

const find = async (call: Call, token: string, id: string) =>
  (await call('GET', `/api/runs/${id}`, { token })).json as Run

describe.each(DIALECTS)('a run on %s', (dialect) => {
  it('whose server is killed is interrupted, and keeps what was written down', {
    timeout: 120_000,
  }, async () => {
    const place = await createPlace(dialect)
    const killed = await startServerProcess({ ...place.environment, ...basesOf(simulator) })
    const account = { email: 'ada@example.com', password: 'a long enough password' }
    const { json } = await killed.call('POST', '/api/auth/register', { body: account })
    const token = json.access_token as string
    for (const provider of ['groq', 'openai'] as const) {
      const body = { provider, key: simulator.keys[provider] }
      expect((await killed.call('POST', '/api/api-keys', { token, body })).status).toBe(201)
    }
    const id = await start(killed.call, token)
    // rows come in any order
    const written = async () =>
      (await readTables(place)).run_answers?.find(({ position }) => position === 0)?.reasoning
    await expect.poll(written).toMatch(/\w/)
    await killed.end('SIGKILL')
    const reasoning = await written()

    // on a database that others may share, nobody knows at once that it is dead
    const now = dialect === 'postgres' ? () => Date.now() + 31_000 : Date.now
    const server = await startTestServer({ dialect, simulator, now, place })
    const signedIn = await server.call('POST', '/api/auth/login', { body: account })
    const again = signedIn.json.access_token as string
    const run = await find(server.call, again, id)
    expect(run.status).toBe('interrupted')
    expect(run.answers).toMatchObject([
      {
        status: 'interrupted',
        failure: { code: 'interrupted' },
        reasoning,
        first_token_ms: expect.any(Number),
      },
      { status: 'finished' },
    ])
    expect((await readTables(place)).answer_usage?.map((row) => row.status).sort()).toEqual([
      'finished',
      'interrupted',
    ])
    // its place is free again
    for (let count = 0; count < 4; count++) await start(server.call, again)
    await recordPlace(place)
    await server.remove()
  })
})

describe('a run on a database of two servers', () => {
  it('is told by both, and stopped by the one that does not run it', async () => {
    const one = await startTestServer({ dialect: 'postgres', simulator })
    const other = await startTestServer({ dialect: 'postgres', simulator, place: one.place })
    const { token } = await one.register()
    await one.saveKeys(token, ['groq', 'openai'])
    const id = await start(one.call, token)
    const events = await listenToEvents(other, `/api/runs/${id}/events`, token)
    for (let event = await events.next(); event?.data.index !== 0; event = await events.next()) {}
    expect((await other.call('POST', `/api/runs/${id}/cancel`, { token })).json.status).toBe('cancelled')
    expect((await events.all()).at(-1)).toMatchObject({ event: 'done', data: { status: 'cancelled' } })
    const [here, there] = [await find(one.call, token, id), await find(other.call, token, id)]
    expect(here).toEqual(there)
    expect(here.answers[0]).toMatchObject({ status: 'cancelled', reasoning: expect.stringMatching(/\w/) })

    // nor does a deletion there leave it running here
    const gone = await start(one.call, token)
    expect((await other.call('DELETE', `/api/runs/${gone}`, { token })).status).toBe(204)
    await expect
      .poll(async () => (await readTables(one.place)).answer_usage?.map((row) => row.status).sort())
      .toEqual(['cancelled', 'cancelled', 'finished', 'finished'])
    await other.close()
    await one.remove()
  })
})

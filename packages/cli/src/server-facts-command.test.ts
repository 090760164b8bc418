import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts'
import { runRollcall } from './testing/run-rollcall.ts'
import { type SignedIn, signIn } from './testing/signed-in.ts'

describe('facts and marks at a server', () => {
  let simulator: Simulator
  let server: TestServer
  let user: SignedIn

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ simulator })
    user = await signIn(server)
    await server.saveKeys(user.token, ['groq', 'openai', 'openrouter'])
  })
  afterAll(async () => {
    user.remove()
    await server.remove()
    await simulator.close()
  })

  const run = (...parameters: string[]) => runRollcall(parameters, { environment: user.environment })
  const mark = (body: object) => server.call('PATCH', '/api/model-marks', { token: user.token, body })
  const listed = async (...more: string[]) =>
    (await run('models', '--server', '--ids', ...more)).stdout.trimEnd().split('\n').filter(Boolean)

  it('favourites are added, listed and removed', async () => {
    const added = await run('favourite', 'add', 'groq/openai/gpt-oss-120b', 'gpt-5.5')
    expect(added).toMatchObject({ exitCode: 0, stderr: '' })
    expect(added.stdout).toBe(
      'groq/openai/gpt-oss-120b is a favourite now.\nopenai/gpt-5.5 is a favourite now.\n',
    )
    expect((await listed('--favourite')).toSorted()).toEqual(['groq/openai/gpt-oss-120b', 'openai/gpt-5.5'])
    const removed = await run('favourite', 'remove', 'openai/gpt-5.5', 'gone/model')
    expect(removed.stdout).toBe('openai/gpt-5.5 is no favourite any more.\ngone/model was no favourite.\n')
    expect(await listed('--favourite')).toEqual(['groq/openai/gpt-oss-120b'])
    const unknown = await run('favourite', 'add', 'groq/no-such-model')
    expect(unknown).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('None of your keys'),
    })
  })

  it('what is hidden is left out, and found by whoever asks for it', async () => {
    await mark({ id: 'groq/whisper-large-v3', is_hidden: true })
    expect(await listed('--hidden')).toEqual(['groq/whisper-large-v3'])
    const all = await listed('-p', 'groq')
    expect(all).not.toContain('groq/whisper-large-v3')
    expect(all.length).toBeGreaterThan(2)
  })

  it('models are narrowed by what is known of them', async () => {
    const { json } = await server.call('GET', '/api/models?min_context=131072&capability=tools&limit=500', {
      token: user.token,
    })
    const found = json.models.map(({ id }: { id: string }) => id)
    expect(found.length).toBeGreaterThan(0)
    const ids = await listed('--min-context', '131072', '--capability', 'tools')
    expect(ids.toSorted()).toEqual(found.toSorted())
  })

  it('one is shown as its reader has set it right', async () => {
    await mark({ id: 'groq/openai/gpt-oss-120b', facts: { context_window: 99_000 } })
    const { stdout, exitCode } = await run('show', 'groq/openai/gpt-oss-120b', '--server')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^groq\/openai\/gpt-oss-120b {2}★ favourite\n/)
    expect(stdout).toMatch(/context window +99,000 +you \d{4}-\d\d-\d\d\n/)
    expect(stdout).toMatch(/Without what you set right\n +context_window +131072 +the provider\n/)
    const json = JSON.parse((await run('show', 'gpt-5.5', '--server', '--json')).stdout)
    expect(json).toMatchObject({ model: { id: 'openai/gpt-5.5' }, is_favourite: false, differs: [] })
    expect(json.same_model.map(({ id }: { id: string }) => id)).toEqual(['openrouter/openai/gpt-5.5'])
  })

  it('several are compared', async () => {
    const { stdout, exitCode } = await run('compare', 'gpt-oss-120b', 'openai/gpt-5.5', '--server')
    // several providers have the first one
    expect({ stdout, exitCode }).toMatchObject({ exitCode: 1 })
    const both = await run('compare', 'groq/openai/gpt-oss-120b', 'openai/gpt-5.5', '--server')
    expect(both).toMatchObject({ exitCode: 0, stderr: '' })
    expect(both.stdout).toMatch(/context window +99,000/)
  })

  it.each([
    [['show', '--server', 'openai/gpt-4o'], 2, 'Put --server at the end'],
    [['show', 'openai/gpt-5.5', '--server', '--demo'], 2, '--demo and --server exclude each other.'],
    [['compare', 'a/b', 'a/c', '--no-catalogue', '--server'], 2, '--no-catalogue has no say with --server'],
    [['show', 'openai/nothing', '--server'], 1, 'None of your keys can use openai/nothing: "rollcall'],
  ])('%j says what is wrong', async (parameters, exitCode, words) => {
    expect(await run(...parameters)).toMatchObject({
      exitCode,
      stdout: '',
      stderr: expect.stringContaining(words),
    })
  })
})

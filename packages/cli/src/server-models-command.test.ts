import { AvailableModels } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts'
import { environmentFor, type RunOptions, runRollcall } from './testing/run-rollcall.ts'
import { type SignedIn, signIn } from './testing/signed-in.ts'

const HOUR_MS = 3_600_000

describe('rollcall models --server', () => {
  let simulator: Simulator
  let server: TestServer
  let user: SignedIn
  let aheadMs = 0

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ simulator, now: () => Date.now() + aheadMs })
  })
  beforeEach(async () => {
    user = await signIn(server)
  })
  afterEach(async () => {
    user.remove()
    aheadMs = 0
    await simulator.reset()
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const run = (parameters: readonly string[] = [], options: RunOptions = {}) =>
    runRollcall(['models', '--server', ...parameters], {
      ...options,
      environment: { ...user.environment, ...options.environment },
    })
  const json = async (...parameters: string[]) => {
    const { stdout, exitCode } = await run(['--json', ...parameters])
    return { exitCode, answer: AvailableModels.parse(JSON.parse(stdout)) }
  }

  it('prints what the server answers, first asked and then known', async () => {
    await server.saveKeys(user.token)
    const first = await json()
    expect(first.exitCode).toBe(0)
    const { json: answer } = await server.call('GET', '/api/available-models', { token: user.token })
    expect(first.answer.providers).toEqual(answer.providers)
    const before = simulator.requests.length
    const second = await json()
    expect(second.answer.statuses.map(({ status }) => status)).toEqual(Array(9).fill('cached'))
    expect(second.exitCode).toBe(0)
    expect(simulator.requests).toHaveLength(before)
    // with an address it is asked there, wherever the variable says
    const elsewhere = await run([server.address, '--json'], {
      environment: { ROLLCALL_SERVER: 'http://127.0.0.1:1' },
    })
    expect(JSON.parse(elsewhere.stdout)).toEqual(second.answer)
  })

  it('reads no key of this shell', async () => {
    await server.saveKeys(user.token, ['groq'])
    const { stdout, stderr } = await run(['--json'], {
      environment: { ...environmentFor(simulator), OPENAI_API_KEY: 'a b' },
    })
    expect(JSON.parse(stdout).statuses).toMatchObject([{ provider_key: 'groq' }])
    expect(stderr).toBe('')
  })

  it('has every provider asked anew with --refresh', async () => {
    await server.saveKeys(user.token, ['groq', 'openai'])
    await json()
    const { answer } = await json('--refresh')
    expect(answer.statuses.map(({ status }) => status)).toEqual(['fresh', 'fresh'])
  })

  it('prints the same table, csv and ids, narrowed the same way', async () => {
    await server.saveKeys(user.token, ['groq', 'openai', 'cohere'])
    const { answer } = await json('--kind', 'embedding', '--sort', 'id')
    expect(answer.statuses).toHaveLength(3)
    const ids = answer.providers.slice(0, -1).flatMap(({ models }) => models.map(({ id }) => id))
    expect(ids.length).toBeGreaterThan(0)
    const lines = (text: string) => text.trimEnd().split(/\r?\n/)
    const narrowed = ['--kind', 'embedding', '--sort', 'id']
    expect(lines((await run(['--ids', ...narrowed])).stdout).toSorted()).toEqual(ids.toSorted())
    expect(lines((await run(['--csv', ...narrowed])).stdout)).toHaveLength(ids.length + 1)
    const table = await run(narrowed)
    expect(table.stdout).toMatch(/^MODEL +NAME/)
    expect(table.stdout).toContain(`${ids.length} models from`)
    expect((await run(['--ids', '--search', 'no-such-model'])).stdout).toBe('')
  })

  it('has only the named providers asked, and says which have no key', async () => {
    await server.saveKeys(user.token, ['groq', 'openai'])
    await vi.waitFor(() => expect(new Set(simulator.requests.map(({ provider }) => provider)).size).toBe(2))
    const before = simulator.requests.length
    const { stdout, exitCode } = await run(['-p', 'groq,mistral', '--refresh'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('groq/')
    expect(stdout).not.toMatch(/^openai\//m)
    expect(stdout).toContain('Mistral was not asked: store a key with "rollcall keys add mistral".')
    expect(simulator.requests.slice(before).map(({ provider }) => provider)).toEqual(['groq'])
  })

  it('says how to begin where there is no key', async () => {
    const table = await run()
    expect(table.exitCode).toBe(0)
    expect(table.stdout).toContain(`You have no keys at ${server.address}: store one with "rollcall keys add`)
    const { exitCode, answer } = await json()
    expect(exitCode).toBe(0)
    expect(answer).toMatchObject({ providers: [{ provider_key: 'custom' }], statuses: [] })
  })

  it('counts what is known as answered, and says how old it is', async () => {
    await server.saveKeys(user.token, ['groq'])
    await json('--refresh')
    await simulator.set('groq', { fault: 'D27-500' })
    aheadMs = 2 * HOUR_MS
    const stale = await run()
    expect(stale.exitCode).toBe(0)
    expect(stale.stdout).toMatch(
      /! Groq's list is of 2\d{3}-\d\d-\d\d \d\d:\d\d UTC and is being asked for anew/,
    )
    const failed = await run(['--refresh'])
    expect(failed.exitCode).toBe(0)
    expect(failed.stdout).toMatch(/! Groq has a problem .*; meanwhile its last good list is shown\./)
    expect(failed.stdout).toContain('groq/')
  })

  it('ends with 1 where nothing was ever answered, also with a static list', async () => {
    await simulator.set('anthropic', { fault: 'D27-500' })
    await simulator.set('mistral', { fault: 'D7' })
    await server.saveKeys(user.token, ['anthropic', 'mistral'])
    const { stdout, exitCode } = await run()
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/✗ Mistral rejected this key/)
  })

  it('names the key by its label', async () => {
    await simulator.set('mistral', { fault: 'D7' })
    const body = { provider: 'mistral', label: 'work', key: simulator.keys.mistral }
    await server.call('POST', '/api/api-keys', { token: user.token, body })
    expect((await run()).stdout).toMatch(/✗ work: Mistral rejected this key/)
  })

  it('says in a sentence why there is no answer', async () => {
    const gone = await run(['http://127.0.0.1:1', '--json'])
    expect(gone).toMatchObject({ exitCode: 1, stdout: '' })
    expect(gone.stderr).toBe('http://127.0.0.1:1 could not be reached: check the address and that it runs.\n')
    await server.call('DELETE', '/api/access-tokens/current', { token: user.token })
    const refused = await run(['--json'])
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
    expect(refused.stderr).toContain('does not take this token')
  })

  it('says so where the token may not do this', async () => {
    const other = await signIn(server, ['keys'])
    const refused = await run([], { environment: other.environment })
    other.remove()
    expect(refused).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('lacks the scope "models": put another one into ROLLCALL_TOKEN.'),
    })
  })

  it.each([
    [['--demo'], '--demo and --server exclude each other.'],
    [['--timeout', '5'], '--timeout has no say with --server'],
    [['--json', '--ids'], '--json and --ids exclude each other.'],
    [['--kind', 'chats'], '--kind chats is not known'],
    [['nonsense'], '--server is not an address'],
  ])('%j is wrong usage', async (parameters, words) => {
    const wrong = await run(parameters)
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(words) })
  })

  it('is what --refresh goes with', async () => {
    const wrong = await runRollcall(['models', '--refresh'])
    expect(wrong).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('--refresh goes with'),
    })
  })

  it('ends with 130 on Ctrl-C', async () => {
    await server.saveKeys(user.token, ['openai'])
    await json()
    await simulator.set('openai', { fault: 'C1' })
    const before = simulator.requests.length
    const interrupted = await run(['--refresh'], {
      onStart: (child) => {
        void vi
          .waitFor(() => expect(simulator.requests.length).toBeGreaterThan(before), { timeout: 10_000 })
          .then(() => child.kill('SIGINT'))
      },
    })
    expect(interrupted).toMatchObject({ exitCode: 130, stdout: '', stderr: '' })
  })
})

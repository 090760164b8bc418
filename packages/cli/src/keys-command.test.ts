import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { CANARY } from '../../server/src/testing/find-keys.ts'
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts'
import { hasTerminal, runInTerminal } from './testing/run-in-terminal.ts'
import { runRollcall } from './testing/run-rollcall.ts'
import { type SignedIn, signIn } from './testing/signed-in.ts'

describe('rollcall keys', () => {
  let simulator: Simulator
  let server: TestServer
  let user: SignedIn

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ simulator })
  })
  beforeEach(async () => {
    user = await signIn(server)
  })
  afterEach(async () => {
    user.remove()
    await simulator.reset()
  })
  afterAll(async () => {
    await server.remove()
    await simulator.close()
  })

  const keys = (parameters: readonly string[], stdin?: string) =>
    runRollcall(['keys', ...parameters], {
      environment: user.environment,
      ...(stdin === undefined ? {} : { stdin }),
    })
  const stored = async () => JSON.parse((await keys(['list', '--json'])).stdout).api_keys
  const settled = () =>
    vi.waitFor(async () => {
      const { json } = await server.call('GET', '/api/api-keys', { token: user.token })
      for (const key of json.api_keys) expect(key).toMatchObject({ is_refreshing: false, status: {} })
    })

  it('adds, replaces, lists and removes', async () => {
    const added = await keys(['add', 'Groq'], `${simulator.keys.groq}\n`)
    expect(added).toMatchObject({ exitCode: 0, stderr: '' })
    expect(added.stdout).toMatch(/^The Groq key .+ is stored at http.+, and its models are asked for\.\n$/)
    expect((await keys(['add', 'groq', '--label', 'work'], simulator.keys.groq)).exitCode).toBe(0)
    expect((await keys(['add', 'groq', '--label', 'work'], simulator.keys.groq)).exitCode).toBe(0)
    await settled()
    expect(await stored()).toMatchObject([
      { provider: 'groq', label: null, status: { status: 'cached' } },
      { provider: 'groq', label: 'work' },
    ])
    const { stdout } = await keys(['list'])
    expect(stdout).toMatch(
      /^PROVIDER {2}LABEL {2}KEY +SET ON +MODELS\ngroq .+ \d+ models\ngroq +work .+ models\n$/,
    )

    const removed = await keys(['remove', 'groq', '--label', 'work'])
    expect(removed).toMatchObject({ exitCode: 0, stderr: '' })
    expect(removed.stdout).toBe(`The Groq (work) key is gone from ${server.address}.\n`)
    expect((await keys(['remove', 'groq'])).exitCode).toBe(0)
    expect((await keys(['list'])).stdout).toBe(
      `You have no keys at ${server.address}. Add one with: rollcall keys add <provider>\n`,
    )
  })

  it('says what became of each', async () => {
    await simulator.set('mistral', { fault: 'D7' })
    await simulator.set('anthropic', { fault: 'D27-500' })
    await keys(['add', 'mistral', '--label', 'work'], simulator.keys.mistral)
    await keys(['add', 'anthropic'], simulator.keys.anthropic)
    await settled()
    const { stdout } = await keys(['list'])
    expect(stdout).toMatch(/mistral +work .+ key rejected\n/)
    expect(stdout).toMatch(/anthropic .+ models \(static\)\n/)
    expect(stdout).toMatch(/\n✗ work: Mistral rejected this key/)
  })

  it('sends a key as it is, but for the newline at its end', async () => {
    const wrong = await keys(['add', 'groq'], `gsk-with gap ${CANARY}\n`)
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/contains a space at position 9.*: copy it again\.\n$/)
    expect(await stored()).toEqual([])
  })

  it.each([
    [['add', 'grok'], 'grok is not known. Providers are: openai'],
    [['add'], "missing required argument 'provider'"],
    [['add', 'groq', 'gsk-0000'], 'too many arguments'],
    [['add', 'groq'], 'Nothing was piped in: the Groq key is read from standard input.'],
    [['remove', 'grok'], 'is not known'],
    [['steal'], "unknown command 'steal'"],
    [[], 'Usage: rollcall keys'],
  ])('%j is wrong usage', async (parameters, words) => {
    const run = await keys(parameters)
    expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(words) })
  })

  it('says so where there is no such key', async () => {
    expect(await keys(['remove', 'openai'])).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: 'You have no such key.\n',
    })
  })

  it.skipIf(!hasTerminal)(
    'asks for the key unseen in a terminal (skipped where util-linux’s script is missing)',
    async () => {
      const { exitCode, output } = await runInTerminal('keys add openai', {
        environment: user.environment,
        typing: [{ after: 'OpenAI key', keys: `${simulator.keys.openai}\r` }],
      })
      expect(exitCode).toBe(0)
      expect(output).toContain('is stored at')
      expect(output).not.toContain(simulator.keys.openai)
      expect(await stored()).toMatchObject([{ provider: 'openai' }])
    },
  )
})

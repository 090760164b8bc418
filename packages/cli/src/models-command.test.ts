import { PROVIDERS } from '@rollcall/core'
import { AvailableModels } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { environmentFor, type Run, runRollcall } from './testing/run-rollcall.ts'

const CUSTOM_ALONE = {
  providers: [
    {
      name: 'Custom',
      provider_key: 'custom',
      models: [
        { id: 'custom', name: 'Custom Model', description: 'Enter a model id as provider/model-name' },
      ],
    },
  ],
  statuses: [],
}

describe('rollcall models', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
  })
  afterEach(() => simulator.reset())
  afterAll(() => simulator.close())

  const answerOf = (run: Run) => AvailableModels.parse(JSON.parse(run.stdout))

  describe('without a key', () => {
    it('says so, names every variable and offers the demo', async () => {
      const run = await runRollcall(['models'])
      expect(run.exitCode).toBe(0)
      for (const { keyVariables } of PROVIDERS)
        for (const name of keyVariables) expect(run.stdout).toContain(name)
      expect(run.stdout).toContain('--demo')
    })

    it('gives programs the Custom entry alone, and nothing else', async () => {
      const run = await runRollcall(['models', '--json'], { environment: { OPENAI_API_KEY: '' } })
      expect(run).toMatchObject({ exitCode: 0, stderr: '' })
      expect(JSON.parse(run.stdout)).toEqual(CUSTOM_ALONE)
    })

    it('leaves csv and ids empty', async () => {
      expect((await runRollcall(['models', '--ids'])).stdout).toBe('')
      expect((await runRollcall(['models', '--csv'])).stdout.split('\r\n').filter(Boolean)).toHaveLength(1)
    })
  })

  describe('with nine keys', () => {
    it('gives the answer of the contract as JSON', async () => {
      const run = await runRollcall(['models', '--json'], { environment: environmentFor(simulator) })
      expect(run).toMatchObject({ exitCode: 0, stderr: '' })
      const { providers, statuses } = answerOf(run)
      expect(providers.map(({ provider_key }) => provider_key)).toEqual([
        ...PROVIDERS.map(({ key }) => key),
        'custom',
      ])
      expect(statuses).toHaveLength(9)
      for (const status of statuses)
        expect(status).toMatchObject({ status: 'fresh', code: null, label: null })
      for (const { provider_key, models } of providers.slice(0, -1)) {
        for (const { id } of models) expect(id.startsWith(`${provider_key}/`)).toBe(true)
      }
    })

    it('prints one line per model as table, csv and ids', async () => {
      const environment = environmentFor(simulator)
      const [json, table, csv, ids] = await Promise.all(
        [['--json'], [], ['--csv'], ['--ids']].map((output) =>
          runRollcall(['models', ...output], { environment }),
        ),
      )
      const all = answerOf(json as Run)
        .providers.slice(0, -1)
        .flatMap(({ models }) => models.map(({ id }) => id))
      expect(ids?.stdout.trimEnd().split('\n')).toEqual(all)
      expect(
        csv?.stdout
          .trimEnd()
          .split('\r\n')
          .slice(1)
          .map((line) => line.split(',')[0]),
      ).toEqual(all)
      const lines = table?.stdout.split('\n') ?? []
      expect(lines.slice(1, 1 + all.length).map((line) => line.split(' ')[0])).toEqual(all)
      expect(table?.stdout).toContain(`${all.length} models from 9 providers`)
    })

    it('narrows by provider, kind and words, and leaves the statuses alone', async () => {
      const environment = environmentFor(simulator)
      const some = await runRollcall(['models', '--json', '-p', 'openai,cohere', '-k', 'embedding'], {
        environment,
      })
      const { providers, statuses } = answerOf(some)
      expect(statuses.map(({ provider_key }) => provider_key)).toEqual(['openai', 'cohere'])
      expect(statuses.every(({ model_count }) => model_count > 1)).toBe(true)
      const models = providers.slice(0, -1).flatMap((group) => group.models)
      expect(models.length).toBeGreaterThan(0)
      expect(models.every(({ kind }) => kind === 'embedding')).toBe(true)
      expect(simulator.requests.map(({ provider }) => provider).toSorted()).toEqual(['cohere', 'openai'])

      const nothing = await runRollcall(['models', '--json', '--search', 'no-such-model'], { environment })
      expect(answerOf(nothing).providers.map(({ provider_key }) => provider_key)).toEqual(['custom'])
      expect(nothing.exitCode).toBe(0)
    })

    it('sorts', async () => {
      const run = await runRollcall(['models', '--ids', '--sort', 'id'], {
        environment: environmentFor(simulator),
      })
      const ids = run.stdout.trimEnd().split('\n')
      expect(ids).toEqual(ids.toSorted((a, b) => a.localeCompare(b, 'en')))
    })
  })

  describe('when a provider fails', () => {
    it('shows the others, and one sentence below', async () => {
      await simulator.set('mistral', { fault: 'D7' })
      const run = await runRollcall(['models'], { environment: environmentFor(simulator) })
      expect(run.exitCode).toBe(0)
      expect(run.stdout).toContain('openai/')
      expect(run.stdout).toMatch(/✗ Mistral rejected this key \(401\): replace it .+\.\n/)
    })

    it('ends with 1 when all that were asked failed, a static list notwithstanding', async () => {
      await simulator.set('anthropic', { fault: 'D27-500' })
      const environment = environmentFor(simulator, ['anthropic'])
      const run = await runRollcall(['models', '--json'], { environment })
      expect(run.exitCode).toBe(1)
      const { providers, statuses } = answerOf(run)
      expect(statuses).toMatchObject([{ status: 'static', code: 'upstream_error', http_status: 500 }])
      expect(providers[0]).toMatchObject({ provider_key: 'anthropic' })
      expect(statuses[0]?.message).toContain('2026-02-19')
    })

    it('tells programs on stderr, so that stdout stays clean', async () => {
      await simulator.set('groq', { fault: 'D27-500' })
      const run = await runRollcall(['models', '--ids'], { environment: environmentFor(simulator) })
      expect(run.stdout).not.toContain('Groq')
      expect(run.stderr).toContain('Groq has a problem')
    })

    it('says which of the named providers have no key', async () => {
      const environment = environmentFor(simulator, ['groq'])
      const some = await runRollcall(['models', '-p', 'groq,openai'], { environment })
      expect(some.exitCode).toBe(0)
      expect(some.stdout).toContain('OpenAI was not asked: set OPENAI_API_KEY.')
      const none = await runRollcall(['models', '-p', 'openai', '--json'], { environment })
      expect(none).toMatchObject({
        exitCode: 0,
        stderr: expect.stringContaining('No API key is set for OpenAI'),
      })
      expect(JSON.parse(none.stdout)).toEqual(CUSTOM_ALONE)
    })

    it('fails when the only key is no key', async () => {
      const run = await runRollcall(['models'], { environment: { OPENAI_API_KEY: 'a b' } })
      expect(run.exitCode).toBe(1)
      expect(run.stdout).toContain(
        'OPENAI_API_KEY contains a space at position 2, so it was not sent: set it again.',
      )
    })

    it('says how many entries it could not read', async () => {
      await simulator.set('groq', { fault: 'G4' })
      const run = await runRollcall(['models'], { environment: environmentFor(simulator, ['groq']) })
      expect(run.stdout).toMatch(/! Groq lists \d+ entries that cannot be read; the others are shown\./)
    })

    it('marks what is only from the static list', async () => {
      await simulator.set('anthropic', { fault: 'D27-500' })
      const run = await runRollcall(['models'], {
        environment: environmentFor(simulator, ['anthropic', 'groq']),
      })
      expect(run.stdout).toMatch(/anthropic\/claude-opus-4-6 +Claude Opus 4\.6 +chat \(static\)/)
      expect(run.stdout).toContain('(10 of them from a static list)')
    })

    it('asks with the key that is set first, and skips one that is no key', async () => {
      const environment = {
        ...environmentFor(simulator, ['google', 'openai']),
        GOOGLE_API_KEY: 'never-looked-at',
        OPENAI_API_KEY: 'sk-with\u200bgap',
      }
      const run = await runRollcall(['models', '--json'], { environment })
      expect(answerOf(run).statuses).toMatchObject([
        {
          provider_key: 'openai',
          status: 'failed',
          code: 'misconfigured',
          message: expect.stringContaining('position 8'),
        },
        { provider_key: 'google', status: 'fresh' },
      ])
      expect(run.stdout).not.toContain('sk-with')
      expect(simulator.requests.filter(({ provider }) => provider === 'openai')).toEqual([])
    })

    it('obeys the time limit, from the option before the variable', async () => {
      await simulator.set('openai', { fault: 'C1' })
      const environment = { ...environmentFor(simulator, ['openai']), ROLLCALL_PROVIDER_TIMEOUT_MS: '60000' }
      const run = await runRollcall(['models', '--timeout', '300ms'], { environment })
      expect(run.exitCode).toBe(1)
      expect(run.stdout).toContain('OpenAI timed out: there was no complete answer within 0.3 s')
    })
  })

  describe('used wrongly', () => {
    it.each([
      [['models', '--provider', 'opanai'], {}, 'openai, anthropic, google'],
      [['models', '--kind', 'chats'], {}, 'chat, completion'],
      [['models', '--kind', ','], {}, 'names no kind'],
      [['models', '--provider', ''], {}, 'names no provider'],
      [['models'], { ROLLCALL_GROQ_BASE_URL: 'https://host.example/v1?' }, 'ROLLCALL_GROQ_BASE_URL'],
      [['models'], { ROLLCALL_GROQ_BASE_URL: 'https://host.example/v1#' }, 'ROLLCALL_GROQ_BASE_URL'],
      [['models', '--sort', 'size'], {}, 'id, name, context'],
      [['models', '--timeout', 'soon'], {}, '--timeout'],
      [['models', '--timeout', '0'], {}, '--timeout'],
      [['models', '--json', '--csv'], {}, '--json and --csv'],
      [['models', 'extra'], {}, 'too many arguments'],
      [['modles'], {}, 'models'],
      [['models', '--nope'], {}, '--nope'],
      [['completion', 'tcsh'], {}, 'bash, zsh, fish'],
      [['models'], { ROLLCALL_OPENAI_BASE_URL: 'http://api.example.com/v1' }, 'ROLLCALL_OPENAI_BASE_URL'],
      [['models'], { ROLLCALL_GROQ_BASE_URL: 'nonsense' }, 'ROLLCALL_GROQ_BASE_URL'],
      [['models'], { ROLLCALL_PROVIDER_TIMEOUT_MS: '10s' }, 'ROLLCALL_PROVIDER_TIMEOUT_MS'],
      [['models'], { HTTPS_PROXY: 'ftp://user:hidden@proxy' }, 'HTTPS_PROXY'],
    ])('%j %j says what is right and ends with 2', async (parameters, environment, words) => {
      const run = await runRollcall(parameters, { environment })
      expect(run.exitCode).toBe(2)
      expect(run.stdout).toBe('')
      expect(run.stderr).toContain(words)
      expect(run.stderr).not.toMatch(/hidden|\n {4}at /)
    })
  })

  it('shows what would act unseen on a terminal', async () => {
    for (const provider of ['openrouter', 'google', 'together'] as const)
      await simulator.set(provider, { fault: 'G8' })
    for (const output of [[], ['--json'], ['--csv'], ['--ids']]) {
      const run = await runRollcall(['models', ...output], { environment: environmentFor(simulator) })
      expect(run.exitCode).toBe(0)
      expect(run.stdout.replace(/[\r\n]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      if (output.length === 0) expect(run.stdout).toMatch(/\\u\{1b\}/)
    }
  })

  it('ends with 130 on Ctrl-C and lets go of every socket', async () => {
    await simulator.set('openai', { fault: 'C1' })
    const run = await runRollcall(['models', '--timeout', '60'], {
      environment: environmentFor(simulator, ['openai']),
      onStart: (child) => {
        void vi
          .waitFor(() => expect(simulator.requests).toHaveLength(1), { timeout: 10_000 })
          .then(() => child.kill('SIGINT'))
      },
    })
    expect(run).toMatchObject({ exitCode: 130, stdout: '' })
    await vi.waitFor(() => expect(simulator.openConnections()).toBe(0))
  })

  it('never prints a key, nor asks with it in an address', async () => {
    for (const fault of ['J2', 'J3', 'D7', 'D27-500'] as const) {
      await simulator.set('openai', { fault })
      const run = await runRollcall(['models'], { environment: environmentFor(simulator) })
      for (const key of Object.values(simulator.keys)) expect(run.stdout + run.stderr).not.toContain(key)
    }
    for (const { path } of simulator.requests) {
      for (const key of Object.values(simulator.keys)) expect(path).not.toContain(key)
    }
  })

  it('plays the demo with no key at all', async () => {
    const run = await runRollcall(['models', '--demo', '--json'])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    const { providers, statuses } = answerOf(run)
    expect(providers).toHaveLength(10)
    expect(statuses.every(({ status }) => status === 'fresh')).toBe(true)
  })
})

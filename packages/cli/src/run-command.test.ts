import { Run, RunAnswerFacts } from '@rollcall/core/schema'
import { createSimulator, type SimulatedProvider, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { MODELS } from '../../ask/src/testing/ask-simulator.ts'
import { hasTerminal, runInTerminal } from './testing/run-in-terminal.ts'
import { environmentFor, type RunOptions, runRollcall } from './testing/run-rollcall.ts'

const CTRL_C = '\u0003'
/** Controls but for line ends and tabs, and what turns the direction of a text. */
const ACTING = /(?![\t\r\n])\p{Cc}|[\u202a-\u202e]/u
const GROUPS: readonly (readonly SimulatedProvider[])[] = [
  ['openai', 'anthropic', 'google', 'mistral'],
  ['groq', 'together', 'cohere', 'fireworks'],
  ['openrouter'],
]
const idOf = (provider: SimulatedProvider) => `${provider}/${MODELS[provider]}`
const LocalRun = Run.omit({ id: true })

describe('rollcall run', () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
  })
  afterEach(() => simulator.reset())
  afterAll(() => simulator.close())

  const run = (parameters: readonly string[], options: RunOptions = {}) =>
    runRollcall(['run', ...parameters], {
      ...options,
      environment: { ...environmentFor(simulator), ...options.environment },
    })
  const json = async (parameters: readonly string[], options: RunOptions = {}) => {
    const { stdout, stderr, exitCode } = await run([...parameters, '--json'], options)
    return { run: LocalRun.parse(JSON.parse(stdout)), stderr, exitCode }
  }
  const questions = () => simulator.requests.filter(({ body }) => body !== undefined)

  it.each(GROUPS)('streams the answers of %s %s %s %s, with tokens counted', async (...providers) => {
    const models = providers.flatMap((provider) => ['-m', idOf(provider)])
    const told = await run([...models, 'Say something.', '--ndjson'])
    const events = told.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(told).toMatchObject({ exitCode: 0, stderr: '' })
    expect(events.at(-1)).toEqual({ event: 'done', status: 'finished' })
    providers.forEach((provider, index) => {
      const own = events.filter((event) => event.index === index)
      const words = own.filter(({ event, part }) => event === 'text' && part === 'text')
      expect(words.map(({ text }) => text).join('').length).toBeGreaterThan(200)
      const answer = RunAnswerFacts.parse(own.at(-1).answer)
      expect(answer).toMatchObject({ model: idOf(provider), status: 'finished', finish_reason: 'stop' })
      expect(answer.usage).toMatchObject({ input: 7, output: expect.any(Number) })
      expect(answer.usage.output).toBeGreaterThanOrEqual(words.length)
    })
  })

  it('prints one answer as it is, and facts beside it', async () => {
    const plain = await run([idOf('groq'), 'Say something.'])
    // for prices only when the model has begun
    const paths = simulator.requests.map(({ path }) => path.replace(/\?.*/, ''))
    expect(paths).toEqual(['/openai/v1/chat/completions', '/openai/v1/models'])
    const { run: told } = await json([idOf('groq'), 'Say something.'])
    expect(plain.exitCode).toBe(0)
    expect(plain.stdout).toBe(`${told.answers[0]?.text}\n`)
    expect(plain.stderr).toMatch(
      /^finished · first token \d+\.\d\d s · all in .* · 7 tokens in, \d+ out \(24 reasoning\) · \$0\.0\d+\n$/,
    )
    expect(plain.stderr).not.toContain('thinking')
    expect(told).toMatchObject({ models: [idOf('groq')], prompt: 'Say something.', status: 'finished' })
    // the provider's own price, and what it makes of the tokens
    const [answer] = told.answers
    const { input = 0, output = 0 } = answer?.usage ?? {}
    expect(answer?.pricing_source).toBeNull()
    expect(answer?.cost).toBeCloseTo((input * 0.15 + output * 0.6) / 1e6, 10)
  })

  it('says that a cost is unknown where no price is', async () => {
    await simulator.set('groq', { fault: 'D27-500', path: '/models' })
    const { stderr, exitCode } = await run([idOf('groq'), 'Say something.'])
    expect({ stderr, exitCode }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/ · cost unknown\n$/),
    })
  })

  it('sends what was set and nothing else', async () => {
    const set = [
      '-t',
      '0.5',
      '--top-p',
      '0.9',
      '--max-output-tokens',
      '30',
      '-s',
      'Be kind.',
      '--timeout',
      '20',
    ]
    const { run: told } = await json([idOf('groq'), 'Hello.', ...set], { stdin: 'And this.\n' })
    expect(told.parameters).toEqual({
      temperature: 0.5,
      top_p: 0.9,
      max_output_tokens: 30,
      timeout_ms: 20_000,
    })
    expect(told).toMatchObject({ system_prompt: 'Be kind.', answers: [{ finish_reason: 'length' }] })
    expect(questions()[0]?.body).toMatchObject({
      temperature: 0.5,
      top_p: 0.9,
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hello.\n\nAnd this.' },
      ],
    })
  })

  it('says which parameter a model does not take', async () => {
    const { stderr, exitCode } = await run([idOf('openai'), 'Hello.', '-t', '0.5'])
    expect({ stderr, exitCode }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('! This model does not take --temperature as set'),
    })
  })

  it('prints several answers in the order of their models', async () => {
    // the first one speaks last
    await simulator.set('groq', { firstTokenMs: 300 })
    const models = [idOf('groq'), '-m', idOf('mistral')]
    const { stdout, stderr, exitCode } = await run([...models, 'Say something.', '--max-output-tokens', '60'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(new RegExp(`^==> ${idOf('groq')} <==\n.+\n\n==> ${idOf('mistral')} <==\n.+\n$`))
    expect(stderr.split('\n')[0]).toMatch(new RegExp(`^${idOf('groq')}: cut at its token limit`))
    expect(stderr.split('\n')[1]).toMatch(new RegExp(`^${idOf('mistral')}: cut at its token limit`))
  })

  it('tells a failure beside the answers of the others', async () => {
    await simulator.set('groq', { fault: 'D7' })
    const models = ['-m', idOf('groq'), '-m', idOf('mistral'), '-m', idOf('cohere')]
    const environment = { COHERE_API_KEY: '' }
    const plain = await run([...models, 'Say something.'], { environment })
    expect(plain.exitCode).toBe(1)
    expect(plain.stdout).toMatch(new RegExp(`^==> ${idOf('mistral')} <==\n.+\n$`))
    expect(plain.stderr).toContain(`✗ ${idOf('groq')}: Groq rejected this key (401)`)
    expect(plain.stderr).toContain(
      `✗ ${idOf('cohere')}: No Cohere API key is set: set COHERE_API_KEY or CO_API_KEY`,
    )
    const { run: told, exitCode } = await json([...models, 'Say something.'], { environment })
    expect({ exitCode, told }).toMatchObject({
      exitCode: 1,
      told: {
        status: 'partial',
        answers: [
          { status: 'failed', failure: { code: 'key_rejected' } },
          { status: 'finished' },
          { status: 'failed', failure: { code: 'no_key' } },
        ],
      },
    })
  })

  it('keeps what came of an answer that is cut off', async () => {
    await simulator.set('groq', { fault: 'K2-reset' })
    const { stdout, stderr, exitCode } = await run([idOf('mistral'), '-m', idOf('groq'), 'Hi', '--reasoning'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`==> ${idOf('groq')} <==\n`)
    expect(stderr).toMatch(new RegExp(`\n.+\n✗ ${idOf('groq')}: Groq.+\n$`))
  })

  it('names the nearest ids where a model is not offered', async () => {
    const { stderr, exitCode } = await run(['groq/openai/gpt-os-120b', 'Hi'])
    expect({ stderr, exitCode }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^✗ Groq does not offer this model.* Near it: groq\/openai\/gpt-oss-120b/,
      ),
    })
  })

  it.each<[string, string[], Record<string, string>, string]>([
    ['a word for a figure', ['openai/a', 'Hi', '-t', 'hot'], {}, 'Write a number'],
    ['no key', ['openai/a', 'Hi'], { OPENAI_API_KEY: '' }, 'No OpenAI API key is set: set OPENAI_API_KEY'],
  ])('with %s says what is wrong, and asks nobody', async (_, parameters, environment, words) => {
    const result = await run(parameters, { environment })
    expect(result).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(words) })
    expect(simulator.requests).toEqual([])
  })

  it('says what is wrong with a key that cannot be sent, without it', async () => {
    const { stderr, exitCode } = await run([idOf('groq'), 'Hi'], { environment: { GROQ_API_KEY: 'gsk a b' } })
    expect({ stderr, exitCode }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('GROQ_API_KEY'),
    })
    expect(stderr).not.toContain('gsk')
  })

  it('ends quietly when nobody reads on, and the provider with it', async () => {
    await simulator.set('groq', { fault: 'K4' })
    const { exitCode, stderr } = await run([idOf('groq'), 'Hi', '--ndjson'], {
      onStart: (child) => child.stdout?.once('data', () => child.stdout?.destroy()),
    })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    await expect.poll(() => simulator.openConnections('groq')).toBe(0)
  })

  it('that is interrupted tells what came, and ends the calls', async () => {
    await simulator.set('mistral', { fault: 'K4' })
    await simulator.set('groq', { fault: 'K5-first' })
    const { stdout, stderr, exitCode } = await run([idOf('mistral'), '-m', idOf('groq'), 'Hi'], {
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    })
    expect(exitCode).toBe(130)
    expect(stdout).toMatch(new RegExp(`^==> ${idOf('mistral')} <==\n.+`))
    expect(stderr).toContain(`✗ ${idOf('groq')}: This run was cancelled.`)
    expect(stderr).toContain(`✗ ${idOf('mistral')}: This run was cancelled.`)
    await expect.poll(() => simulator.openConnections('mistral')).toBe(0)
  })

  it('writes hostile words as they are where nobody looks', async () => {
    await simulator.set('groq', { fault: 'K15' })
    const { run: told } = await json([idOf('groq'), 'Hi'])
    const { stdout } = await run([idOf('groq'), 'Hi'])
    expect(stdout).toContain('\u001b')
    expect(stdout.replace(/\n$/, '')).toBe(told.answers[0]?.text.replace(/\n$/, ''))
  })

  it('answers in the demo without any key', async () => {
    const result = await runRollcall([
      'run',
      'anthropic/claude-haiku-4-5-20251001',
      'Hi',
      '--demo',
      '--max-output-tokens',
      '5',
    ])
    expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Demo: simulated models') })
    expect(result.stdout.trim()).not.toBe('')
  })

  describe.skipIf(!hasTerminal)("in a real terminal (skipped where util-linux's script is missing)", () => {
    it('lets nothing in an answer act', async () => {
      await simulator.set('groq', { fault: 'K15' })
      const { output, exitCode } = await runInTerminal(`run ${idOf('groq')} Hi`, {
        environment: { ...environmentFor(simulator), NO_COLOR: '1' },
      })
      expect(exitCode).toBe(0)
      expect(output).toContain('\\u{1b}')
      // our own line that waits, and nothing else
      expect(output.replaceAll('\r\u001b[K', '')).not.toMatch(ACTING)
    })

    it('says who is waited for, and gives up at Ctrl-C', async () => {
      await simulator.set('groq', { fault: 'K5-first' })
      const { output, exitCode } = await runInTerminal(`run ${idOf('groq')} Hi`, {
        environment: environmentFor(simulator),
        typing: [{ after: `Waiting for ${idOf('groq')}…`, keys: CTRL_C }],
      })
      expect(exitCode).toBe(130)
      expect(output).toContain('This run was cancelled.')
    })

    it('says that there is no prompt, and takes one that is typed in', async () => {
      const environment = environmentFor(simulator)
      const none = await runInTerminal(`run ${idOf('groq')}`, { environment })
      expect(none).toMatchObject({ exitCode: 2, output: expect.stringContaining('There is no prompt.') })
      await runInTerminal(`run ${idOf('groq')} -`, {
        environment,
        typing: [{ after: 'Reading the prompt', keys: 'typed in\n\u0004' }],
      })
      expect(questions().at(-1)?.body).toMatchObject({ messages: [{ content: 'typed in' }] })
    })
  })
})

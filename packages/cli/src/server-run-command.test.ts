import { Run } from '@rollcall/core/schema'
import { createSimulator, type SimulatedProvider, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { MODELS } from '../../ask/src/testing/ask-simulator.ts'
import { startCuttableProxy } from '../../server/src/testing/cuttable-proxy.ts'
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts'
import { type RunOptions, runRollcall } from './testing/run-rollcall.ts'
import { type SignedIn, signIn } from './testing/signed-in.ts'

const idOf = (provider: SimulatedProvider) => `${provider}/${MODELS[provider]}`

describe('rollcall run --server', () => {
  let simulator: Simulator
  let server: TestServer
  let user: SignedIn

  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
    server = await startTestServer({ simulator })
    user = await signIn(server, ['models', 'keys', 'runs'])
    await server.saveKeys(user.token, ['groq', 'mistral'])
  })
  afterEach(() => simulator.reset())
  afterAll(async () => {
    user.remove()
    await server.remove()
    await simulator.close()
  })

  const run = (parameters: readonly string[], options: RunOptions = {}) =>
    runRollcall(['run', ...parameters], {
      ...options,
      environment: { ...user.environment, ...options.environment },
    })
  const keptRuns = async () => (await server.call('GET', '/api/runs', { token: user.token })).json.runs

  it('asks with the keys that are stored there, and the run is kept', async () => {
    const told = await run([idOf('groq'), '-m', idOf('mistral'), 'Say something.', '--server'])
    expect(told.exitCode).toBe(0)
    const [{ id }] = await keptRuns()
    const { json } = await server.call('GET', `/api/runs/${id}`, { token: user.token })
    const [first, second] = json.answers
    expect(told.stdout).toBe(
      `==> ${idOf('groq')} <==\n${first.text}\n\n==> ${idOf('mistral')} <==\n${second.text}\n`,
    )
    expect(told.stderr).toMatch(new RegExp(`^${idOf('groq')}: finished · first token .+ · \\$0\\.0\\d+\n`))
    expect(told.stderr).toContain(`Kept at ${server.address} as ${id}.`)
  })

  it('shows a run that is kept, with its answers', async () => {
    const body = { models: [idOf('mistral')], prompt: 'Say something.' }
    const { json: begun } = await server.call('POST', '/api/runs', { token: user.token, body })
    const path = `/api/runs/${begun.id}`
    const { json } = await vi.waitFor(async () => {
      const now = await server.call('GET', path, { token: user.token })
      expect(now.json.status).toBe('finished')
      return now
    }, 10_000)
    const shown = await runRollcall(['runs', 'show', begun.id], { environment: user.environment })
    expect(shown.stdout).toContain(
      `\n==> ${idOf('mistral')} <==\n${json.answers[0].text}\n\n${idOf('mistral')}: finished · `,
    )
  })

  it('gives programs the run as the server has it', async () => {
    const { stdout, stderr, exitCode } = await run(
      [idOf('groq'), 'Hi', '--json', '--server', server.address],
      {
        environment: { ROLLCALL_SERVER: 'http://127.0.0.1:1' },
      },
    )
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const told = Run.parse(JSON.parse(stdout))
    const { json } = await server.call('GET', `/api/runs/${told.id}`, { token: user.token })
    expect(told).toEqual(json)
  })

  it('tells what the server says of a model that cannot be asked', async () => {
    const { stdout, stderr, exitCode } = await run([idOf('mistral'), '-m', 'new/model', 'Hi', '--server'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`==> ${idOf('mistral')} <==\n`)
    expect(stderr).toContain('✗ new/model: "new" is no provider that can be asked')
  })

  it('goes on where the connection was cut', async () => {
    const proxy = await startCuttableProxy(Number(new URL(server.address).port))
    await simulator.set('groq', { tokens: 60, tokenMs: 15 })
    let cuts = 0
    const { stdout, exitCode } = await run([idOf('groq'), 'Hi', '--ndjson', '--server'], {
      environment: { ROLLCALL_SERVER: `http://127.0.0.1:${proxy.port}` },
      onStart: (child) =>
        child.stdout?.on('data', () => {
          if (cuts === 2) return
          cuts += 1
          proxy.cut()
          proxy.restore()
        }),
    })
    await proxy.close()
    expect(exitCode).toBe(0)
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const said = events.map(({ part, text }) => (part === 'text' ? text : '')).join('')
    const [{ id }] = await keptRuns()
    const { json } = await server.call('GET', `/api/runs/${id}`, { token: user.token })
    expect(said).toBe(json.answers[0].text)
    expect(events.filter(({ event }) => event === 'answer')).toHaveLength(1)
    expect(events.at(-1)).toEqual({ event: 'done', status: 'finished' })
  })

  it('that is interrupted cancels the run there, and tells what came', async () => {
    await simulator.set('groq', { fault: 'K4' })
    // some are kept from before
    const before = simulator.openConnections('groq')
    const { stdout, stderr, exitCode } = await run([idOf('groq'), 'Hi', '--reasoning', '--server'], {
      onStart: (child) => child.stderr?.once('data', () => child.kill('SIGINT')),
    })
    expect({ stdout, exitCode }).toMatchObject({ exitCode: 130 })
    expect(stderr).toContain('✗ You stopped this answer.')
    const [latest] = await keptRuns()
    expect(latest).toMatchObject({ status: 'cancelled' })
    await expect.poll(() => simulator.openConnections('groq')).toBeLessThanOrEqual(before)
  })

  it.each([
    [[idOf('groq'), 'Hi', '--server', '--demo'], {}, 2, '--demo and --server exclude each other.'],
    [[idOf('groq'), '', '--server'], {}, 2, 'The prompt is empty.'],
    [['--server', idOf('groq'), 'Hi'], {}, 2, 'Put --server at the end'],
    [[idOf('groq'), 'Hi', '--server'], { ROLLCALL_SERVER: 'http://127.0.0.1:1' }, 1, 'could not be reached'],
  ])('%j says what is wrong', async (parameters, environment, exitCode, words) => {
    const result = await run(parameters, { environment })
    expect(result).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(words) })
  })
})

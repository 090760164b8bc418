import { Run, Runs } from '@rollcall/core/schema'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts'
import { hasTerminal, runInTerminal } from './testing/run-in-terminal.ts'
import { runRollcall } from './testing/run-rollcall.ts'
import { type SignedIn, signIn } from './testing/signed-in.ts'

describe('rollcall runs', () => {
  let server: TestServer
  let user: SignedIn
  let kept: Run[]

  beforeAll(async () => {
    server = await startTestServer()
    user = await signIn(server, ['runs'])
    kept = []
    for (const body of [
      { models: ['openai/a'], prompt: 'Why is the sky blue?\nTell me.', system_prompt: 'Be kind.' },
      { models: ['groq/b/c', 'openai/d'], prompt: '\u001b[2Jhostile', parameters: { temperature: 0.5 } },
    ]) {
      const { json } = await server.call('POST', '/api/runs', { token: user.token, body })
      kept.push(Run.parse(json))
      // without a key they end at once
      await vi.waitFor(async () => {
        const { json: now } = await server.call('GET', `/api/runs/${json.id}`, { token: user.token })
        expect(now.status).toBe('failed')
      })
    }
  })
  afterAll(async () => {
    user.remove()
    await server.remove()
  })

  const run = (...parameters: string[]) =>
    runRollcall(['runs', ...parameters], { environment: user.environment })
  const idOf = (index: number) => kept[index]?.id ?? ''

  it('are listed, the newest first', async () => {
    const { stdout, stderr, exitCode } = await run('list')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^ID +WHEN \(UTC\) +STATUS +COST +MODELS$/)
    expect(lines[1]).toMatch(
      new RegExp(`^${idOf(1)} +2\\d{3}-\\d\\d-\\d\\d \\d\\d:\\d\\d .* groq/b/c, openai/d$`),
    )
    expect(lines[2]).toBe('  \\u{1b}[2Jhostile')
    expect(lines[4]).toBe('  Why is the sky blue? Tell me.')
  })

  it('are narrowed, and told to programs', async () => {
    const { stdout } = await run('list', '--search', 'sky', '-p', 'openai', '--json')
    expect(Runs.parse(JSON.parse(stdout)).runs.map(({ id }) => id)).toEqual([idOf(0)])
    const one = await run('list', '--limit', '1')
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(3)
    expect(one.stderr).toContain('There are older ones')
  })

  it('are shown with their whole prompts', async () => {
    const { stdout, exitCode } = await run('show', idOf(0))
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(new RegExp(`^${idOf(0)}  2\\d{3}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC  `))
    expect(stdout).toContain(
      '\n==> system prompt <==\nBe kind.\n\n==> prompt <==\nWhy is the sky blue?\nTell me.\n',
    )
    const json = await run('show', idOf(1), '--json')
    expect(Run.parse(JSON.parse(json.stdout))).toMatchObject({ id: idOf(1), prompt: '\u001b[2Jhostile' })
    // for a parser the same, for a terminal nothing
    expect(json.stdout).not.toContain('\u001b')
  })

  it.skipIf(!hasTerminal)(
    "cannot act on a terminal (skipped where util-linux's script is missing)",
    async () => {
      const environment = { ...user.environment, NO_COLOR: '1' }
      for (const parameters of ['runs list', `runs show ${idOf(1)}`]) {
        const { output } = await runInTerminal(parameters, { environment })
        expect(output).toContain('\\u{1b}[2Jhostile')
        expect(output).not.toContain('\u001b[2J')
      }
    },
  )

  it('are deleted', async () => {
    const { json } = await server.call('POST', '/api/runs', {
      token: user.token,
      body: { models: ['openai/a'], prompt: 'Gone soon.' },
    })
    expect(await run('remove', json.id)).toMatchObject({ exitCode: 0, stdout: 'The run is deleted.\n' })
    const gone = await run('show', json.id)
    expect(gone).toMatchObject({ exitCode: 1, stdout: '', stderr: 'You have no such run.\n' })
  })

  it.each([
    [['list', '--status', 'lost'], 2, '--status lost is not known. A run is: running, finished, partial'],
    [['list', '--limit', '0'], 2, '--limit is a whole number from 1 to 200.'],
  ])('%j says what is wrong', async (parameters, exitCode, words) => {
    expect(await run(...parameters)).toMatchObject({
      exitCode,
      stdout: '',
      stderr: expect.stringContaining(words),
    })
  })

  it('need a token that may', async () => {
    const other = await signIn(server, ['models'])
    const refused = await runRollcall(['runs', 'list'], { environment: other.environment })
    other.remove()
    expect(refused).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining('lacks the scope "runs": put another one into ROLLCALL_TOKEN.'),
    })
  })
})

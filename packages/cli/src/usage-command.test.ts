import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertUsage } from '../../server/src/testing/insert-usage.ts'
import { startTestServer, type TestServer } from '../../server/src/testing/test-server.ts'
import { hasTerminal, runInTerminal } from './testing/run-in-terminal.ts'
import { runRollcall } from './testing/run-rollcall.ts'
import { type SignedIn, signIn } from './testing/signed-in.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const DAY_MS = 24 * 60 * 60_000

describe('rollcall usage', () => {
  let server: TestServer
  let user: SignedIn
  const usage = (...parameters: string[]) =>
    runRollcall(['usage', ...parameters], { environment: user.environment })

  beforeAll(async () => {
    server = await startTestServer({ now: () => NOW })
    user = await signIn(server, ['runs'])
    const { json } = await server.call('GET', '/api/auth/me', { token: user.token })
    const groq = { provider: 'groq', model: 'groq/llama-\u202e3', cost: null }
    await insertUsage(
      server.place,
      [
        { ended_at: NOW, duration_ms: 4_000, input_tokens: 12_000 },
        { ended_at: NOW - DAY_MS },
        { ended_at: NOW - DAY_MS, ...groq, first_token_ms: 90 },
        { ended_at: NOW, ...groq, status: 'failed' as const, first_token_ms: null, input_tokens: null },
        { ended_at: NOW - 40 * DAY_MS, model: 'openai/older' },
      ].map((answer) => ({ ...answer, user_id: json.id })),
    )
  })
  afterAll(async () => {
    user.remove()
    await server.remove()
  })

  it('has a line per model, and their sum', async () => {
    expect(await usage()).toEqual({
      exitCode: 0,
      stderr: '+ The cost of 1 answer is not known, and in no sum.\n',
      stdout: `MODEL                 ANSWERS  ERRORS  TOKENS IN  TOKENS OUT    COST  FIRST TOKEN     P95   WHOLE     P95
groq/llama-\\u{202e}3        2     50%        100         400       —       0.09 s  0.09 s  2.00 s  2.00 s
openai/gpt-4o               2      0%     12,100         400   $0.02       0.30 s  0.30 s  2.00 s  4.00 s
ALL                         4     25%     12,200         800  $0.02+       0.30 s  0.30 s  2.00 s  4.00 s
`,
    })
  })

  it('has a line per provider or day, of the days and the model that are asked for', async () => {
    const firstColumn = async (...parameters: string[]) => {
      const { stdout } = await usage(...parameters)
      return stdout.split('\n').map((line) => line.split(' ')[0])
    }
    expect(await firstColumn('--by', 'provider')).toEqual(['PROVIDER', 'groq', 'openai', 'ALL', ''])
    expect(await firstColumn('--by', 'day', '--days', '2')).toEqual([
      'DAY',
      '2026-11-23',
      '2026-11-24',
      'ALL',
      '',
    ])
    expect(await firstColumn('--from', '2026-10-01', '--to', '2026-10-31')).toEqual([
      'MODEL',
      'openai/older',
      'ALL',
      '',
    ])
    expect(await firstColumn('-m', 'openai/gpt-4o')).toEqual(['MODEL', 'openai/gpt-4o', 'ALL', ''])
    expect(await usage('-p', 'mistral')).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `No answer ended at ${server.address} from 2026-10-26 to 2026-11-24 (UTC).\n`,
    })
  })

  it('is JSON or CSV for programs', async () => {
    const { stdout } = await usage('--json', '--days', '7')
    expect(JSON.parse(stdout)).toMatchObject({ from: '2026-11-18', totals: { answers: 4, failed: 1 } })
    expect(stdout).not.toContain('\u202e')
    const csv = await usage('--csv', '--days', '1')
    expect(csv).toMatchObject({ exitCode: 0, stderr: '' })
    expect(csv.stdout).toMatch(
      /^day,provider,model,.+\r\n2026-11-24,groq,.+\r\n2026-11-24,openai,openai\/gpt-4o,1,.+\r\n$/,
    )
  })

  it.each([
    [['--days', 'week'], '--days is no whole number.'],
    [['-m', 'gpt'], '--model has no slash: write it as provider/model-name.'],
    [['--json', '--csv'], '--json and --csv exclude each other.'],
    [['--csv', '--by', 'day'], '--by has no say with --csv, which has one line per model and day.'],
  ])('says what is wrong with %j', async (parameters, sentence) => {
    const { exitCode, stdout, stderr } = await usage(...parameters)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
  })

  it('wants a token that may read runs', async () => {
    const other = await signIn(server, ['models'])
    const refused = await runRollcall(['usage'], { environment: other.environment })
    other.remove()
    expect(refused).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `The token for ${server.address} may not do this, for it lacks the scope "runs": put another one into ROLLCALL_TOKEN.\n`,
    })
  })

  it.skipIf(!hasTerminal)('leaves out columns until a line fits into the terminal', async () => {
    const { output } = await runInTerminal('usage', { environment: user.environment })
    const [titles = ''] = stripVTControlCharacters(output).split('\r\n')
    expect(titles).toBe(
      'MODEL                 ANSWERS  ERRORS  TOKENS IN  TOKENS OUT    COST  FIRST TOKEN     P95   WHOLE',
    )
  })
})

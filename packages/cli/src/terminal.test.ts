import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { findOlderNode } from './testing/older-node.ts'
import { environmentFor, LAUNCHER } from './testing/run-rollcall.ts'

const HIDE_CURSOR = '\u001b[?25l'
const SHOW_CURSOR = '\u001b[?25h'
const CTRL_C = '\u0003'
// util-linux's `script` lends a terminal; the BSD one has other options
const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false

describe.skipIf(!hasTerminal)("in a real terminal (skipped where util-linux's script is missing)", () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await createSimulator({ size: 'small' })
  })
  afterEach(() => simulator.reset())
  afterAll(() => simulator.close())

  /** Runs it at the given size; `type` is called with what sends keys, as soon as something was printed. */
  async function run(
    parameters: string,
    {
      columns = 100,
      rows = 30,
      node = process.execPath,
      environment = {} as Record<string, string>,
      /** Nothing else runs in the terminal, so the shell makes way for it. */
      isAlone = true,
    } = {},
    type?: (send: (keys: string) => void) => void,
  ) {
    const command = `stty cols ${columns} rows ${rows}; ${isAlone ? 'exec ' : ''}"${node}" "${LAUNCHER}" ${parameters}`
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      env: { PATH: process.env.PATH ?? '', TERM: 'xterm', ...environmentFor(simulator), ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output === '') type?.((keys) => child.stdin.write(keys))
      output += text
    })
    const [exitCode] = (await once(child, 'close')) as [number]
    return { exitCode, output }
  }

  it('draws a line per provider in place, then the table', async () => {
    const { exitCode, output } = await run('models')
    expect(exitCode).toBe(0)
    expect(output).toContain(HIDE_CURSOR)
    expect(output.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(output.lastIndexOf(HIDE_CURSOR))
    expect(output).toContain('asking…')
    expect(output.indexOf('MODEL')).toBeGreaterThan(output.lastIndexOf('✓'))
  })

  it.each([
    ['too narrow', { columns: 40 }],
    ['too low', { rows: 6 }],
    ['too simple', { environment: { TERM: 'dumb' } }],
  ])('that is %s, writes each line once', async (_name, size) => {
    const { exitCode, output } = await run('models', size)
    expect(exitCode).toBe(0)
    expect(output).not.toContain(HIDE_CURSOR)
    expect(output).not.toContain('asking…')
    expect(output.match(/^✓|[^ ]✓|✓ /gm)).toHaveLength(9)
  })

  it('that changes its size meanwhile, writes what is still to come once', async () => {
    await simulator.set('openai', { latencyMs: 1_500 })
    const { exitCode, output } = await run('models & sleep 0.7; stty rows 24; wait $!', {
      isAlone: false,
      environment: { NO_COLOR: '1' },
    })
    expect(exitCode).toBe(0)
    expect(output.lastIndexOf('✓ OpenAI')).toBeGreaterThan(output.indexOf(SHOW_CURSOR))
  })

  it('that does not tell its size, prints ids whole', async () => {
    expect((await run('models --provider openai', { columns: 0 })).output).toContain('openai/gpt')
  })

  it('has no colour with NO_COLOR', async () => {
    const { output } = await run('models', { environment: { NO_COLOR: '1' } })
    // biome-ignore lint/complexity/useRegexLiterals: a literal would hold a control character
    expect(output).not.toMatch(new RegExp('\u001b\\[[0-9;]*m'))
  })

  const older = findOlderNode()
  for (const [name, node] of [
    ['Node 24', process.execPath],
    ['an older Node', older],
  ] as const) {
    it.skipIf(!node)(
      `gives the cursor back after Ctrl-C, from ${name} (skipped where PATH has none)`,
      async () => {
        await simulator.set('openai', { fault: 'C1' })
        const { exitCode, output } = await run('models --timeout 60', node ? { node } : {}, (send) => {
          void vi
            .waitFor(() => expect(simulator.requests.length).toBeGreaterThan(0), { timeout: 10_000 })
            // an impatient hand
            .then(() => send(CTRL_C + CTRL_C))
        })
        expect(exitCode).toBe(130)
        expect(output.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(output.lastIndexOf(HIDE_CURSOR))
        expect(output).not.toContain('    at ')
      },
    )
  }
})

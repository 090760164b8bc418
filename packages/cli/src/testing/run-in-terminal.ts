import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { recordEvidence } from '../../../server/src/testing/evidence.ts'
import { LAUNCHER } from './run-rollcall.ts'

/** util-linux's `script` lends a terminal; the BSD one has other options. */
export const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false

export interface Typing {
  /** What is waited for before it is typed, after what was waited for last. */
  after: string
  keys: string
}

/** Runs it in a terminal in which somebody types. */
export async function runInTerminal(
  parameters: string,
  { environment = {}, typing = [] }: { environment?: Record<string, string>; typing?: readonly Typing[] },
): Promise<{ exitCode: number; output: string }> {
  const command = `stty cols 100 rows 30; exec "${process.execPath}" "${LAUNCHER}" ${parameters}`
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm', ROLLCALL_CATALOGUE_URL: '', ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  let seen = 0
  const left = [...typing]
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    const [next] = left
    const at = next ? output.indexOf(next.after, seen) : -1
    if (!next || at < 0) return
    left.shift()
    seen = at + next.after.length
    child.stdin.write(next.keys)
  })
  const [exitCode] = (await once(child, 'close')) as [number]
  recordEvidence('output', output)
  return { exitCode, output }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import type { SimulatedProvider, Simulator } from '@rollcall/simulator'
import { recordEvidence } from '../../../server/src/testing/evidence.ts'

export const LAUNCHER = fileURLToPath(new URL('../../bin/rollcall.js', import.meta.url))

export interface Run {
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  /** The whole environment but for PATH: nothing of the shell's own keys gets in, and nothing is asked of a catalogue. */
  environment?: Record<string, string>
  node?: string
  /** What is piped in; absent: nothing. */
  stdin?: string | Buffer
  /** Called as soon as it runs. */
  onStart?: (child: ChildProcess) => void
}

/** The real launcher in a process of its own. */
export async function runRollcall(parameters: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(options.node ?? process.execPath, [LAUNCHER, ...parameters], {
    env: { PATH: process.env.PATH ?? '', ROLLCALL_CATALOGUE_URL: '', ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const run: Run = { exitCode: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text
  })
  // whoever does not read it closes it
  child.stdin.on('error', () => {}).end(options.stdin ?? '')
  options.onStart?.(child)
  const [exitCode] = (await once(child, 'close')) as [number | null]
  recordEvidence('output', `${run.stdout}${run.stderr}`)
  return { ...run, exitCode }
}

/** The variables that make the command line ask a simulator instead of the real providers. */
export function environmentFor(
  simulator: Simulator,
  names: readonly SimulatedProvider[] = PROVIDERS.map(({ key }) => key as SimulatedProvider),
): Record<string, string> {
  return Object.fromEntries(
    PROVIDERS.filter(({ key }) => names.includes(key as SimulatedProvider)).flatMap(
      ({ key, keyVariables }) => [
        [keyVariables[0], simulator.keys[key as SimulatedProvider]],
        [baseUrlVariable(key), simulator.bases[key as SimulatedProvider]],
      ],
    ),
  )
}

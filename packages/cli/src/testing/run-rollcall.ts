import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import type { SimulatedProvider, Simulator } from '@rollcall/simulator'
import { recordEvidence } from '../../../server/src/testing/evidence.ts'

export const LAUNCHER = fileURLToPath(new URL('../../bin/rollcall.js', import.meta.url))
const HOST = fileURLToPath(new URL('program-host.ts', import.meta.url))

export interface Run {
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  /** The whole environment but for PATH: nothing of the shell's own keys gets in, and nothing is asked of a catalogue. */
  environment?: Record<string, string>
  /** What is piped in; absent: nothing. */
  stdin?: string | Buffer
  node?: string
  /** Called as soon as it runs. */
  onStart?: (child: ChildProcess) => void
}

/** One run, as its host is told of it. */
export interface Typed {
  parameters: readonly string[]
  environment: Record<string, string>
  /** base64 */
  stdin: string
}
export type Ended = Run & { exitCode: number }

let host: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * The real program in a process that is kept for the next run: one after the other, each over when nothing is left that
 * would keep a process of its own from ending. In a process of its own where the test wants to do something to it.
 */
export function runRollcall(parameters: readonly string[], options: RunOptions = {}): Promise<Run> {
  if (options.node || options.onStart) return runLauncher(parameters, options)
  const typed: Typed = {
    parameters,
    environment: environmentOf(options),
    stdin: Buffer.from(options.stdin ?? '').toString('base64'),
  }
  const run = last.then(() => runInHost(typed))
  last = run.catch(() => {})
  return run
}

async function runInHost(typed: Typed): Promise<Run> {
  host ??= startHost()
  const { promise, resolve, reject } = Promise.withResolvers<Ended>()
  const onExit = (code: number | null) => {
    host = undefined
    reject(new Error(`the program ended its process (${code}) with: ${typed.parameters.join(' ')}`))
  }
  host.once('exit', onExit).once('message', resolve)
  host.send(typed)
  const ended = await promise
  host.off('exit', onExit)
  recordEvidence('output', `${ended.stdout}${ended.stderr}`)
  return ended
}

function startHost(): ChildProcess {
  const child = fork(HOST, {
    env: { PATH: process.env.PATH ?? '' },
    execArgv: ['--disable-sigusr1'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // it ends with us
  child.unref()
  child.channel?.unref()
  return child
}

/** The real launcher in a process of its own. */
export async function runLauncher(parameters: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(options.node ?? process.execPath, [LAUNCHER, ...parameters], {
    env: environmentOf(options),
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

function environmentOf({ environment }: RunOptions): Record<string, string> {
  return { PATH: process.env.PATH ?? '', ROLLCALL_CATALOGUE_URL: '', ...environment }
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

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Call, createCall } from './call.ts'
import { evidenceFolder, recordEvidence } from './evidence.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
/** Erasing types is most of a start, and some tests start it a hundred times. */
const COMPILE_CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/rollcall', import.meta.url))

export interface ProcessEnd {
  exitCode: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface ServerProcess {
  /** `http://host:port` */
  address: string
  child: ChildProcess
  call: Call
  /** What it has said on stdout so far. */
  stdout(): string
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<ProcessEnd>
  ended: Promise<ProcessEnd>
}

/** The real program in a process of its own, with this environment and nothing of the shell's. */
export async function startServerProcess(
  environment: Record<string, string>,
  given: readonly string[] = [],
): Promise<ServerProcess> {
  const { child, output, ended } = spawnServer(environment, [], given)
  const address = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const [, found] = /^Rollcall is at .*\n/m.test(output.stdout)
        ? (/"event":"listening","address":"([^"]+)"/.exec(output.stdout) ?? [])
        : []
      if (found) resolve(found)
    }
    child.stdout?.on('data', look)
    ended.then(({ stderr }) => reject(new Error(`the server did not start: ${stderr}`)), reject)
  })
  return {
    address,
    child,
    call: createCall(address),
    stdout: () => output.stdout,
    ended,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** The same where it is expected not to start. */
export function runServerProcess(
  environment: Record<string, string>,
  given: readonly string[] = [],
): Promise<ProcessEnd> {
  return spawnServer(environment, [], given).ended
}

/** Without a look at whether it starts. `options` are Node's, `given` the program's own. */
export function spawnServer(
  environment: Record<string, string>,
  options: readonly string[] = [],
  given: readonly string[] = [],
): {
  child: ChildProcess
  output: { stdout: string; stderr: string }
  ended: Promise<ProcessEnd>
} {
  // what it leaves in temporary files, or where it was started, is searched for keys as well
  const cwd = evidenceFolder('left-behind')
  const child = spawn(process.execPath, ['--disable-sigusr1', ...options, MAIN, ...given], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      TMPDIR: cwd,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      PORT: '0',
      ROLLCALL_LOG_LEVEL: 'trace',
      ROLLCALL_CATALOGUE_URL: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
      recordEvidence('output', text)
    })
  }
  const ended = once(child, 'close').then(([exitCode, signal]) => ({ exitCode, signal, ...output }))
  return { child, output, ended }
}

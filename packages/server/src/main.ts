import { createLog } from './log.ts'
import { readSettings, type Settings } from './settings.ts'
import { type RunningServer, startServer } from './start.ts'
import { StartError } from './start-error.ts'

const EXIT_NOT_STARTED = 2
const EXIT_BUG = 1
const LOOK_FOR_NPM_MS = 500
/** What a shell says of a program that the signal ended. */
const EXIT_SIGNAL = { SIGINT: 130, SIGTERM: 143 } as const

let server: RunningServer | undefined
let isStopping = false

// secrets may stand in the environment
process.report.excludeEnv = true
// what Node would print of an error may quote anything
process.on('uncaughtException', endOfBug)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
await start()

async function start(): Promise<void> {
  try {
    const settings = readSettings(process.env)
    server = await startServer(settings)
    process.stdout.write(greeting(server, settings))
    if (process.env.npm_lifecycle_event === 'start') stopWithNpm()
  } catch (error) {
    if (!(error instanceof StartError)) return endOfBug(error)
    process.stderr.write(`${error.message}\n`)
    process.exitCode = EXIT_NOT_STARTED
  }
}

function stop(signal: keyof typeof EXIT_SIGNAL): void {
  // nothing is served yet, or whoever asks twice does not want to wait
  if (!server || isStopping) process.exit(EXIT_SIGNAL[signal])
  isStopping = true
  server.close().then(() => process.exit(0), endOfBug)
}

/** `npm start` and its shell end with a signal and pass it to nobody: when they are gone, an end was meant for us too. */
function stopWithNpm(): void {
  const { ppid } = process
  setInterval(() => {
    if (process.ppid !== ppid && !isStopping) stop('SIGTERM')
  }, LOOK_FOR_NPM_MS).unref()
}

/** Nobody knows in which state it is: whoever started it starts it anew. What was acknowledged is on disk. */
function endOfBug(error: unknown): never {
  const log = createLog('error', { write: (line) => void process.stderr.write(line) })
  log.bug(error, { event: 'crashed' })
  process.stderr.write('This is a bug of ours: please report the line above.\n')
  process.exit(EXIT_BUG)
}

function greeting({ address, createdSecrets, setupCode }: RunningServer, { publicUrl }: Settings): string {
  const shown = publicUrl ?? address
  return [
    ...(createdSecrets
      ? [
          `Secrets were made and are kept in ${createdSecrets}. Back it up: without it stored keys cannot be opened.`,
        ]
      : []),
    ...(setupCode ? [`There is no account yet. The first one wants this set-up code: ${setupCode}`] : []),
    `Rollcall is at ${shown} (API: ${shown}/docs). Ctrl-C stops it.`,
    '',
  ].join('\n')
}

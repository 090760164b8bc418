import { stripVTControlCharacters } from 'node:util'
import { createLog } from './log.ts'
import { readSettings, type Settings } from './settings.ts'
import type { RunningServer } from './start.ts'
import { StartError } from './start-error.ts'

const EXIT_NOT_STARTED = 2
const EXIT_BUG = 1
const LOOK_FOR_NPM_MS = 500
/** What a shell says of a program that the signal ended. */
const EXIT_SIGNAL = { SIGINT: 130, SIGTERM: 143 } as const
const HELP = `Usage: npm start [-- --demo]

  --demo    look around: simulated providers, made-up models and an account; nothing is kept
  --help    this text

Settings are environment variables: npx rollcall config prints them all.
`

let server: RunningServer | undefined
let isStopping = false
/** Looked at now: it may be gone by the time all is loaded. */
const startedBy = process.ppid

// secrets may stand in the environment
process.report.excludeEnv = true
// what Node would print of an error may quote anything
process.on('uncaughtException', endOfBug)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
await start()

async function start(): Promise<void> {
  try {
    const wanted = readArguments(process.argv.slice(2))
    if (wanted === 'help') return void process.stdout.write(HELP)
    process.stdout.write(await (wanted === 'demo' ? showDemo() : serve()))
    if (process.env.npm_lifecycle_event === 'start') stopWithNpm()
  } catch (error) {
    if (!(error instanceof StartError)) return endOfBug(error)
    process.stderr.write(`${error.message}\n`)
    process.exitCode = EXIT_NOT_STARTED
  }
}

/** Returns what is to be said of it. */
async function serve(): Promise<string> {
  const settings = readSettings(process.env)
  // most of a start is loading it: who must mend a setting first does not wait for that
  const { startServer } = await import('./start.ts')
  const web = await findWebApp()
  server = await startServer(settings, web === undefined ? {} : { web })
  return greeting(server, settings)
}

async function showDemo(): Promise<string> {
  const { DEMO_ACCOUNT, startDemo } = await import('./demo.ts')
  server = await startDemo(process.env, await findWebApp())
  return [
    'This is a demo: its models are made up, its providers are simulated on this machine, and nothing is kept.',
    `Sign in as ${DEMO_ACCOUNT.email} with the password "${DEMO_ACCOUNT.password}".`,
    `Rollcall is at ${server.address} (API: ${server.address}/docs). Ctrl-C ends the demo.`,
    '',
  ].join('\n')
}

/** The folder of the web app, built first where it is not there yet. Without it the API is served all the same. */
async function findWebApp(): Promise<string | undefined> {
  try {
    const { ensureBundle } = await import('@rollcall/web/bundle')
    return await ensureBundle()
  } catch (error) {
    const [reason] = stripVTControlCharacters(error instanceof Error ? error.message : '').split('\n')
    process.stderr.write(
      `The web app could not be built (${reason || 'nobody knows why'}): the API is served without it.\n`,
    )
    return undefined
  }
}

function readArguments([argument, ...more]: readonly string[]): 'serve' | 'demo' | 'help' {
  if (argument === undefined) return 'serve'
  if (argument === '--demo' && more.length === 0) return 'demo'
  if (argument === '--help' && more.length === 0) return 'help'
  throw new StartError(
    'The server takes no arguments but --demo or --help: settings are environment variables.',
  )
}

function stop(signal: keyof typeof EXIT_SIGNAL): void {
  // nothing is served yet, or whoever asks twice does not want to wait
  if (!server || isStopping) process.exit(EXIT_SIGNAL[signal])
  isStopping = true
  server.close().then(() => process.exit(0), endOfBug)
}

/** `npm start` and its shell end with a signal and pass it to nobody: when they are gone, an end was meant for us too. */
function stopWithNpm(): void {
  setInterval(() => {
    if (process.ppid !== startedBy && !isStopping) stop('SIGTERM')
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

import { readSettings, type Settings } from './settings.ts'
import { type RunningServer, startServer } from './start.ts'
import { StartError } from './start-error.ts'

const EXIT_NOT_STARTED = 2

await main()

async function main(): Promise<void> {
  let server: RunningServer
  let settings: Settings
  let isStopping = false
  const stop = (signal: 'SIGINT' | 'SIGTERM', close: () => Promise<void>) => {
    // whoever asks twice does not want to wait
    if (isStopping) process.exit(signal === 'SIGINT' ? 130 : 143)
    isStopping = true
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  try {
    settings = readSettings(process.env)
    server = await startServer(settings)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = EXIT_NOT_STARTED
    return
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal, server.close))
  process.stdout.write(greeting(server, settings))
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

import { parseArgs } from 'node:util'
import { overview } from './overview.ts'
import type { Simulator, SimulatorOptions } from './simulator.ts'
import { createSimulator } from './simulator.ts'

const usage = `Usage: node packages/simulator/src/main.ts [options]

  --port <number>      control on this port, the providers on the nine after it (default: free ports)
  --host <address>     where to listen (default: 127.0.0.1)
  --models <number>    pad the lists until all together hold about this many
  --latency <ms>       time before the first byte of every answer
  --first-token <ms>   time from the head of a streamed answer to its first token
  --token <ms>         time between two tokens
  --tls                providers speak https; the authority's certificate is printed
  --help               this text
`

function wholeNumber(name: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined
  const number = Number(value)
  if (value.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= most) return number
  throw new TypeError(`--${name} takes a whole number from 0 to ${most}, not "${value}".`)
}

function readArguments(): SimulatorOptions | 'help' {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      models: { type: 'string' },
      latency: { type: 'string' },
      'first-token': { type: 'string' },
      token: { type: 'string' },
      tls: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return 'help'
  const port = wholeNumber('port', values.port, 65_526)
  const modelCount = wholeNumber('models', values.models, 180_000)
  const latencyMs = wholeNumber('latency', values.latency, 3_600_000)
  const firstTokenMs = wholeNumber('first-token', values['first-token'], 3_600_000)
  const tokenMs = wholeNumber('token', values.token, 3_600_000)
  return {
    ...(port === undefined ? {} : { port }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(modelCount === undefined ? {} : { modelCount }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
    ...(tokenMs === undefined ? {} : { tokenMs }),
    tls: values.tls ?? false,
  }
}

async function main(): Promise<void> {
  let options: SimulatorOptions | 'help'
  try {
    options = readArguments()
  } catch (error) {
    // parseArgs and wholeNumber throw TypeErrors whose messages are meant for the user.
    if (!(error instanceof TypeError)) throw error
    process.stderr.write(`${error.message}\n\n${usage}`)
    process.exitCode = 2
    return
  }
  if (options === 'help') {
    process.stdout.write(usage)
    return
  }
  let simulator: Simulator
  try {
    simulator = await createSimulator(options)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
    return
  }
  const stop = () => void simulator.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  process.stdout.write(overview(simulator))
  if (simulator.caCertificatePem) process.stdout.write(`\n${simulator.caCertificatePem}\n`)
}

await main()

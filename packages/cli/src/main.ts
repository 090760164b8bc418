import { CommanderError } from 'commander'
import { CommandError } from './command-error.ts'
import { createProgram } from './program.ts'
import { Cancelled } from './read-secret.ts'
import { UsageError } from './usage-error.ts'

const EXIT = { failed: 1, wrongUsage: 2, interrupted: 130 } as const

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // a reader that has seen enough (`rollcall models | head`) is no error
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`The output could not be written (${error.code ?? 'unknown error'}).\n`)
  process.exit(1)
})
// where remarks cannot be written, the answer still stands
process.stderr.on('error', () => {})

try {
  await createProgram((exitCode) => {
    process.exitCode = exitCode
  }).parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // commander has already said what it had to say
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.wrongUsage
  } else if (error instanceof UsageError || error instanceof CommandError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = error instanceof UsageError ? EXIT.wrongUsage : EXIT.failed
  } else if (error instanceof Cancelled) process.exitCode = EXIT.interrupted
  else throw error
}

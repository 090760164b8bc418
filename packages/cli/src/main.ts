import { CommanderError } from 'commander'
import { createProgram } from './program.ts'
import { UsageError } from './usage-error.ts'

const EXIT_WRONG_USAGE = 2

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
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_WRONG_USAGE
  } else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = EXIT_WRONG_USAGE
  } else throw error
}

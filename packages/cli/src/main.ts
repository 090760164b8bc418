import { CommanderError } from 'commander'
import { createProgram } from './program.ts'
import { UsageError } from './usage-error.ts'

const EXIT_WRONG_USAGE = 2

// a reader that has seen enough (`rollcall models | head`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

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

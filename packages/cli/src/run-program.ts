import { CommanderError } from 'commander'
import { CommandError } from './command-error.ts'
import { createProgram } from './program.ts'
import { Cancelled } from './read-secret.ts'
import { UsageError } from './usage-error.ts'

const EXIT = { failed: 1, wrongUsage: 2, interrupted: 130 } as const

/** Does what was typed and leaves in `process.exitCode` how it ended. Rejects with nothing but a bug of ours. */
export async function runProgram(typed: readonly string[]): Promise<void> {
  try {
    await createProgram((exitCode) => {
      process.exitCode = exitCode
    }).parseAsync(typed, { from: 'user' })
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
}

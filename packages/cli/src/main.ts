import { runProgram } from './run-program.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // a reader that has seen enough (`rollcall models | head`) is no error
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`The output could not be written (${error.code ?? 'unknown error'}).\n`)
  process.exit(1)
})
// where remarks cannot be written, the answer still stands
process.stderr.on('error', () => {})

await runProgram(process.argv.slice(2))

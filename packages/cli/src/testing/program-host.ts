import { PassThrough } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { runProgram } from '../run-program.ts'
import type { Ended, Typed } from './run-rollcall.ts'

/** What still keeps the process from ending, but for the line to whoever hosts it. */
const held = () => process.getActiveResourcesInfo().length
const said = { stdout: '', stderr: '' }

for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = ((text: string | Uint8Array, ...given: unknown[]) => {
    said[name] += typeof text === 'string' ? text : Buffer.from(text).toString()
    const done = given.at(-1)
    if (typeof done === 'function') setImmediate(() => done())
    return true
  }) as typeof process.stdout.write
}

process.on('message', async ({ parameters, environment, stdin }: Typed) => {
  // as it is when nothing has begun
  await wait(0)
  const idle = held()
  Object.assign(said, { stdout: '', stderr: '' })
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment)
  const input = new PassThrough().end(Buffer.from(stdin, 'base64'))
  Object.defineProperty(process, 'stdin', { value: input, configurable: true })
  process.exitCode = undefined
  await runProgram(parameters)
  // a process of its own would end when nothing is left to be waited for
  do await wait(1)
  while (held() > idle)
  const ended: Ended = { exitCode: Number(process.exitCode ?? 0), ...said }
  process.exitCode = undefined
  process.send?.(ended)
})
process.on('disconnect', () => process.exit())

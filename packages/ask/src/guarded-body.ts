import type { Failure } from '@rollcall/core'
import type { RunFault } from './run-fault.ts'
import type { RunLimits } from './run-limits.ts'

const NEWLINE = 0x0a

/**
 * A stream as the clients want it, which gives only what is asked for and ends at the first byte beyond a limit. What
 * went wrong is told to `report` alone: an error in the stream would break promises within the clients that nobody
 * holds, and with them the process.
 */
export function guardedBody(
  stream: AsyncGenerator<Uint8Array, Failure | undefined>,
  limits: Pick<RunLimits, 'streamBytes' | 'eventBytes'>,
  report: (fault: RunFault) => void,
): ReadableStream<Uint8Array> {
  let bytes = 0
  let bytesOfLine = 0
  function faultIn(chunk: Uint8Array): RunFault | undefined {
    bytes += chunk.length
    const lastNewline = chunk.lastIndexOf(NEWLINE)
    bytesOfLine = lastNewline < 0 ? bytesOfLine + chunk.length : chunk.length - lastNewline - 1
    return bytes > limits.streamBytes || bytesOfLine > limits.eventBytes ? { code: 'too_large' } : undefined
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await stream.next()
        const fault = done ? value : faultIn(value)
        if (fault) {
          report(fault)
          controller.close()
          await stream.return(undefined)
        } else if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await stream.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

import { type CallServer, connectSignedIn } from './connect.ts'
import { listenForInterruption } from './interruption.ts'
import { createProgressLine } from './print/progress-line.ts'
import { readServer } from './server-address.ts'

export interface AtServer {
  server: string
  call: CallServer
}

/**
 * Asks a server on behalf of whoever is signed in there, and says at a terminal that it is waited for; `use` is given
 * what came, and returns the exit code. An interruption ends the asking.
 */
export async function atServer<T>(
  option: string | true | undefined,
  ask: (at: AtServer) => Promise<T>,
  use: (answer: T, at: AtServer) => number,
): Promise<number> {
  const server = readServer(option, process.env)
  const interruption = listenForInterruption()
  const line = createProgressLine(process.stderr)
  try {
    const at = { server, call: connectSignedIn(server, process.env, interruption.signal) }
    line.show(`Asking ${server}…`)
    const answer = await ask(at)
    line.clear()
    return use(answer, at)
  } catch (error) {
    if (interruption.exitCode !== undefined) return interruption.exitCode
    throw error
  } finally {
    line.clear()
    interruption.stopListening()
  }
}

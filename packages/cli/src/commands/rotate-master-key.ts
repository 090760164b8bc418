import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../command-error.ts'
import { connectSignedIn } from '../connect.ts'
import { createProgressLine } from '../print/progress-line.ts'
import { readServer } from '../server-address.ts'

const LOOK_AGAIN_MS = 300

/** Has the server seal everything with a new master key, and waits until that is done. */
export async function rotateMasterKeyCommand({ server: option }: { server?: string }): Promise<void> {
  const server = readServer(option, process.env)
  const call = connectSignedIn(server, process.env)
  const line = createProgressLine(process.stderr)
  try {
    let state = await call('rotateMasterKey', {})
    while (state.remaining > 0) {
      if (!state.is_rotating) {
        throw new CommandError(
          `${server} stopped with ${state.remaining.toLocaleString('en')} secrets still to do: look into its log, then run this again.`,
        )
      }
      line.show(`Sealing anew… ${state.remaining.toLocaleString('en')} to go (it goes on without this, too)`)
      await wait(LOOK_AGAIN_MS)
      state = await call('masterKeyState', {})
    }
    line.clear()
    process.stdout.write(
      `Everything at ${server} is sealed with the master key ${state.kid}. Back up its secrets again: older backups of them do not have this key.\n`,
    )
  } finally {
    line.clear()
  }
}

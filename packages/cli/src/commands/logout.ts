import { CommandError } from '../command-error.ts'
import { connect } from '../connect.ts'
import { openCredentials } from '../credentials.ts'
import { readServer } from '../server-address.ts'

/** Forgets the token for a server, and revokes it there where `rollcall login` has made it. */
export async function logoutCommand({ server: option }: { server?: string }): Promise<void> {
  const server = readServer(option, process.env)
  const credentials = openCredentials(process.env)
  const credential = credentials.get(server)
  if (!credential) {
    process.stdout.write(`You are not signed in at ${server}.\n`)
    return
  }
  credentials.remove(server)
  if (!credential.isOwn) {
    process.stdout.write(
      `The token for ${server} is forgotten here. It was made elsewhere, so it still works: revoke it at the server if nothing else needs it.\n`,
    )
    return
  }
  try {
    await connect(server, credential.token)('revokeOwnToken', {})
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    // no longer good for anything: that is what was wanted
    if (error.code !== 'token_revoked' && error.code !== 'token_expired') {
      throw new CommandError(
        `The token for ${server} is forgotten here, but it was not revoked there. ${error.message}`,
      )
    }
  }
  process.stdout.write(`Signed out at ${server}: its token is revoked and forgotten.\n`)
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestServer } from '../../../server/src/testing/test-server.ts'

export interface SignedIn {
  /** For a command line that is signed in at the server. */
  environment: Record<string, string>
  /** A personal access token, as `rollcall login` has it. */
  token: string
  /** Of the session with which it was made. */
  sessionToken: string
  remove(): void
}

/** A new account at the server, and a token of it in the environment. */
export async function signIn(
  server: Pick<TestServer, 'address' | 'call' | 'register'>,
  scopes: readonly string[] = ['models', 'keys'],
): Promise<SignedIn> {
  const { token: sessionToken } = await server.register()
  const body = { name: 'command line', scopes }
  const { json } = await server.call('POST', '/api/access-tokens', { token: sessionToken, body })
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-config-'))
  return {
    environment: {
      XDG_CONFIG_HOME: folder,
      ROLLCALL_SERVER: server.address,
      ROLLCALL_TOKEN: json.token,
    },
    token: json.token,
    sessionToken,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

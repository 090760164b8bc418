import { hostname } from 'node:os'
import { visible } from '@rollcall/core/visible-text'
import { CommandError } from '../command-error.ts'
import { connect } from '../connect.ts'
import { isAccessToken, openCredentials } from '../credentials.ts'
import { ask, canAsk, readStdin } from '../read-secret.ts'
import { readServer, warningFor } from '../server-address.ts'
import { UsageError } from '../usage-error.ts'

export interface LoginOptions {
  server?: string
  tokenStdin?: boolean
}

/** Keeps a personal access token for a server: one that is piped in, or one that it makes for whoever signs in. */
export async function loginCommand({ server: option, tokenStdin }: LoginOptions): Promise<void> {
  const server = readServer(option, process.env)
  // before anything is made that could not be kept
  const credentials = openCredentials(process.env)
  if (!tokenStdin && !canAsk()) {
    throw new UsageError(
      'There is no terminal to ask in: pipe a personal access token into "rollcall login --token-stdin", or put it into ROLLCALL_TOKEN.',
    )
  }
  const warning = warningFor(server)
  if (warning) process.stderr.write(`${warning}\n`)
  const { token, email } = await (tokenStdin ? takeToken(server) : makeToken(server))
  const before = credentials.get(server)
  credentials.set(server, { token, isOwn: !tokenStdin })
  if (before?.isOwn && before.token !== token) await revokeQuietly(server, before.token)
  process.stdout.write(
    `Signed in at ${server} as ${visible(email)}. The token is kept in ${credentials.file}.\n`,
  )
  if (process.env.ROLLCALL_TOKEN) process.stderr.write('ROLLCALL_TOKEN is set, and goes before it.\n')
}

async function takeToken(server: string) {
  const token = (await readStdin('the token')).trim()
  if (!isAccessToken(token)) {
    throw new UsageError('What is piped in is not a personal access token (rc_…): copy it whole.')
  }
  const { email } = await connect(server, token)('me', {})
  return { token, email }
}

async function makeToken(server: string) {
  const email = await ask(`E-mail address at ${server}`)
  const password = await ask('Password', { isSecret: true })
  const { access_token, user } = await signIn(server, email, password)
  const call = connect(server, access_token)
  try {
    const { token } = await call('createAccessToken', {
      body: {
        name: `rollcall on ${hostname()}`.slice(0, 64),
        scopes: ['models', 'keys', 'runs', ...(user.role === 'admin' ? ['admin' as const] : [])],
      },
    })
    return { token, email: user.email }
  } finally {
    // the token is all that is needed from here on
    await call('signOut', {})
  }
}

async function signIn(server: string, email: string, password: string) {
  const call = connect(server)
  try {
    return await call('signIn', { body: { email, password } })
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'second_factor_required') throw error
    const code = await ask('Code of your authenticator app, or a recovery code', { isSecret: true })
    return await call('signIn', { body: { email, password, code } })
  }
}

async function revokeQuietly(server: string, token: string): Promise<void> {
  try {
    await connect(server, token)('revokeOwnToken', {})
  } catch (error) {
    // the one that counts is there; this one can be revoked at the server
    if (!(error instanceof CommandError)) throw error
  }
}

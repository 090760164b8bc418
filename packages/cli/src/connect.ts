import { ApiError, createClient, ENDPOINTS, type EndpointName, SCOPES } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { CommandError } from './command-error.ts'
import { isAccessToken, openCredentials } from './credentials.ts'
import type { Environment } from './environment.ts'
import { UsageError } from './usage-error.ts'

export type CallServer = ReturnType<typeof createClient>

/** Longer than a server may take to ask all providers. */
const TIMEOUT_MS = 120_000
const REFUSED_TOKEN: readonly string[] = ['unauthenticated', 'token_expired', 'token_revoked']

/** Calls the endpoints of a server; a refusal is a CommandError with the server's sentence and code. */
export function connect(server: string, token?: string, signal?: AbortSignal): CallServer {
  const client = createClient({
    server,
    token: () => token,
    fetch: (url, init) => {
      const limit = AbortSignal.timeout(TIMEOUT_MS)
      return fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, limit]) : limit })
    },
  })
  return async (name, call) => {
    try {
      return await client(name, call)
    } catch (error) {
      if (error instanceof ApiError) throw new CommandError(visible(error.message), error.code)
      throw error
    }
  }
}

/** The same for whoever has a token for it: in ROLLCALL_TOKEN, else from `rollcall login`. */
export function connectSignedIn(server: string, environment: Environment, signal?: AbortSignal): CallServer {
  const { token, advice } = findToken(server, environment)
  const call = connect(server, token, signal)
  return async (name, input) => {
    try {
      return await call(name, input)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      if (REFUSED_TOKEN.includes(error.code ?? '')) {
        throw new CommandError(`${server} does not take this token (any more): ${advice}`, error.code)
      }
      const scope = error.code === 'forbidden' ? scopeOf(name) : undefined
      if (scope === undefined) throw error
      throw new CommandError(
        `The token for ${server} may not do this, for it lacks the scope "${scope}": ${advice}`,
        error.code,
      )
    }
  }
}

/** Undefined where something else than a scope may be missing. */
function scopeOf(name: EndpointName) {
  return SCOPES.find((scope) => scope !== 'admin' && scope === ENDPOINTS[name].access)
}

function findToken(server: string, environment: Environment): { token: string; advice: string } {
  const fromEnvironment = environment.ROLLCALL_TOKEN
  if (fromEnvironment) {
    if (!isAccessToken(fromEnvironment)) {
      throw new UsageError('ROLLCALL_TOKEN is not a personal access token (rc_…): copy it whole.')
    }
    return { token: fromEnvironment, advice: 'put another one into ROLLCALL_TOKEN.' }
  }
  const credential = openCredentials(environment).get(server)
  const login = `rollcall login --server ${server}`
  if (!credential) throw new UsageError(`You are not signed in at ${server}: run ${login}`)
  return { token: credential.token, advice: `run ${login}` }
}

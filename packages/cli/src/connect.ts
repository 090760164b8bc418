import {
  ApiError,
  ApiErrorBody,
  createClient,
  ENDPOINTS,
  type EndpointName,
  SCOPES,
} from '@rollcall/core/schema'
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

interface EventsCall {
  /** Where it is to go on; undefined: from the beginning. */
  lastEventId: string | undefined
  signal: AbortSignal
}

export type OpenEvents = (path: string, call: EventsCall) => Promise<AsyncIterable<Uint8Array>>

/** Opens streams of events for whoever is signed in; a refusal is a CommandError with the server's code. */
export function openEventsSignedIn(server: string, environment: Environment): OpenEvents {
  const { token } = findToken(server, environment)
  return async (path, { lastEventId, signal }) => {
    const headers = {
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    }
    const response = await fetch(`${server}${path}`, { headers, redirect: 'error', signal }).catch(() => {
      // what it threw may quote the request
      throw new CommandError(`${server} could not be reached.`, 'unreachable')
    })
    if (response.status === 200 && response.body) return response.body
    const text = await response.text().catch(() => '')
    const { code, message } = readError(text.replaceAll(token, '…'))
    throw new CommandError(visible(message), code)
  }
}

function readError(text: string): { code: string; message: string } {
  try {
    return ApiErrorBody.parse(JSON.parse(text)).error
  } catch {
    // what lies in between may answer in the server's place, for a while
    return { code: 'unreachable', message: 'The server did not answer as a Rollcall server of this version.' }
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

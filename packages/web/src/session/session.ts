import {
  type Answer,
  ApiError,
  type Call,
  createClient,
  ENDPOINTS,
  type EndpointName,
  type SignedIn,
  type User,
} from '@rollcall/core/schema'

/** `ended`: the page stays as it is, with all that was typed, and waits for the same person to sign in again. */
export type SessionState =
  | { kind: 'starting' }
  | { kind: 'unreachable' }
  | { kind: 'signed_out' }
  | { kind: 'signed_in'; user: User }
  | { kind: 'ended'; user: User; message: string }

export interface SessionPorts {
  fetch: typeof fetch
  /** `https://rollcall.example.com` */
  server: string
  now: () => number
  /** Tells the other tabs of this browser. */
  tell: (news: 'signed_out') => void
  /** What was typed and not sent. */
  forget: () => void
  /** Somebody else is signed in here now: nothing that is shown may stay. */
  startOver: () => void
}

/** Renewed before it ends, so that no call has to be made twice. */
const RENEW_BEFORE_MS = 30_000
const ENDINGS: readonly string[] = ['unauthenticated', 'token_expired', 'token_revoked']

/** Who is signed in, and the only place that holds the access token: in memory, never in the browser's storage. */
export function createSession({ fetch, server, now, tell, forget, startOver }: SessionPorts) {
  let state: SessionState = { kind: 'starting' }
  let token: { text: string; endsAt: number } | undefined
  let renewal: Promise<void> | undefined
  let reentry: PromiseWithResolvers<void> | undefined
  const listeners = new Set<() => void>()
  const client = createClient({ server, fetch: (url, init) => fetch(url, init), token: () => token?.text })

  function become(next: SessionState): void {
    state = next
    for (const listener of listeners) listener()
  }

  function accept({ access_token, expires_in, user }: SignedIn): void {
    const before = state.kind === 'signed_in' || state.kind === 'ended' ? state.user : undefined
    if (before && before.id !== user.id) {
      startOver()
      return
    }
    token = { text: access_token, endsAt: now() + expires_in * 1000 }
    become({ kind: 'signed_in', user })
    reentry?.resolve()
    reentry = undefined
  }

  function leave(): void {
    token = undefined
    // what still waits was wanted by whoever left, and the next one may be somebody else
    reentry?.reject(new ApiError('unauthenticated', 'You are signed out.', 401))
    reentry = undefined
    become({ kind: 'signed_out' })
  }

  /** Of their own will, unlike when a session ends: whoever sits here next finds nothing. */
  function goAway(): void {
    forget()
    leave()
  }

  async function start(): Promise<void> {
    become({ kind: 'starting' })
    try {
      accept(await client('refreshSession', {}))
    } catch (error) {
      if (isEnding(error)) leave()
      else become({ kind: 'unreachable' })
    }
  }

  /** Returns when there is a token that works: after the person has signed in again, where that is what it takes. */
  function renew(): Promise<void> {
    renewal ??= (async () => {
      try {
        accept(await client('refreshSession', {}))
      } catch (error) {
        if (!isEnding(error)) throw error
        await waitForReentry(error)
      }
    })().finally(() => {
      renewal = undefined
    })
    return renewal
  }

  function waitForReentry({ message }: ApiError): Promise<void> {
    token = undefined
    if (state.kind === 'signed_in') become({ kind: 'ended', user: state.user, message })
    reentry ??= Promise.withResolvers<void>()
    return reentry.promise
  }

  /** Sends with a token that works; once more where it turned out not to. */
  async function withToken<T>(send: () => Promise<T>): Promise<T> {
    if (!token || token.endsAt - RENEW_BEFORE_MS <= now()) await renew()
    try {
      return await send()
    } catch (error) {
      if (!isEnding(error)) throw error
      await renew()
      return send()
    }
  }

  return {
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    start,
    accept,
    /** Asks anew who this is and what they may do. */
    renew,

    /** Calls an endpoint of the table. Throws `ApiError`. */
    call<N extends EndpointName>(name: N, call: Call<N>): Promise<Answer<N>> {
      return ENDPOINTS[name].access === 'public' ? client(name, call) : withToken(() => client(name, call))
    },

    /** Opens a stream of events. Throws `ApiError`. */
    open(path: string, signal: AbortSignal): Promise<Response> {
      return withToken(() => openStream(path, signal))
    },

    /** Sends a call that survives the page, as far as there is a token: whoever leaves waits for nothing. */
    sendOnLeaving(method: 'DELETE', path: string): void {
      if (!token) return
      const headers = { authorization: `Bearer ${token.text}` }
      // nobody is there to hear how it went
      fetch(`${server}${path}`, { method, headers, keepalive: true }).catch(() => undefined)
    },

    async signOut(): Promise<void> {
      await client('signOut', {})
      tell('signed_out')
      goAway()
    },

    /** Another tab has signed out. */
    hearSignedOut: goAway,
  }

  async function openStream(path: string, signal: AbortSignal): Promise<Response> {
    const response = await fetch(`${server}${path}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token?.text ?? ''}` },
      redirect: 'error',
      signal,
    }).catch((error) => {
      if (signal.aborted) throw error
      throw new ApiError('unreachable', `${server} could not be reached: check that it runs.`)
    })
    if (response.ok) return response
    const code = response.status === 401 ? 'token_expired' : 'not_rollcall'
    throw new ApiError(code, `${server} did not open the stream (${response.status}).`, response.status)
  }
}

export type Session = ReturnType<typeof createSession>

/** Whether the session is over, unlike a password or code that was refused with the same status. */
function isEnding(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 401 && ENDINGS.includes(error.code)
}

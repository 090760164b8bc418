import type { User } from '@rollcall/core/schema'
import { useSyncExternalStore } from 'react'
import { createReachability } from './reachability.ts'
import { createSession, type SessionState } from './session.ts'

const channel = new BroadcastChannel('rollcall-session')

export const reachability = createReachability()

/** The session of this page. */
export const session = createSession({
  fetch: reachability.watching((...args) => fetch(...args)),
  server: location.origin,
  now: Date.now,
  tell: (news) => channel.postMessage(news),
  startOver: () => location.replace('/'),
})

channel.onmessage = ({ data }) => {
  if (data === 'signed_out') session.hearSignedOut()
}

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state)
}

/** Who is signed in; only for what is shown inside the frame. */
export function useUser(): User {
  const state = useSession()
  if (state.kind !== 'signed_in' && state.kind !== 'ended') throw new Error('Nobody is signed in here.')
  return state.user
}

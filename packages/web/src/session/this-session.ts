import type { User } from '@rollcall/core/schema'
import { useSyncExternalStore } from 'react'
import { createReachability } from './reachability.ts'
import { createSession, type SessionState } from './session.ts'

const REMEMBERED_AS = 'rollcall-was-signed-in'
const channel = new BroadcastChannel('rollcall-session')

export const reachability = createReachability()

/** The session of this page. */
export const session = createSession({
  fetch: reachability.watching((...args) => fetch(...args)),
  server: location.origin,
  now: Date.now,
  tell: (news) => channel.postMessage(news),
  forget: forgetTyped,
  startOver: () => location.replace('/'),
})

function forgetTyped(): void {
  try {
    sessionStorage.clear()
  } catch {
    // where there is no storage nothing was kept
  }
}

channel.onmessage = ({ data }) => {
  if (data === 'signed_out') session.hearSignedOut()
}

/** Whether somebody was signed in when this browser was last here: a guess of what will be shown, nothing more. */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(REMEMBERED_AS) !== null
  } catch {
    return false // no storage, no guess
  }
}

session.subscribe(() => {
  try {
    const { kind } = session.state()
    if (kind === 'signed_in') localStorage.setItem(REMEMBERED_AS, 'yes')
    if (kind === 'signed_out') localStorage.removeItem(REMEMBERED_AS)
  } catch {
    // without storage nothing is guessed
  }
})

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state)
}

/** Who is signed in; only for what is shown inside the frame. */
export function useUser(): User {
  const state = useSession()
  if (state.kind !== 'signed_in' && state.kind !== 'ended') throw new Error('Nobody is signed in here.')
  return state.user
}

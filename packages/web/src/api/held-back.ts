import { ApiError } from '@rollcall/core/schema'
import { useSyncExternalStore } from 'react'
import { session } from '../session/this-session.ts'
import { showToast } from '../ui/toasts.tsx'
import { createHoldingBack } from './holding-back.ts'
import { queryClient, sentenceOf } from './query-client.ts'

const held = createHoldingBack({
  showToast,
  sentenceOf: (error) => (error instanceof ApiError && error.code === 'not_found' ? null : sentenceOf(error)),
})

/** `holdBack` hides and sends later · `undo` takes back · `sendAll` sends now. */
export const { holdBack, undo, sendAll } = held

const channel = new BroadcastChannel('rollcall-held-back')
/** Other tabs need no answer: what they send is on its way within this. */
const OTHER_TABS_MS = 300

channel.onmessage = held.leave

/** Sends what still waits, in every tab of this browser: the session is about to end for all of them. */
export async function sendAllEverywhere(): Promise<void> {
  channel.postMessage('send')
  await Promise.all([held.sendAll(), new Promise((resolve) => setTimeout(resolve, OTHER_TABS_MS))])
}

addEventListener('pagehide', held.leave)
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  // brought back from the browser's memory: what was sent on leaving is gone by now
  held.forget()
  void queryClient.invalidateQueries()
})
session.subscribe(() => {
  // the next one to sign in may be somebody else
  if (session.state().kind === 'signed_out') held.forget()
})

/** The ids of all that is about to go: lists do not show them. */
export function useHeldBack(): ReadonlySet<string> {
  return useSyncExternalStore(held.subscribe, held.hidden)
}

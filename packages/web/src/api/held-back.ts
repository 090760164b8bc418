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

/** `holdBack` hides and sends later · `undo` takes back · `sendAll` before signing out. */
export const { holdBack, undo, sendAll } = held

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

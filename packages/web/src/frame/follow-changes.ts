import type { QueryClient } from '@tanstack/react-query'
import { readEvents } from '../api/read-events.ts'
import { availableModelsQuery } from '../models/available-models.ts'
import type { Session } from '../session/session.ts'

/** What the server's news makes outdated, by kind. */
const OUTDATED: Record<string, readonly string[]> = {
  keys: ['api-keys', 'available-models'],
  lists: ['available-models'],
  runs: ['runs'],
  account: ['access-tokens', 'users', 'invitations'],
}
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
const OWN_NEWS_MS = 1_000

/**
 * Keeps what is shown true: what another tab, device or process changes is asked for again. A browser opens only six
 * connections to one server, so of all tabs one listens and tells the others.
 */
export function followChanges(session: Session, queryClient: QueryClient, signal: AbortSignal): void {
  const channel = new BroadcastChannel('rollcall-changes')
  const outdate = (kind: string) => {
    const keys = OUTDATED[kind]
    if (kind === 'lists' && isToldAnyway(queryClient)) return
    // a role or a session may have ended; without a server there is nothing new
    if (kind === 'account') session.renew().catch(() => undefined)
    if (!keys) void queryClient.invalidateQueries()
    else for (const key of keys) void queryClient.invalidateQueries({ queryKey: [key] })
  }
  channel.onmessage = ({ data }) => outdate(String(data))
  signal.addEventListener('abort', () => channel.close(), { once: true })

  const listen = async () => {
    let pauseMs = FIRST_PAUSE_MS
    while (!signal.aborted) {
      try {
        const response = await session.open('/api/events', signal)
        for await (const { event, data } of readEvents(response.body ?? new ReadableStream())) {
          if (event === 'open' && pauseMs > FIRST_PAUSE_MS) tell('everything') // news may have been lost meanwhile
          pauseMs = FIRST_PAUSE_MS
          if (event === 'change') tell((JSON.parse(data) as { kind: string }).kind)
        }
      } catch {
        // the server is away: what is asked for meanwhile says so itself
      }
      await pause(pauseMs, signal)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }
  const tell = (kind: string) => {
    outdate(kind)
    if (!signal.aborted) channel.postMessage(kind)
  }
  // plain http has no locks, save on this machine: there each tab listens for itself
  if ('locks' in navigator) {
    navigator.locks.request('rollcall-changes', { signal }, listen).catch(() => undefined) // this tab is done waiting
  } else void listen()
}

/** A stream of this very page tells what it changes, and has just done so where it ended a moment ago. */
function isToldAnyway(queryClient: QueryClient): boolean {
  const state = queryClient.getQueryState(availableModelsQuery.queryKey)
  if (!state?.data) return false
  return state.data.streams > 0 || Date.now() - state.dataUpdatedAt < OWN_NEWS_MS
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}

import type { QueryClient } from '@tanstack/react-query'
import { readEvents } from '../api/read-events.ts'
import { availableModelsQuery } from '../models/available-models.ts'
import type { Session } from '../session/session.ts'

/** What the server's news makes outdated, by kind. */
const OUTDATED: Record<string, readonly string[]> = {
  keys: ['api-keys', 'available-models', 'model', 'provider-status'],
  lists: ['available-models', 'model'],
  facts: ['available-models', 'model'],
  marks: ['model-marks', 'model'],
  runs: ['runs', 'usage'],
  account: ['access-tokens', 'users', 'invitations'],
}
const LOCK = 'rollcall-changes'
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
const OWN_NEWS_MS = 1_000
/** A run that is under way has news all the time. */
const RUNS_EVERY_MS = 2_000

/**
 * Keeps what is shown true: what another tab, device or process changes is asked for again. A browser opens only six
 * connections to one server, so of all tabs one listens and tells the others.
 */
export function followChanges(session: Session, queryClient: QueryClient, signal: AbortSignal): void {
  const channel = new BroadcastChannel('rollcall-changes')
  const outdateRuns = noMoreOftenThan(RUNS_EVERY_MS, () => {
    if (!signal.aborted) for (const key of OUTDATED.runs ?? []) invalidate(key)
  })
  const invalidate = (key: string) => void queryClient.invalidateQueries({ queryKey: [key] })
  const outdate = (kind: string) => {
    const keys = OUTDATED[kind]
    if (kind === 'runs') return outdateRuns()
    if (kind === 'lists') invalidate('provider-status')
    if (kind === 'lists' && isToldAnyway(queryClient)) return
    // a role or a session may have ended; without a server there is nothing new
    if (kind === 'account') session.renew().catch(() => undefined)
    if (!keys) void queryClient.invalidateQueries()
    else for (const key of keys) invalidate(key)
  }
  channel.onmessage = ({ data }) => outdate(String(data))
  signal.addEventListener('abort', () => channel.close(), { once: true })

  const tell = (kind: string) => {
    outdate(kind)
    if (!signal.aborted) channel.postMessage(kind)
  }
  /** `hasMissed`: something may have changed before this tab began to listen. */
  const listen = async (hasMissed: boolean) => {
    let isOutdated = hasMissed
    let pauseMs = FIRST_PAUSE_MS
    while (!signal.aborted) {
      try {
        const response = await session.open('/api/events', signal)
        for await (const { event, data } of readEvents(response.body ?? new ReadableStream())) {
          if (event === 'open' && isOutdated) tell('everything')
          if (event === 'change') tell((JSON.parse(data) as { kind: string }).kind)
          pauseMs = FIRST_PAUSE_MS
        }
      } catch {
        // the server is away: what is asked for meanwhile says so itself
      }
      isOutdated = true
      await pause(pauseMs, signal)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }
  listenInTurn(listen, signal).catch(() => undefined) // this tab is done waiting
}

/** One tab after the other listens: at once where it is the only one, else when the one before it is gone. */
async function listenInTurn(
  listen: (hasMissed: boolean) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  // plain http has no locks, save on this machine: there each tab listens for itself
  if (!('locks' in navigator)) return listen(false)
  const isDone = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await listen(false)
    return lock !== null
  })
  if (!isDone) await navigator.locks.request(LOCK, { signal }, () => listen(true))
}

/** A stream of this very page tells what it changes, and has just done so where it ended a moment ago. */
function isToldAnyway(queryClient: QueryClient): boolean {
  const state = queryClient.getQueryState(availableModelsQuery.queryKey)
  if (!state?.data) return false
  return state.data.streams > 0 || Date.now() - state.dataUpdatedAt < OWN_NEWS_MS
}

/** At once where it was not done for so long, else when that time is over; once for all that came meanwhile. */
function noMoreOftenThan(everyMs: number, act: () => void): () => void {
  let freeAt = 0
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(
      () => {
        isWaiting = false
        freeAt = Date.now() + everyMs
        act()
      },
      Math.max(0, freeAt - Date.now()),
    )
  }
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

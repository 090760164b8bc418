import type { StreamEvent } from '@rollcall/core/schema'
import { ApiError } from '@rollcall/core/schema'
import { readEvents } from '../api/read-events.ts'
import { type LiveRun, withEvent } from './live-answers.ts'

export interface FollowPorts {
  open: (path: string, signal: AbortSignal) => Promise<Response>
  show: (live: LiveRun) => void
  /** Waits before the next attempt, the n-th in a row that brought nothing. */
  pause: (attempt: number, signal: AbortSignal) => Promise<void>
}

/**
 * Follows a run to its end from what has been heard, going on exactly where a connection broke off. Resolves when the run has ended, when it is
 * gone, or when nobody wants to know any more.
 */
export async function followRun(
  id: string,
  heard: LiveRun,
  { open, show, pause }: FollowPorts,
  signal: AbortSignal,
): Promise<'ended' | 'gone' | 'left'> {
  let live = heard
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      for await (const event of await eventsOf(id, live.after, open, signal)) {
        attempt = 0
        live = withEvent(live, event)
        show(live)
        if (live.isDone) return 'ended'
      }
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return 'gone'
      // the connection broke, or the server is away
    }
    await pause(attempt, signal)
  }
  return 'left'
}

async function eventsOf(
  id: string,
  after: string | undefined,
  open: FollowPorts['open'],
  signal: AbortSignal,
): Promise<AsyncIterable<StreamEvent>> {
  const search = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
  const response = await open(`/api/runs/${encodeURIComponent(id)}/events${search}`, signal)
  return readEvents(response.body ?? new ReadableStream())
}

import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Log } from '../log.ts'
import type { Change, Storage } from '../storage/database.ts'
import type { AppContext } from './bind.ts'

/** Proxies close a connection on which nothing is said for long. */
const HEARTBEAT_MS = 15_000

export interface EventStreamPorts {
  storage: Pick<Storage, 'onChange'>
  log: Log
  /** Aborted when the server is about to stop. */
  closing: AbortSignal
}

/** Whose stream it is, and what ends it: the caller goes away, or another reason. */
export interface EventStreamCall {
  userId: string
  context: AppContext
  endings: readonly AbortSignal[]
}

/** `data` is one line, `id` where a reader may come back to it. Does nothing where the stream has ended; resolves when there is room for more. */
export type SendEvent = (event: string, data: string, id?: string) => Promise<void>

export interface Teller {
  /** Tells all there is to tell; the stream ends with it, or before. */
  tell(send: SendEvent, ended: AbortSignal): Promise<void>
  /** The last words where it ends because this user's access may have changed. */
  part?(change: Change): { event: string; data: string }
}

/** Opens streams of events that end at once where their user's access changes, and when the server closes. */
export function createEventStreams({ storage, log, closing }: EventStreamPorts) {
  async function run(stream: SSEStreamingApi, call: EventStreamCall, { tell, part }: Teller): Promise<void> {
    const ended = new AbortController()
    const end = () => ended.abort()
    const stopListening = storage.onChange((change) => {
      const isTheirs =
        change.kind === 'everything' || (change.kind === 'access' && change.userId === call.userId)
      if (!isTheirs || ended.signal.aborted) return
      end()
      if (part) void stream.write(toText(part(change)))
    })
    let isHeard = true
    const heartbeat = setInterval(async () => {
      // whoever has not read the last one gets no other
      if (!isHeard) return
      isHeard = false
      await stream.write(': still here\n\n')
      isHeard = true
    }, HEARTBEAT_MS)
    const endings = [...call.endings, closing]
    for (const ending of endings) {
      if (ending.aborted) end()
      else ending.addEventListener('abort', end, { once: true })
    }
    const send: SendEvent = async (event, data, id) => {
      if (!ended.signal.aborted) await stream.write(toText({ event, data, id }))
    }
    const told = tell(send, ended.signal).catch((error) =>
      log.bug(error, { event: 'stream_failed', user_id: call.userId }),
    )
    // whoever ends it does not wait for what is still under way, which others may share
    await Promise.race([told, untilAborted(ended.signal)])
    clearInterval(heartbeat)
    stopListening()
    for (const ending of endings) ending.removeEventListener('abort', end)
    end()
  }

  return (call: EventStreamCall, teller: Teller): Response => {
    const response = streamSSE(call.context, (stream) => run(stream, call, teller))
    response.headers.set('cache-control', 'no-store')
    // nothing between us and the page may hold events back
    response.headers.set('x-accel-buffering', 'no')
    return response
  }
}

export type OpenEventStream = ReturnType<typeof createEventStreams>

function toText({ event, data, id }: { event: string; data: string; id?: string | undefined }): string {
  return `event: ${event}\ndata: ${data}\n${id === undefined ? '' : `id: ${id}\n`}\n`
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

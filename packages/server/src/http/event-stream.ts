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
  async function run(stream: EventBody, call: EventStreamCall, { tell, part }: Teller): Promise<void> {
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
    stream.close()
  }

  return (call: EventStreamCall, teller: Teller): Response => {
    const stream = createEventBody()
    void run(stream, call, teller)
    return call.context.body(stream.body, 200, {
      'content-type': 'text/event-stream',
      'transfer-encoding': 'chunked',
      'cache-control': 'no-store',
      // nothing between us and the page may hold events back
      'x-accel-buffering': 'no',
    })
  }
}

export type OpenEventStream = ReturnType<typeof createEventStreams>

type EventBody = ReturnType<typeof createEventBody>

/** One stream and no chain of them, since every word passes through it. */
function createEventBody() {
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let room: PromiseWithResolvers<void> | undefined
  function makeRoom(): void {
    room?.resolve()
    room = undefined
  }
  function end(): void {
    controller = undefined
    makeRoom()
  }
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given
    },
    pull: makeRoom,
    cancel: end,
  })
  return {
    body,
    /** Resolves when there is room for more, or when nobody reads any more. */
    async write(text: string): Promise<void> {
      if (!controller) return
      controller.enqueue(encoder.encode(text))
      if ((controller.desiredSize ?? 0) > 0) return
      room ??= Promise.withResolvers()
      await room.promise
    },
    close(): void {
      controller?.close()
      end()
    },
  }
}

function toText({ event, data, id }: { event: string; data: string; id?: string | undefined }): string {
  return `event: ${event}\ndata: ${data}\n${id === undefined ? '' : `id: ${id}\n`}\n`
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

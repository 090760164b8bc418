import { setTimeout as pause } from 'node:timers/promises'
import type { Handlers } from '../http/bind.ts'
import type { OpenEventStream, SendEvent } from '../http/event-stream.ts'
import type { Storage } from '../storage/database.ts'

/** Each kind of change is told at most once in this time, and the last one always. */
const AT_MOST_EVERY_MS = 200
const MOST_STREAMS = 20

export interface ChangePorts {
  storage: Pick<Storage, 'onChange'>
  openStream: OpenEventStream
  now: () => number
}

/** Tells each user's pages what has changed of theirs, and nothing of anybody else's. */
export function createChangeStream({ storage, openStream, now }: ChangePorts): Pick<Handlers, 'changes'> {
  const open = new Map<string, Set<AbortController>>()

  /** Aborted when the token ends, or where the same user has opened too many after it. */
  function enter(userId: string, endsInMs: number): AbortController {
    const place = new AbortController()
    const places = open.get(userId) ?? new Set()
    open.set(userId, places.add(place))
    const timer = setTimeout(() => place.abort(), endsInMs)
    place.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      places.delete(place)
      if (places.size === 0) open.delete(userId)
    })
    const [oldest] = places
    if (places.size > MOST_STREAMS) oldest?.abort()
    return place
  }

  async function tell(userId: string, send: SendEvent, ended: AbortSignal): Promise<void> {
    const untold = new Set<string>()
    let wake = () => {}
    const stopListening = storage.onChange((change) => {
      // the other kinds end the stream
      if (change.kind === 'everything' || change.kind === 'access') return
      // its end is told where it has ended
      if (change.kind === 'stopped_run') return
      if (change.kind !== 'catalogue' && change.userId !== userId) return
      untold.add(change.kind === 'catalogue' ? 'facts' : change.kind)
      wake()
    })
    ended.addEventListener('abort', () => {
      stopListening()
      wake()
    })
    await send('open', '{}')
    while (!ended.aborted) {
      if (untold.size === 0) await new Promise<void>((resolve) => (wake = resolve))
      const kinds = [...untold]
      untold.clear()
      for (const kind of kinds) await send('change', JSON.stringify({ kind }))
      await pause(AT_MOST_EVERY_MS, undefined, { signal: ended }).catch(() => {}) // it has ended
    }
  }

  return {
    changes({ who: { userId, expiresAt }, context, signal }) {
      const place = enter(userId, expiresAt - now())
      return openStream(
        { userId, context, endings: [signal, place.signal] },
        {
          async tell(send, ended) {
            const leave = () => place.abort()
            if (ended.aborted) return leave()
            ended.addEventListener('abort', leave)
            await tell(userId, send, ended)
          },
          part: ({ kind }) => ({
            event: 'change',
            data: JSON.stringify({ kind: kind === 'access' ? 'account' : kind }),
          }),
        },
      )
    },
  }
}

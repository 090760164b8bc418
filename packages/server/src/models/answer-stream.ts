import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { AppContext } from '../http/bind.ts'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/database.ts'
import { type AvailableModelsPath, type Part, type Selection, toAnswerText } from './available-models.ts'
import type { KeyState } from './list-store.ts'

/** Proxies close a connection on which nothing is said for long. */
const HEARTBEAT_MS = 15_000

export interface AnswerStreamPorts {
  storage: Storage
  path: AvailableModelsPath
  log: Log
  /** Aborted when the server is about to stop. */
  closing: AbortSignal
}

/** Whose stream it is, and what ends it: the caller goes away. */
interface StreamCall {
  userId: string
  selection: Selection
  context: AppContext
  signal: AbortSignal
}

/** The answer step by step: as it is known now, then each key as its provider answers. */
export function createAnswerStream({ storage, path, log, closing }: AnswerStreamPorts) {
  async function tell(stream: SSEStreamingApi, states: KeyState[], call: StreamCall, ended: AbortSignal) {
    const send = (event: string, data: string) =>
      ended.aborted ? Promise.resolve() : stream.writeSSE({ event, data })
    await send('snapshot', toAnswerText(await partsOf(states), call.selection.kinds))
    await Promise.all(
      states.map(async (state) => {
        if (!path.isAsked(state, call.selection.isForced)) return
        const part = await path.ask(state)
        if (part && !ended.aborted) await send('provider', await toProviderEvent(part, call))
      }),
    )
    await send('done', '{}')
  }

  async function partsOf(states: readonly KeyState[]): Promise<Part[]> {
    const parts = await Promise.all(states.map((state) => path.partOf(state, false)))
    return parts.filter((part) => part !== undefined)
  }

  /** The provider as it is offered now, all keys of it together, beside the status of the one that answered. */
  async function toProviderEvent(part: Part, { userId, selection }: StreamCall): Promise<string> {
    const { provider } = part.state.asked
    const siblings = await path.keysOf(userId, { isForced: false, providers: [provider.key] })
    const others = await partsOf(siblings.filter(({ id }) => id !== part.state.id))
    const inOrder = siblings.flatMap(({ id }) => [part, ...others].filter(({ state }) => state.id === id))
    const { providers } = JSON.parse(toAnswerText(inOrder, selection.kinds)) as {
      providers: { provider_key: string }[]
    }
    const offered = providers.find(({ provider_key }) => provider_key === provider.key) ?? null
    return JSON.stringify({ provider: offered, status: part.status })
  }

  return async (call: StreamCall): Promise<Response> => {
    const states = await path.keysOf(call.userId, call.selection)
    const response = streamSSE(call.context, async (stream) => {
      const ended = new AbortController()
      const end = () => ended.abort()
      const stopListening = storage.onChange((change) => {
        if (change.kind === 'everything' || (change.kind === 'access' && change.userId === call.userId)) end()
      })
      const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
      const endings = [call.signal, closing]
      for (const ending of endings) {
        if (ending.aborted) end()
        else ending.addEventListener('abort', end, { once: true })
      }
      const told = tell(stream, states, call, ended.signal).catch((error) =>
        log.bug(error, { event: 'stream_failed', user_id: call.userId }),
      )
      // whoever ends it does not wait for what is still under way, which others may share
      await Promise.race([
        told,
        new Promise<void>((resolve) => {
          if (ended.signal.aborted) resolve()
          else ended.signal.addEventListener('abort', () => resolve(), { once: true })
        }),
      ])
      clearInterval(heartbeat)
      stopListening()
      for (const ending of endings) ending.removeEventListener('abort', end)
    })
    response.headers.set('cache-control', 'no-store')
    // nothing between us and the page may hold events back
    response.headers.set('x-accel-buffering', 'no')
    return response
  }
}

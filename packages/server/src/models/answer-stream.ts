import type { EventStreamCall, OpenEventStream, SendEvent } from '../http/event-stream.ts'
import { type AvailableModelsPath, type Part, type Selection, toAnswerText } from './available-models.ts'
import type { KeyState } from './list-store.ts'

interface StreamCall extends EventStreamCall {
  selection: Selection
}

/** The answer step by step: as it is known now, then each key as its provider answers. */
export function createAnswerStream(path: AvailableModelsPath, open: OpenEventStream) {
  async function tell(send: SendEvent, states: KeyState[], call: StreamCall, ended: AbortSignal) {
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
    return open(call, { tell: (send, ended) => tell(send, states, call, ended) })
  }
}

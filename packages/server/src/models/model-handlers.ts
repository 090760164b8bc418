import { type FreshnessPolicy, PROVIDERS, whenToAsk } from '@rollcall/core'
import { streamSSE } from 'hono/streaming'
import type { Handlers, Request } from '../http/bind.ts'
import { Refusal } from '../http/refusal.ts'
import type { Storage } from '../storage/database.ts'
import { type AvailableModelsPath, type Part, type Selection, toAnswerText } from './available-models.ts'
import type { PreparedAnswers } from './prepared-answers.ts'
import type { AskedProvider } from './provider-config.ts'
import { answerHeaders, chooseEncoding, isKnownToCaller } from './send-answer.ts'

/** Proxies close a connection on which nothing is said for long. */
const HEARTBEAT_MS = 15_000

export interface ModelPorts {
  storage: Storage
  path: AvailableModelsPath
  answers: PreparedAnswers
  providers: ReadonlyMap<string, AskedProvider>
  policy: FreshnessPolicy
  now: () => number
  /** Aborted when the server is about to stop. */
  closing: AbortSignal
}

export function createModelHandlers(
  ports: ModelPorts,
): Pick<Handlers, 'availableModels' | 'availableModelsStream' | 'listProviders'> {
  const { storage, path, answers, providers, policy, now, closing } = ports

  return {
    async availableModels({ query, who, context }) {
      const selection = toSelection(query)
      if (selection instanceof Refusal) return selection
      const isWhole = !selection.isForced && !selection.providers && !selection.kinds
      const answer =
        (isWhole ? answers.ready(who.userId) : undefined) ?? (await answers.make(who.userId, selection))
      const headers = new Headers(answerHeaders(answer))
      if (isKnownToCaller(context.req.header('if-none-match'), answer))
        return new Response(null, { status: 304, headers })
      headers.set('content-type', 'application/json')
      const encoding = chooseEncoding(context.req.header('accept-encoding'))
      if (encoding === undefined) return new Response(answer.plain as Uint8Array<ArrayBuffer>, { headers })
      headers.set('content-encoding', encoding)
      return new Response((await answers.encode(who.userId, answer, encoding)) as Uint8Array<ArrayBuffer>, {
        headers,
      })
    },

    async availableModelsStream({ query, who, context, signal }) {
      const selection = toSelection(query)
      if (selection instanceof Refusal) return selection
      const { userId } = who
      const states = await path.keysOf(userId, selection)
      const known = (await Promise.all(states.map((state) => path.partOf(state, false)))).filter(
        (part) => part !== undefined,
      )
      // nothing between us and the page may hold events back
      context.header('x-accel-buffering', 'no')
      context.header('cache-control', 'no-store')
      return streamSSE(context, async (stream) => {
        const over = new AbortController()
        const end = () => over.abort()
        const stopListening = storage.onChange((change) => {
          if (change.kind === 'access' && change.userId === userId) end()
        })
        const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
        for (const ending of [signal, closing]) {
          if (ending.aborted) end()
          else ending.addEventListener('abort', end, { once: true })
        }
        stream.onAbort(end)
        const ended = new Promise<void>((resolve) =>
          over.signal.addEventListener('abort', () => resolve(), { once: true }),
        )
        try {
          await stream.writeSSE({ event: 'snapshot', data: toAnswerText(known, selection.kinds) })
          const asked = states
            .filter((state) => whenToAsk(state.known, now(), policy, selection.isForced) !== 'later')
            .map(async (state) => {
              const part = await path.ask(state)
              if (!part || over.signal.aborted) return
              await stream.writeSSE({
                event: 'provider',
                data: await toProviderEvent(part, userId, selection),
              })
            })
          const done = Promise.all(asked).then(() =>
            over.signal.aborted ? undefined : stream.writeSSE({ event: 'done', data: '{}' }),
          )
          await Promise.race([done, ended])
          // whoever ends it, nobody waits for what is still under way
          done.catch(() => {})
        } finally {
          clearInterval(heartbeat)
          stopListening()
          for (const ending of [signal, closing]) ending.removeEventListener('abort', end)
        }
      })
    },

    listProviders: () => ({
      providers: [...providers.values()].map(({ provider, base }) => ({
        provider_key: provider.key,
        name: provider.name,
        keys_url: provider.keysUrl,
        status_url: provider.statusUrl,
        has_own_base: base !== undefined,
      })),
    }),
  }

  /** The provider as it is offered now, all keys of it together, beside the status of the one that answered. */
  async function toProviderEvent(part: Part, userId: string, selection: Selection): Promise<string> {
    const { provider } = part.state.asked
    const siblings = await path.keysOf(userId, { isForced: false, providers: [provider.key] })
    const parts =
      siblings.length > 1
        ? await Promise.all(
            siblings.map((state) => (state.id === part.state.id ? part : path.partOf(state, false))),
          )
        : [part]
    const answer = toAnswerText(
      parts.filter((one) => one !== undefined),
      selection.kinds,
    )
    const [offered] = (JSON.parse(answer) as { providers: { provider_key: string }[] }).providers
    return JSON.stringify({
      provider: offered?.provider_key === provider.key ? offered : null,
      status: part.status,
    })
  }
}

function toSelection(query: Request<'availableModels'>['query']): Selection | Refusal {
  const unknown = query.provider?.find((name) => !PROVIDERS.some(({ key }) => key === name))
  if (unknown !== undefined) {
    const known = PROVIDERS.map(({ key }) => key).join(', ')
    return new Refusal('invalid_request', `provider names one that is not known; there are: ${known}.`, {
      field: 'provider',
    })
  }
  return {
    isForced: query.force_refresh ?? false,
    providers: query.provider?.length ? query.provider : undefined,
    kinds: query.kind?.length ? query.kind : undefined,
  }
}

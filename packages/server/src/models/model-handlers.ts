import type { Handlers, Request } from '../http/bind.ts'
import type { OpenEventStream } from '../http/event-stream.ts'
import { isKnownToCaller } from '../http/negotiation.ts'
import { Refusal } from '../refusal.ts'
import { createAnswerStream } from './answer-stream.ts'
import type { AvailableModelsPath, Selection } from './available-models.ts'
import { refuseUnknownProvider } from './find-models.ts'
import type { PreparedAnswers } from './prepared-answers.ts'
import type { AskedProvider } from './provider-config.ts'
import { answerHeaders, chooseEncoding } from './send-answer.ts'

export interface ModelPorts {
  path: AvailableModelsPath
  openStream: OpenEventStream
  answers: PreparedAnswers
  providers: ReadonlyMap<string, AskedProvider>
}

export function createModelHandlers(
  ports: ModelPorts,
): Pick<Handlers, 'availableModels' | 'availableModelsStream' | 'listProviders'> {
  const { answers, providers } = ports
  const stream = createAnswerStream(ports.path, ports.openStream)

  return {
    async availableModels({ query, who, context }) {
      const selection = toSelection(query)
      if (selection instanceof Refusal) return selection
      const isWhole = !selection.isForced && !selection.providers && !selection.kinds
      const answer =
        (isWhole ? answers.ready(who.userId) : undefined) ?? (await answers.make(who.userId, selection))
      const headers = new Headers(answerHeaders(answer))
      if (isKnownToCaller(context.req.header('if-none-match'), answer.etag))
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
      return stream({ userId: who.userId, selection, context, endings: [signal] })
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
}

function toSelection(query: Request<'availableModels'>['query']): Selection | Refusal {
  const refused = refuseUnknownProvider(query.provider)
  if (refused) return refused
  return {
    isForced: query.force_refresh ?? false,
    providers: query.provider?.length ? query.provider : undefined,
    kinds: query.kind?.length ? query.kind : undefined,
  }
}

import { ApiError, AvailableModels, ProviderModels, ProviderStatus } from '@rollcall/core/schema'
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { readEvents } from '../api/read-events.ts'
import { providersQuery } from '../api/resources.ts'
import { session } from '../session/this-session.ts'
import {
  type KnownModels,
  keyOf,
  type ProviderAnswer,
  withAnswer,
  withoutStream,
  withSnapshot,
} from './known-models.ts'
import { whyNotYet } from './left-alone.ts'

const QUERY_KEY = ['available-models']
const STREAM = '/api/available-models/stream'

/** The one query of models: filled by the stream, provider by provider, and asked for again when keys change. */
export const availableModelsQuery = queryOptions({
  queryKey: QUERY_KEY,
  queryFn: ({ client, signal }) => ask(client, signal, {}),
})

/** Keeps the models asked for on whatever page: a stream that nobody watched would be cut off when a page is left. */
export function useModelsEverywhere(): void {
  useQuery({ ...availableModelsQuery, notifyOnChangeProps: NOTHING })
}
const NOTHING: never[] = []

/** Asks providers anew: all of them, or those named. Resolves with what is known when each has answered or failed. */
export function useRefreshModels(): (providers?: readonly string[]) => Promise<KnownModels> {
  const client = useQueryClient()
  return (providers) => ask(client, new AbortController().signal, { isForced: true, providers })
}

interface Asked {
  isForced?: boolean
  /** None: all. */
  providers?: readonly string[] | undefined
}

async function ask(client: QueryClient, signal: AbortSignal, asked: Asked): Promise<KnownModels> {
  const [response, providers] = await Promise.all([
    session.open(addressOf(asked), signal),
    client.ensureQueryData(providersQuery),
  ])
  const order = providers.map(({ provider_key }) => provider_key)
  const show = (change: (known: KnownModels | undefined) => KnownModels | undefined) =>
    client.setQueryData<KnownModels>(QUERY_KEY, change)
  const isRefresh = asked.isForced === true && asked.providers === undefined
  let keys: string[] | undefined
  let isDone = false
  try {
    for await (const { event, data } of readEvents(response.body ?? new ReadableStream())) {
      if (event === 'snapshot') {
        const snapshot = AvailableModels.parse(JSON.parse(data))
        const begun = keysAsked(snapshot, asked)
        keys = begun
        const refresh = isRefresh ? { leftAlone: keysLeftAlone(snapshot) } : undefined
        show((known) => ({
          ...withSnapshot(known, snapshot, begun, asked.providers !== undefined),
          ...(refresh && { refresh }),
        }))
      }
      if (event === 'provider') {
        const answer = readAnswer(data)
        show((known) => known && withAnswer(known, answer, order))
      }
      if (event === 'done') isDone = true
    }
  } finally {
    const begun = keys
    if (begun) show((known) => known && withoutStream(known, begun))
    if (isRefresh) show((known) => known && { ...known, refresh: undefined })
    // what is shown is only a part: whoever looks at it next asks again
    if (!isDone) void client.invalidateQueries({ queryKey: QUERY_KEY, refetchType: 'none' })
  }
  const known = client.getQueryData<KnownModels>(QUERY_KEY)
  if (!isDone || !known) throw new ApiError('unreachable', 'The connection to the server broke off.')
  return known
}

function addressOf({ isForced, providers }: Asked): string {
  const search = new URLSearchParams()
  if (isForced) search.set('force_refresh', 'true')
  if (providers) search.set('provider', providers.join(','))
  return search.size > 0 ? `${STREAM}?${search}` : STREAM
}

/** A list that is within its time is asked for anew only when that is forced. */
function keysAsked(snapshot: AvailableModels, { isForced }: Asked): string[] {
  const leftAlone = keysLeftAlone(snapshot)
  return snapshot.statuses
    .filter(({ status }) => isForced || status === 'stale')
    .map(keyOf)
    .filter((key) => !leftAlone.includes(key))
}

function keysLeftAlone({ statuses }: AvailableModels): string[] {
  return statuses.filter((status) => whyNotYet(status) !== undefined).map(keyOf)
}

function readAnswer(data: string): ProviderAnswer {
  const { provider, status } = JSON.parse(data) as { provider: unknown; status: unknown }
  return { provider: ProviderModels.nullable().parse(provider), status: ProviderStatus.parse(status) }
}

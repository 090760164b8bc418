import type { RunStatus } from '@rollcall/core/schema'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { session } from '../session/this-session.ts'

/** What is looked for among the runs; empty: all. */
export interface RunsSought {
  /** Words. */
  search: string
  /** A `provider_key`. */
  provider: string
  /** A model's id. */
  model: string
  status: RunStatus | ''
}

const RECENT_RUNS = 20

/** Of a query to the server: only what narrows. */
export function runsFilter({ search, provider, model, status }: RunsSought) {
  return {
    search: search || undefined,
    provider: provider || undefined,
    model: model || undefined,
    status: status || undefined,
  }
}

/** The runs, page by page, the newest first. */
export const runsQuery = (sought: RunsSought) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', runsFilter(sought)],
    queryFn: ({ pageParam }) =>
      session.call('listRuns', { query: { after: pageParam ?? undefined, ...runsFilter(sought) } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

/** A run with its whole prompts and answers. */
export const runQuery = (id: string) =>
  queryOptions({ queryKey: ['runs', 'one', id], queryFn: () => session.call('showRun', { params: { id } }) })

/** Models of the latest runs, the last used first. */
export const recentModelsQuery = queryOptions({
  queryKey: ['runs', 'recent-models'],
  queryFn: async () => {
    const { runs } = await session.call('listRuns', { query: { limit: RECENT_RUNS } })
    return [...new Set(runs.flatMap(({ models }) => models))]
  },
})

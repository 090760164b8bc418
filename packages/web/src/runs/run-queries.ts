import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { session } from '../session/this-session.ts'

export interface RunsSought {
  /** Words; empty: all. */
  search: string
  /** A `provider_key`; empty: all. */
  provider: string
}

const RECENT_RUNS = 20

/** The runs, page by page, the newest first. */
export const runsQuery = ({ search, provider }: RunsSought) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', { search, provider }],
    queryFn: ({ pageParam }) =>
      session.call('listRuns', {
        query: {
          after: pageParam ?? undefined,
          search: search === '' ? undefined : search,
          provider: provider === '' ? undefined : provider,
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })

/** A run with its whole prompts. */
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

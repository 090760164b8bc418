import { ApiError } from '@rollcall/core/schema'
import { QueryClient } from '@tanstack/react-query'

const MOST_RETRIES = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // what changes is told by the stream of changes
      staleTime: 60_000,
      gcTime: Number.POSITIVE_INFINITY,
      // the server may be on this very machine, which needs no network
      networkMode: 'always',
      retry: (failures, error) => isPassing(error) && failures < MOST_RETRIES,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === null || error.status >= 500)
}

/** What went wrong, in one sentence for people. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong in this page: reload it.'
  // its own words are for whoever typed an address
  return error.code === 'unreachable'
    ? 'The server does not answer: check that it runs, then try again.'
    : error.message
}

import type { UsageQuery } from '@rollcall/core/schema'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { session } from '../session/this-session.ts'

/** What runs took and cost; another range or filter leaves the last one in sight until its answer is there. */
export const usageQuery = (query: UsageQuery) =>
  queryOptions({
    queryKey: ['usage', query],
    queryFn: () => session.call('showUsage', { query }),
    placeholderData: keepPreviousData,
  })

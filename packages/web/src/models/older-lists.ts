import type { ProviderStatus } from '@rollcall/core/schema'
import type { RowStatus } from './model-columns.tsx'

const OLDER: RowStatus = { tone: 'warn', words: 'older list' }

/** What a row has to say of its provider's list, by `provider_key`: only where no key of it has a list of today. */
export function olderLists(statuses: readonly ProviderStatus[]): ReadonlyMap<string, RowStatus> {
  const current = new Set(statuses.filter(isCurrent).map(({ provider_key }) => provider_key))
  const stale = statuses.filter(
    ({ status, provider_key }) => status === 'stale' && !current.has(provider_key),
  )
  return new Map(stale.map(({ provider_key }) => [provider_key, OLDER]))
}

function isCurrent({ status }: ProviderStatus): boolean {
  return status === 'fresh' || status === 'cached'
}

import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { sentenceOf } from '../../api/query-client.ts'
import { apiKeysQuery, providersQuery } from '../../api/resources.ts'
import { KeyList } from '../../keys/key-list.tsx'
import { useKept } from '../../keys/pending-deletions.ts'
import { availableModelsQuery } from '../../models/available-models.ts'
import { isAsking } from '../../models/known-models.ts'
import { RefreshProgress } from '../../models/refresh-progress.tsx'
import { useRefreshAll } from '../../models/use-refresh-all.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Section } from '../../ui/page.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'

const PROVIDERS = 9

/** Every provider with its keys, and how far their lists are known. */
export function KeysSettings() {
  const providers = useQuery(providersQuery)
  const stored = useQuery(apiKeysQuery)
  const models = useQuery(availableModelsQuery)
  const keys = useKept(stored.data ?? [])
  const known = models.data
  const isRefreshing =
    known !== undefined &&
    keys.some(({ provider, label }) => isAsking(known, { provider_key: provider, label }))
  const failed = [providers, stored, models].find(({ error }) => error)
  const isEmpty = stored.data !== undefined && keys.length === 0
  return (
    <Section
      title="API keys"
      about={
        isEmpty
          ? 'Add a key to see what it can use.'
          : 'Kept encrypted on this server. Each goes only to the address of its provider.'
      }
      actions={<RefreshAll isRefreshing={isRefreshing} isEmpty={keys.length === 0} />}
    >
      {failed && <LoadFailure sentence={sentenceOf(failed.error)} onRetry={failed.refetch} />}
      {providers.data && stored.data ? (
        <KeyList providers={providers.data} keys={keys} known={known} />
      ) : (
        !failed && <SkeletonRows count={PROVIDERS} label="Loading your keys" />
      )}
    </Section>
  )
}

function RefreshAll({ isRefreshing, isEmpty }: { isRefreshing: boolean; isEmpty: boolean }) {
  const refreshAll = useRefreshAll()
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 max-sm:flex-row-reverse max-sm:justify-end">
      <span
        role="status"
        className="flex min-h-8 w-48 items-center text-ink-muted text-xs leading-4 sm:justify-end"
      >
        {isRefreshing && <RefreshProgress />}
      </span>
      <Button icon={RefreshCw} disabled={isEmpty} onClick={refreshAll}>
        Refresh all models
      </Button>
    </div>
  )
}

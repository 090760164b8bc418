import { useQueryClient } from '@tanstack/react-query'
import { sentenceOf } from '../api/query-client.ts'
import { showToast } from '../ui/toasts.tsx'
import { availableModelsQuery, useRefreshModels } from './available-models.ts'
import { whyNotYet } from './left-alone.ts'

/** Asks providers anew. Where that is not possible at all, or not yet of one of them, a message says so. */
export function useRetry(): (providers: readonly string[]) => void {
  const client = useQueryClient()
  const refresh = useRefreshModels()
  return (providers) => {
    const statuses = client.getQueryData(availableModelsQuery.queryKey)?.statuses ?? []
    const meant = statuses.filter(({ provider_key }) => providers.includes(provider_key))
    const reasons = new Set(meant.flatMap((status) => whyNotYet(status) ?? []))
    if (reasons.size > 0) showToast({ text: [...reasons].join(' ') })
    refresh(providers).catch((error) => showToast({ text: sentenceOf(error) }))
  }
}

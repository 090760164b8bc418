import { sentenceOf } from '../api/query-client.ts'
import { showToast } from '../ui/toasts.tsx'
import { useRefreshModels } from './available-models.ts'

/** Asks providers anew, all or those named; where that is not possible at all, a message says so. */
export function useRetry(): (providers?: readonly string[]) => void {
  const refresh = useRefreshModels()
  return (providers) => {
    refresh(providers).catch((error) => showToast({ text: sentenceOf(error) }))
  }
}

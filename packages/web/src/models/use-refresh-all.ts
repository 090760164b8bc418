import { useQueryClient } from '@tanstack/react-query'
import { createElement } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { showToast } from '../ui/toasts.tsx'
import { availableModelsQuery, useRefreshModels } from './available-models.ts'
import { keyOf } from './known-models.ts'
import { whyNotYet } from './left-alone.ts'
import { refreshOutcome } from './refresh-outcome.ts'
import { RefreshProgress } from './refresh-progress.tsx'

const OUTCOME_SHOWN_MS = 10_000

/** Asks every provider at once and says what came of it. `isShown`: its progress is shown here already. */
export function useRefreshAll(isShown = true): () => void {
  const client = useQueryClient()
  const refresh = useRefreshModels()
  return () => {
    const before = client.getQueryData(availableModelsQuery.queryKey)
    // one is under way, whose outcome is told
    if (before?.refresh) return
    const leftAlone = (before?.statuses ?? []).filter((status) => whyNotYet(status) !== undefined).map(keyOf)
    const hide = isShown
      ? undefined
      : showToast({ text: createElement(RefreshProgress), shownMs: Number.POSITIVE_INFINITY })
    refresh()
      .then(
        (known) => showToast({ text: refreshOutcome(known, leftAlone), shownMs: OUTCOME_SHOWN_MS }),
        (error) => showToast({ text: sentenceOf(error) }),
      )
      .finally(hide)
  }
}

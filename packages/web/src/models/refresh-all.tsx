import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { availableModelsQuery } from './available-models.ts'
import { useRetry } from './use-retry.ts'

/** Asks every provider at once; there as soon as there is somebody to ask. */
export function RefreshAll() {
  const { data: known } = useQuery(availableModelsQuery)
  const retry = useRetry()
  if (!known || known.statuses.length === 0) return null
  return (
    <Button icon={RefreshCw} isBusy={known.streams > 0} onClick={() => retry()}>
      Refresh all models
    </Button>
  )
}

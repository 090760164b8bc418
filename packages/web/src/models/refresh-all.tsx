import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { availableModelsQuery } from './available-models.ts'
import { useRefreshAll } from './use-refresh-all.ts'

/** Asks every provider at once; there as soon as there is somebody to ask. */
export function RefreshAll() {
  const { data: known } = useQuery(availableModelsQuery)
  const refreshAll = useRefreshAll()
  if (!known || known.statuses.length === 0) return null
  return (
    <Button icon={RefreshCw} isBusy={known.streams > 0} onClick={refreshAll}>
      Refresh all models
    </Button>
  )
}

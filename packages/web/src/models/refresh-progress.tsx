import { useQuery } from '@tanstack/react-query'
import { apiKeysQuery } from '../api/resources.ts'
import { Spinner } from '../ui/button.tsx'
import { availableModelsQuery } from './available-models.ts'
import { listedKeys, progressOf } from './listed-keys.ts'

/** While providers are being asked: how many of them have answered. */
export function RefreshProgress() {
  const { data: known } = useQuery(availableModelsQuery)
  const { data: stored } = useQuery(apiKeysQuery)
  return (
    <span className="inline-flex items-center gap-1.5 tabular-nums">
      <Spinner size={13} />
      <span>
        Refreshing available models…{' '}
        <span className="whitespace-nowrap">{progressOf(listedKeys(known, stored))}</span>
      </span>
    </span>
  )
}

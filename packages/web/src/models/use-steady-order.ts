import type { ProviderModels } from '@rollcall/core/schema'
import { useMemo, useState } from 'react'

/**
 * The groups in the order in which this page first saw them: who answers late comes below, and moves nobody. Whoever
 * opens the page afterwards sees the usual order.
 */
export function useSteadyOrder(groups: readonly ProviderModels[]): readonly ProviderModels[] {
  const [seen, setSeen] = useState<readonly string[]>([])
  const added = groups.map(({ provider_key }) => provider_key).filter((key) => !seen.includes(key))
  const order = added.length > 0 ? [...seen, ...added] : seen
  if (added.length > 0) setSeen(order)
  return useMemo(
    () => groups.toSorted((a, b) => order.indexOf(a.provider_key) - order.indexOf(b.provider_key)),
    [groups, order],
  )
}

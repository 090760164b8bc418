import { problemOfModelId, RunStatus } from '@rollcall/core/schema'
import { useSearchParams } from 'wouter'
import type { RunsSought } from './run-queries.ts'

export const ALL_RUNS: RunsSought = { search: '', provider: '', model: '', status: '' }

/** What is looked for stands in the address, so that a link shows the same; what makes no sense there is nothing. */
export function useRunsSought(): [RunsSought, (sought: RunsSought) => void] {
  const [address, setAddress] = useSearchParams()
  const model = address.get('model') ?? ''
  const sought: RunsSought = {
    search: address.get('q') ?? '',
    provider: address.get('provider') ?? '',
    model: problemOfModelId(model) === undefined ? model : '',
    status: RunStatus.safeParse(address.get('status')).data ?? '',
  }
  const seek = ({ search, ...rest }: RunsSought) => {
    const set = Object.entries({ q: search, ...rest }).filter(([, value]) => value !== '')
    setAddress(Object.fromEntries(set), { replace: true })
  }
  return [sought, seek]
}

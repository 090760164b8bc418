import { Plus } from 'lucide-react'
import { useLocation, useSearchParams } from 'wouter'
import { RunList } from '../runs/run-list.tsx'
import type { RunsSought } from '../runs/run-queries.ts'
import { RunSearch } from '../runs/run-search.tsx'
import { NOT_STARTED_SENTENCE } from '../runs/run-status.tsx'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

const NOTHING: RunsSought = { search: '', provider: '' }

/** Every run; what is looked for stands in the address. */
export function RunsPage() {
  const [, navigate] = useLocation()
  const [address, setAddress] = useSearchParams()
  const sought: RunsSought = { search: address.get('q') ?? '', provider: address.get('provider') ?? '' }
  const seek = ({ search, provider }: RunsSought) => {
    const next = { ...(search === '' ? {} : { q: search }), ...(provider === '' ? {} : { provider }) }
    setAddress(next, { replace: true })
  }
  const newRun = (
    <Button look="primary" icon={Plus} onClick={() => navigate('/new-run')}>
      New run
    </Button>
  )
  return (
    <Page title="Runs" actions={newRun}>
      <p className="-mt-2 text-ink-muted">{NOT_STARTED_SENTENCE}</p>
      <RunSearch sought={sought} onSeek={seek} />
      <RunList sought={sought} onClear={() => seek(NOTHING)} />
    </Page>
  )
}

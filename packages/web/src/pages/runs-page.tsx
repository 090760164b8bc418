import { Plus } from 'lucide-react'
import { useLocation } from 'wouter'
import { ExportRuns } from '../runs/export-runs.tsx'
import { RunList } from '../runs/run-list.tsx'
import { RunSearch } from '../runs/run-search.tsx'
import { ALL_RUNS, useRunsSought } from '../runs/use-runs-sought.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'

/** Every run; what is looked for stands in the address. */
export function RunsPage() {
  const [, navigate] = useLocation()
  const [sought, seek] = useRunsSought()
  const actions = (
    <>
      <ExportRuns sought={sought} />
      <Button look="primary" icon={Plus} onClick={() => navigate('/new-run')}>
        New run
      </Button>
    </>
  )
  return (
    <Page title="Runs" actions={actions}>
      <RunSearch sought={sought} onSeek={seek} />
      <RunList sought={sought} onClear={() => seek(ALL_RUNS)} />
    </Page>
  )
}

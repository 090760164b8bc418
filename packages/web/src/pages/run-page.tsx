import { ApiError } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { Columns3, Download, RotateCcw, Trash2 } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { useHeldBack } from '../api/held-back.ts'
import { sentenceOf } from '../api/query-client.ts'
import { compareAddress } from '../models/compare-address.ts'
import { deleteRun, heldRunId } from '../runs/delete-run.ts'
import { RunDetails } from '../runs/run-details.tsx'
import { runQuery } from '../runs/run-queries.ts'
import { useLiveRun } from '../runs/use-live-run.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Card, Empty, Page } from '../ui/page.tsx'
import { saveFile } from '../ui/save-file.ts'

export function RunPage({ id }: { id: string }) {
  const [, navigate] = useLocation()
  const {
    data: stored,
    error,
    refetch,
  } = useQuery({
    ...runQuery(id),
    // one that is under way is told by its stream
    enabled: ({ state }) => state.data?.status !== 'running',
  })
  const run = useLiveRun(stored)
  const isDeleted = useHeldBack().has(heldRunId(id))
  if (isDeleted || (error instanceof ApiError && error.code === 'not_found')) {
    return (
      <Page title="Run">
        <Empty action={<Link href="/runs">Back to runs</Link>}>
          There is no run at this address: it may have been deleted.
        </Empty>
      </Page>
    )
  }
  const actions = run && (
    <>
      <Button icon={RotateCcw} onClick={() => navigate(`/new-run?again=${id}`)}>
        Run again
      </Button>
      {run.models.length > 1 && (
        <Button icon={Columns3} onClick={() => navigate(compareAddress(run.models))}>
          Compare
        </Button>
      )}
      <IconButton
        icon={Download}
        look="secondary"
        label="Download as JSON"
        onClick={() =>
          saveFile(`rollcall-run-${id}.json`, `${JSON.stringify(run, null, 2)}\n`, 'application/json')
        }
      />
      <Button
        icon={Trash2}
        look="danger"
        onClick={() => {
          // first away: here it is gone at once
          navigate('/runs')
          deleteRun({ id, status: run?.status })
        }}
      >
        Delete
      </Button>
    </>
  )
  return (
    <Page title="Run" actions={actions}>
      {error && (
        <Notice
          tone={run ? 'warn' : 'bad'}
          action={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          The run could not be read. {sentenceOf(error)}
        </Notice>
      )}
      {run && <RunDetails run={run} />}
      {!run && !error && <Skeleton />}
    </Page>
  )
}

function Skeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4">
      <div className="skeleton -mt-1 mb-1 h-6 w-40" />
      <Card className="h-16 max-w-3xl">{null}</Card>
      <div className="h-8" />
      <Card className="-mt-1 h-60 max-w-3xl">{null}</Card>
    </div>
  )
}

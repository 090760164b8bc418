import { ApiError } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw, Trash2 } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { useHeldBack } from '../api/held-back.ts'
import { sentenceOf } from '../api/query-client.ts'
import { deleteRun, heldRunId } from '../runs/delete-run.ts'
import { RunDetails } from '../runs/run-details.tsx'
import { runQuery } from '../runs/run-queries.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Card, Empty, Page } from '../ui/page.tsx'

export function RunPage({ id }: { id: string }) {
  const [, navigate] = useLocation()
  const { data: run, error, refetch } = useQuery(runQuery(id))
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
      <Button
        icon={Trash2}
        look="danger"
        onClick={() => {
          // first away: here it is gone at once
          navigate('/runs')
          deleteRun(id)
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
    <div aria-busy="true" className="flex max-w-3xl flex-col gap-4">
      <div className="skeleton h-9" />
      <Card className="h-32">{null}</Card>
      <Card className="h-40">{null}</Card>
    </div>
  )
}

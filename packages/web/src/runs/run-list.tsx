import type { RunSummary } from '@rollcall/core/schema'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { useHeldBack } from '../api/held-back.ts'
import { sentenceOf } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { focusHeading, useFocusOnReturn } from '../ui/focus.ts'
import { Notice } from '../ui/notice.tsx'
import { Card, Empty } from '../ui/page.tsx'
import { deleteRun, heldRunId } from './delete-run.ts'
import { type RunsSought, runsQuery } from './run-queries.ts'
import { RunRow } from './run-row.tsx'

const SKELETONS = ['a', 'b', 'c', 'd', 'e', 'f']

/** The runs that are looked for, the newest first, as many as were asked for. */
export function RunList({ sought, onClear }: { sought: RunsSought; onClear: () => void }) {
  const { data, error, isPending, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(runsQuery(sought))
  const held = useHeldBack()
  const list = useRef<HTMLUListElement>(null)
  const runs = data?.pages.flatMap((page) => page.runs).filter(({ id }) => !held.has(heldRunId(id))) ?? []
  const focusRow = (index: number) => list.current?.children[index]?.querySelector('a')?.focus()
  const noteGone = useFocusOnReturn(
    runs.map(({ id }) => id),
    (id) => focusRow(runs.findIndex((run) => run.id === id)),
  )
  const remove = (run: RunSummary, index: number) => {
    flushSync(() => deleteRun(run))
    noteGone(run.id)
    if (runs.length === 1) focusHeading()
    else focusRow(Math.min(index, runs.length - 2))
  }
  if (isPending) return <Skeleton />
  const again = <Button onClick={() => void refetch()}>Try again</Button>
  if (!data)
    return <Notice tone="bad" action={again}>{`The runs could not be read. ${sentenceOf(error)}`}</Notice>
  return (
    <>
      {isError && (
        <Notice tone="warn" action={again}>{`What is shown may be old. ${sentenceOf(error)}`}</Notice>
      )}
      {runs.length === 0 && !hasNextPage ? (
        <NoRuns isSought={Object.values(sought).some(Boolean)} onClear={onClear} />
      ) : (
        <Card>
          <ul ref={list} className="divide-y divide-line">
            {runs.map((run, index) => (
              <RunRow key={run.id} run={run} onDelete={() => remove(run, index)} />
            ))}
          </ul>
        </Card>
      )}
      {hasNextPage && (
        <Button className="self-center" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more runs
        </Button>
      )}
    </>
  )
}

function NoRuns({ isSought, onClear }: { isSought: boolean; onClear: () => void }) {
  const [, navigate] = useLocation()
  if (isSought)
    return <Empty action={<Button onClick={onClear}>Show all runs</Button>}>No run matches.</Empty>
  const action = (
    <Button look="primary" icon={Plus} onClick={() => navigate('/new-run')}>
      New run
    </Button>
  )
  return <Empty action={action}>No runs yet.</Empty>
}

function Skeleton() {
  return (
    <Card>
      <ul aria-busy="true" aria-label="Reading the runs" className="divide-y divide-line">
        {SKELETONS.map((key) => (
          <li key={key} className="flex h-14 flex-col justify-center gap-1.5 px-4">
            <span className="skeleton h-4 w-2/5" />
            <span className="skeleton h-3 w-1/4" />
          </li>
        ))}
      </ul>
    </Card>
  )
}

import { seconds } from '@rollcall/core/figures'
import type { Run } from '@rollcall/core/schema'
import { Age } from '../ui/age.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Notice } from '../ui/notice.tsx'
import { RunAnswers } from './run-answers.tsx'
import { RunQuestion } from './run-question.tsx'
import { RunState } from './run-status.tsx'
import { longestDuration, totalCost } from './run-totals.ts'
import { StopButton } from './stop-button.tsx'

/** Everything of a run. */
export function RunDetails({ run }: { run: Run }) {
  const { status, answers } = run
  const duration = longestDuration(answers)
  return (
    <>
      <div className="-mt-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-ink-muted text-xs tabular-nums pointer-coarse:min-h-10">
        <RunState status={status} />
        <Age moment={run.created_at} />
        {status === 'running' ? (
          <StopButton id={run.id} />
        ) : (
          duration !== null && (
            <>
              <span>{seconds(duration)}</span>
              <span>{totalCost(answers)}</span>
            </>
          )
        )}
      </div>
      <RunQuestion run={run} />
      {status === 'not_started' ? <NotStarted run={run} /> : <RunAnswers run={run} />}
    </>
  )
}

function NotStarted({ run }: { run: Run }) {
  return (
    <div className="flex max-w-3xl flex-col gap-3">
      <Notice>
        Nothing was sent: an earlier version wrote this run down and asked nobody. Run it again to have it
        answered.
      </Notice>
      <ul className="flex flex-col gap-1 font-mono text-xs">
        {run.models.map((id) => (
          <li key={id} className="break-all">
            <InertText>{id}</InertText>
          </li>
        ))}
      </ul>
    </div>
  )
}

import type { RunSummary } from '@rollcall/core/schema'
import { RotateCcw, Trash2 } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { Age } from '../ui/age.tsx'
import { IconButton } from '../ui/button.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { RunState } from './run-status.tsx'

/** One run of the list; pressed anywhere, it opens. */
export function RunRow({ run, onDelete }: { run: RunSummary; onDelete: () => void }) {
  const [, navigate] = useLocation()
  return (
    <li className="relative flex min-h-14 items-center gap-3 py-2 pr-2 pl-3 hover:bg-hover sm:pl-4">
      <div className="flex min-w-0 grow flex-col gap-0.5">
        <Link
          href={`/runs/${run.id}`}
          className="truncate font-medium after:absolute after:inset-0 after:content-['']"
        >
          <InertText>{firstLine(run.prompt)}</InertText>
        </Link>
        <p className="flex min-w-0 flex-wrap items-center gap-x-3 text-ink-muted text-xs">
          {run.models.map((id) => (
            <InertText key={id} className="max-w-full truncate font-mono">
              {id}
            </InertText>
          ))}
        </p>
        <p className="flex items-center gap-3 text-ink-muted text-xs sm:hidden">
          <RunState status={run.status} />
          <Age moment={run.created_at} />
        </p>
      </div>
      <div className="flex shrink-0 items-center gap-4 text-ink-muted text-xs max-sm:hidden">
        <RunState status={run.status} />
        <Age moment={run.created_at} className="w-20 text-right" />
      </div>
      <div className="relative flex shrink-0">
        <IconButton icon={RotateCcw} label="Run again" onClick={() => navigate(`/new-run?again=${run.id}`)} />
        <IconButton icon={Trash2} label="Delete run" onClick={onDelete} />
      </div>
    </li>
  )
}

/** The first line that says something. */
function firstLine(prompt: string): string {
  return (
    prompt
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  )
}

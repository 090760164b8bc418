import { seconds } from '@rollcall/core/figures'
import type { RunSummary } from '@rollcall/core/schema'
import { RotateCcw, Trash2 } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { Age } from '../ui/age.tsx'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { InertText } from '../ui/inert-text.tsx'
import { RunState } from './run-status.tsx'
import { longestDuration, totalCost, totalTokens } from './run-totals.ts'

/** One run of the list; pressed anywhere, it opens. */
export function RunRow({ run, onDelete }: { run: RunSummary; onDelete: () => void }) {
  const [, navigate] = useLocation()
  const figures = figuresOf(run)
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
        <p className="flex flex-wrap items-center gap-x-3 text-ink-muted text-xs tabular-nums lg:hidden">
          <RunState status={run.status} />
          {figures.map(
            ({ name, text }) =>
              text !== undefined && (
                <span key={name} className="whitespace-nowrap">
                  {text}
                </span>
              ),
          )}
          <Age moment={run.created_at} />
        </p>
      </div>
      <div className="flex shrink-0 items-center gap-4 text-right text-ink-muted text-xs tabular-nums max-lg:hidden">
        {figures.map(({ name, text, width }) => (
          <span key={name} data-tooltip={name} className={classNames('relative whitespace-nowrap', width)}>
            <span className="sr-only">{name} </span>
            {text ?? '—'}
          </span>
        ))}
        <span className="flex w-32">
          <RunState status={run.status} />
        </span>
        <Age moment={run.created_at} className="relative w-20" />
      </div>
      <div className="relative flex shrink-0">
        <IconButton icon={RotateCcw} label="Run again" onClick={() => navigate(`/new-run?again=${run.id}`)} />
        <IconButton icon={Trash2} label="Delete run" onClick={onDelete} />
      </div>
    </li>
  )
}

/** What it took, as far as that is known. */
function figuresOf({ answers, status }: RunSummary) {
  const duration = status === 'running' ? null : longestDuration(answers)
  const tokens = totalTokens(answers)
  const cost = totalCost(answers)
  return [
    {
      name: 'Tokens in and out',
      text: tokens === null ? undefined : `${tokens} tokens`,
      width: 'w-28',
    },
    { name: 'Duration', text: duration === null ? undefined : seconds(duration), width: 'w-16' },
    { name: 'Cost', text: cost === '—' ? undefined : cost, width: 'w-24' },
  ]
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

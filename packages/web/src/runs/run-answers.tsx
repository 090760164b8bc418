import type { Run } from '@rollcall/core/schema'
import { classNames } from '../ui/class-names.ts'
import { InertText } from '../ui/inert-text.tsx'
import { AnswerColumn } from './answer-column.tsx'
import { AnswerState } from './answer-state.tsx'
import { useIsPlain } from './use-is-plain.ts'

/** By the number of models. */
const COLUMNS = ['', '', 'md:grid-cols-2', 'lg:grid-cols-3', 'md:grid-cols-2 2xl:grid-cols-4']

/** One column per model; below each other where there is no room. */
export function RunAnswers({ run }: { run: Run }) {
  const [isPlain, setIsPlain] = useIsPlain()
  const { answers } = run
  return (
    <div className={classNames('flex flex-col gap-3', answers.length === 1 && 'max-w-3xl')}>
      <div className="flex min-h-8 items-center gap-2">
        <h2 className="mr-auto text-sm">{answers.length === 1 ? 'Answer' : 'Answers'}</h2>
        <label className="flex min-h-8 items-center gap-1.5 text-ink-muted pointer-coarse:min-h-10">
          <input
            type="checkbox"
            checked={!isPlain}
            className="size-4"
            onChange={({ target }) => setIsPlain(!target.checked)}
          />
          Format as Markdown
        </label>
      </div>
      {answers.length > 1 && <Overview run={run} />}
      <div className={classNames('grid items-start gap-3', COLUMNS[answers.length])}>
        {answers.map((answer, index) => (
          <AnswerColumn
            key={answer.model}
            id={`answer-${index + 1}`}
            runId={run.id}
            answer={answer}
            isPlain={isPlain}
          />
        ))}
      </div>
    </div>
  )
}

/** On a phone the second answer lies below the first one's end. */
function Overview({ run: { answers } }: { run: Run }) {
  return (
    <nav aria-label="Answers" className="flex flex-col md:hidden">
      {answers.map((answer, index) => (
        <a
          key={answer.model}
          href={`#answer-${index + 1}`}
          className="flex min-h-10 items-center justify-between gap-3 border-line border-t first:border-t-0"
        >
          <InertText className="min-w-0 truncate font-mono text-xs">{answer.model}</InertText>
          <AnswerState answer={answer} />
        </a>
      ))}
    </nav>
  )
}

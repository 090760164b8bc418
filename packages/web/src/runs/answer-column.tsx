import type { RunAnswer } from '@rollcall/core/schema'
import { useId } from 'react'
import { Link } from 'wouter'
import { CopyButton } from '../ui/copy-button.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Notice } from '../ui/notice.tsx'
import { AnswerFailure } from './answer-failure.tsx'
import { AnswerFigures } from './answer-figures.tsx'
import { AnswerReasoning } from './answer-reasoning.tsx'
import { AnswerState } from './answer-state.tsx'
import { AnswerWords } from './answer-words.tsx'
import { PARAMETERS } from './run-parameters.ts'

/** One model's answer, as far as it has come. */
export function AnswerColumn({
  id,
  runId,
  answer,
  isPlain,
}: {
  /** Where a link leads to. */
  id: string
  runId: string
  answer: RunAnswer
  isPlain: boolean
}) {
  const heading = useId()
  const { model, status, text, reasoning, failure, adjusted } = answer
  return (
    <section
      id={id}
      aria-labelledby={heading}
      className="flex min-w-0 scroll-mt-4 flex-col rounded-lg border border-line bg-surface"
    >
      <header className="sticky top-0 flex items-center gap-2 rounded-t-lg border-line border-b bg-surface py-1 pr-1 pl-4">
        <div className="flex min-w-0 grow flex-col py-1">
          <h2 id={heading} className="truncate font-medium font-mono text-xs">
            <Link
              href={`/models?model=${encodeURIComponent(model)}`}
              data-tooltip="Show everything known of it"
            >
              <InertText>{model}</InertText>
            </Link>
          </h2>
          <span role="status" className="flex min-w-0">
            <AnswerState answer={answer} />
          </span>
        </div>
        {text !== '' && <CopyButton text={text} label="Copy answer" />}
      </header>
      <div className="flex min-w-0 flex-col gap-3 p-4 [overflow-wrap:anywhere]">
        {(status === 'running' || answer.duration_ms !== null) && <AnswerFigures answer={answer} />}
        {adjusted.length > 0 && <Notice>{adjustedSentence(adjusted)}</Notice>}
        {failure && status !== 'cancelled' && (
          <AnswerFailure code={failure.code} message={failure.message} runId={runId} model={model} />
        )}
        {reasoning !== '' && <AnswerReasoning text={reasoning} isPlain={isPlain} />}
        {text !== '' && <AnswerWords text={text} isPlain={isPlain} />}
        {text === '' && status === 'finished' && (
          <p className="text-ink-muted">It answered without a word.</p>
        )}
      </div>
    </section>
  )
}

function adjustedSentence(adjusted: RunAnswer['adjusted']): string {
  const names = PARAMETERS.filter(({ name }) => (adjusted as readonly string[]).includes(name))
  const list = names.map(({ label }) => label.toLowerCase()).join(' and ')
  return `This model does not take ${list} as set: it was sent otherwise, or left out.`
}

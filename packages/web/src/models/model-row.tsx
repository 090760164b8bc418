import { tokens, usd } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'
import type { ListedModel } from '@rollcall/core/select-models'
import { memo } from 'react'
import { classNames } from '../ui/class-names.ts'
import { InertText } from '../ui/inert-text.tsx'
import { Status } from '../ui/status.tsx'
import { MODEL_COLUMNS, type RowStatus } from './model-columns.tsx'
import { endOf } from './model-end.ts'

export interface ModelRowProps {
  listed: ListedModel
  /** What there is to say of its provider's list; the very same object as long as that holds. */
  listStatus: RowStatus | undefined
  /** A date, `2026-01-31`. */
  today: string
  index: number
  /** Pixels from the top of the list. */
  top: number
  height: number
  /** The one row that Tab leads to. */
  isCurrent: boolean
  isPhone: boolean
}

/** One model; what happens to it is heard by the table. */
export const ModelRow = memo(function ModelRow({
  listed,
  listStatus,
  today,
  index,
  top,
  height,
  isCurrent,
  isPhone,
}: ModelRowProps) {
  const status = endOf(listed.model, today) ?? staticStatus(listed.model) ?? listStatus ?? null
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a virtual table are placed, which table elements cannot be
    <div
      role="row"
      data-index={index}
      data-id={listed.model.id}
      aria-rowindex={index + 2}
      tabIndex={isCurrent ? 0 : -1}
      style={{ transform: `translateY(${top}px)`, height }}
      className="absolute inset-x-0 top-0 flex cursor-pointer items-center gap-3 border-line border-b px-3 -outline-offset-2 hover:bg-hover focus:bg-selected scroll-mt-36 scroll-mb-18"
    >
      {isPhone ? (
        <PhoneCell listed={listed} status={status} />
      ) : (
        MODEL_COLUMNS.map(({ sort, look, isFigure, cell }) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
          <div
            key={sort}
            role="gridcell"
            className={classNames('shrink-0 truncate', look, isFigure && 'text-right tabular-nums')}
          >
            {cell(listed, status)}
          </div>
        ))
      )}
    </div>
  )
})

const STATIC: RowStatus = { tone: 'warn', words: 'static list' }

/** From a dated list of ours, not from its provider's mouth today. */
function staticStatus({ sources }: Model): RowStatus | undefined {
  return sources?.name?.from === 'static' ? STATIC : undefined
}

/** Two lines where there is no room for columns. */
function PhoneCell({ listed: { model }, status }: { listed: ListedModel; status: RowStatus | null }) {
  const prices = [model.pricing?.input, model.pricing?.output].map(usd)
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
    <div role="gridcell" className="flex min-w-0 grow flex-col gap-0.5">
      <span className="flex items-baseline gap-3">
        <InertText className="min-w-0 grow truncate font-medium">{model.name}</InertText>
        {status && <PhoneStatus {...status} />}
        <span className="shrink-0 text-xs tabular-nums">
          <span className="sr-only">price in and out: </span>
          {prices.join(' / ')}
        </span>
      </span>
      <span className="flex items-baseline gap-3 text-ink-muted text-xs">
        <InertText className="min-w-0 grow truncate font-mono text-[0.6875rem]">{model.id}</InertText>
        <span className="shrink-0 tabular-nums">
          <span className="sr-only">context </span>
          {tokens(model.context_window)}
        </span>
      </span>
    </div>
  )
}

/** Its date is left to wider windows and the details, so that the name has room. */
function PhoneStatus({ tone, words }: RowStatus) {
  const [word, ...more] = words.split(' ')
  return (
    <Status tone={tone} className="shrink-0 self-center text-xs">
      {word}
      <span className="max-[30rem]:sr-only"> {more.join(' ')}</span>
    </Status>
  )
}

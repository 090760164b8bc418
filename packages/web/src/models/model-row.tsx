import { tokens, usd } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'
import type { ListedModel } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import { ChevronRight, type LucideIcon, Square, SquareCheck, Star } from 'lucide-react'
import { memo } from 'react'
import { classNames } from '../ui/class-names.ts'
import { InertText } from '../ui/inert-text.tsx'
import { Status } from '../ui/status.tsx'
import { endWithReplacement } from './end-sentence.ts'
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
  isFavourite: boolean
  /** To be compared. */
  isChosen: boolean
  /** How many snapshots are folded under it. */
  snapshotCount: number
  isUnfolded: boolean
  /** A snapshot below its alias. */
  isInner: boolean
}

/** What a row can be told to do: its buttons say it by `data-act`, and the table hears them. */
export type RowAct = 'choose' | 'favourite' | 'fold'

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
  isFavourite,
  isChosen,
  snapshotCount,
  isUnfolded,
  isInner,
}: ModelRowProps) {
  const { name } = listed.model
  const end = endOf(listed.model, today)
  const status =
    (end && { ...end, about: endWithReplacement(listed.model, today) }) ??
    staticStatus(listed.model) ??
    listStatus ??
    null
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
        <PhoneCell listed={listed} status={status} isFavourite={isFavourite} isInner={isInner} />
      ) : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
          <div role="gridcell" className="-ml-1 flex w-13 shrink-0 items-center">
            <RowButton
              act="choose"
              icon={isChosen ? SquareCheck : Square}
              label={`Compare ${name}`}
              isOn={isChosen}
            />
            <RowButton act="favourite" icon={Star} label={`Favourite ${name}`} isOn={isFavourite} isFilled />
          </div>
          {MODEL_COLUMNS.map(({ sort, look, isFigure, cell }) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
            <div
              key={sort}
              role="gridcell"
              className={classNames('shrink-0 truncate', look, isFigure && 'text-right tabular-nums')}
            >
              {sort === 'name' ? (
                <span className={classNames('flex min-w-0 items-center gap-1', isInner && 'pl-6')}>
                  <span className="min-w-0 truncate">{cell(listed, status)}</span>
                  {snapshotCount > 0 && <FoldButton name={name} count={snapshotCount} isOpen={isUnfolded} />}
                </span>
              ) : (
                cell(listed, status)
              )}
            </div>
          ))}
        </>
      )}
      {isPhone && snapshotCount > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
        <div role="gridcell" className="shrink-0">
          <FoldButton name={name} count={snapshotCount} isOpen={isUnfolded} />
        </div>
      )}
    </div>
  )
})

/** Pressed by mouse or finger; whoever uses keys presses them on the row. */
function RowButton({
  act,
  icon: Icon,
  label,
  isOn,
  isFilled = false,
}: {
  act: RowAct
  icon: LucideIcon
  label: string
  isOn: boolean
  isFilled?: boolean
}) {
  return (
    <button
      type="button"
      tabIndex={-1}
      data-act={act}
      aria-pressed={isOn}
      aria-label={visible(label)}
      className={classNames(
        'grid size-7 shrink-0 place-items-center rounded-sm hover:bg-hover hover:text-ink',
        isOn ? 'text-accent' : 'text-ink-faint',
      )}
    >
      <Icon aria-hidden size={15} className={classNames(isFilled && isOn && 'fill-current')} />
    </button>
  )
}

function FoldButton({ name, count, isOpen }: { name: string; count: number; isOpen: boolean }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      data-act="fold"
      aria-expanded={isOpen}
      aria-label={visible(`Snapshots of ${name}: ${count}`)}
      className="flex h-6 shrink-0 items-center rounded-sm px-1 text-ink-muted text-xs tabular-nums hover:bg-hover pointer-coarse:h-10 pointer-coarse:px-2"
    >
      <ChevronRight aria-hidden size={13} className={classNames(isOpen && 'rotate-90')} />
      {count}
    </button>
  )
}

const STATIC: RowStatus = { tone: 'warn', words: 'static list' }

/** From a dated list of ours, not from its provider's mouth today. */
function staticStatus({ sources }: Model): RowStatus | undefined {
  return sources?.name?.from === 'static' ? STATIC : undefined
}

/** Two lines where there is no room for columns. */
function PhoneCell({
  listed: { model },
  status,
  isFavourite,
  isInner,
}: Pick<ModelRowProps, 'listed' | 'isFavourite' | 'isInner'> & { status: RowStatus | null }) {
  const prices = [model.pricing?.input, model.pricing?.output].map(usd)
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
    <div role="gridcell" className={classNames('flex min-w-0 grow flex-col gap-0.5', isInner && 'pl-4')}>
      <span className="flex items-baseline gap-3">
        {isFavourite && (
          <Star
            role="img"
            aria-label="Favourite"
            size={13}
            className="-mr-1.5 shrink-0 self-center fill-current text-accent"
          />
        )}
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

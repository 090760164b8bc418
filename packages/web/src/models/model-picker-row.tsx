import { tokens, usd } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { Brain, Eye, type LucideIcon, Wrench } from 'lucide-react'
import { memo } from 'react'
import { ageText } from '../ui/age.tsx'
import { classNames } from '../ui/class-names.ts'
import { Status } from '../ui/status.tsx'
import { endWithReplacement } from './end-sentence.ts'
import { endOf, todayInUtc } from './model-end.ts'
import type { KeyState } from './model-picker-groups.ts'
import { Marked } from './model-picker-marked.tsx'
import { isOffered } from './model-picker-rows.ts'

const CAPABILITIES: readonly { name: string; icon: LucideIcon }[] = [
  { name: 'vision', icon: Eye },
  { name: 'tools', icon: Wrench },
  { name: 'reasoning', icon: Brain },
]

const CONTEXT_COLUMN = 'w-14'
const PRICE_COLUMN = 'w-28'

export interface ModelRowProps {
  model: Model
  words: readonly string[]
  /** As the arrow keys count, from 0. */
  option: number
  count: number
  id: string
  top: number
  height: number
  isHighlighted: boolean
  isChosen: boolean
  /** Two lines, where there is little width. */
  isNarrow: boolean
}

/** One model that can be chosen. */
export const ModelRow = memo(function ModelRow(props: ModelRowProps) {
  const { model, words, option, count, id, top, height, isHighlighted, isChosen, isNarrow } = props
  return (
    <div
      id={id}
      role="option"
      // the field keeps the focus
      tabIndex={-1}
      data-option={option}
      aria-selected={isChosen}
      aria-setsize={count}
      aria-posinset={option + 1}
      style={{ top, height }}
      className={classNames(
        'absolute inset-x-1 flex cursor-pointer items-center gap-3 rounded-md px-2',
        isHighlighted ? 'bg-selected' : isChosen && 'bg-hover',
      )}
    >
      <span className={classNames('flex min-w-0 grow', isNarrow ? 'flex-col' : 'items-baseline gap-3')}>
        <span className={classNames('truncate', !isNarrow && 'max-w-[60%] shrink-0')}>
          <Marked text={model.name} words={words} />
        </span>
        <span className="min-w-0 truncate font-mono text-ink-faint text-xs">
          <Marked text={model.id} words={words} />
        </span>
      </span>
      <Marks model={model} isNarrow={isNarrow} />
      <Figures model={model} isNarrow={isNarrow} />
      <span className="sr-only">{spoken(model)}</span>
    </div>
  )
})

/** In columns that the headings name; where there is no room for these, in words. What is not known is left out. */
function Figures({ model, isNarrow }: { model: Model; isNarrow: boolean }) {
  const { context_window: context, pricing } = model
  return (
    <span
      aria-hidden
      className={classNames(
        'flex shrink-0 text-right text-ink-muted text-xs tabular-nums',
        isNarrow ? 'flex-col' : 'gap-3',
      )}
    >
      <span className={isNarrow ? '' : CONTEXT_COLUMN}>
        {context !== undefined && `${tokens(context)}${isNarrow ? ' context' : ''}`}
      </span>
      <span className={isNarrow ? '' : PRICE_COLUMN}>{pricing && priceText(model)}</span>
    </span>
  )
}

function Marks({ model, isNarrow }: { model: Model; isNarrow: boolean }) {
  const end = endOf(model, todayInUtc())
  return (
    <span aria-hidden className="flex shrink-0 items-center gap-1 text-ink-faint">
      {!isOffered(model) && <span className="text-xs">{model.kind}</span>}
      {end && (
        <span
          className={classNames(
            'flex text-xs',
            isNarrow && 'flex-col',
            end.tone === 'bad' ? 'text-bad' : 'text-warn',
          )}
          data-tooltip={endWithReplacement(model, todayInUtc())}
        >
          {end.words.split(' ').map((word) => (
            <span key={word} className="mr-1 tabular-nums">
              {word}
            </span>
          ))}
        </span>
      )}
      {/* its name matters more where there is little room */}
      {(!end || !isNarrow) &&
        CAPABILITIES.map(
          ({ name, icon: Icon }) => model.capabilities?.[name] === true && <Icon key={name} size={14} />,
        )}
    </span>
  )
}

/** "$0.15 / $0.60"; one sign where nothing is known. */
export function priceText({ pricing }: Model): string {
  if (pricing?.input === undefined && pricing?.output === undefined) return '—'
  return pricing.input === 0 && pricing.output === 0
    ? 'free'
    : `${usd(pricing.input)} / ${usd(pricing.output)}`
}

/** What signs and columns say, in words. */
function spoken(model: Model): string {
  const { context_window, pricing, capabilities, kind } = model
  const facts = [
    isOffered(model) ? undefined : kind,
    context_window === undefined ? undefined : `context ${tokens(context_window)}`,
    pricing?.input === undefined ? undefined : `input ${usd(pricing.input)}`,
    pricing?.output === undefined ? undefined : `output ${usd(pricing.output)}`,
    ...CAPABILITIES.map(({ name }) => (capabilities?.[name] === true ? name : undefined)),
    endOf(model, todayInUtc())?.words,
    model.replacement === undefined ? undefined : `replaced by ${visible(model.replacement)}`,
  ]
  return facts.filter((fact) => fact !== undefined).join(', ')
}

/** A provider's name, how its keys are doing, and what the figures below are or why there are none. */
export function HeadingRow({ name, states, hasModels, why, isNarrow }: HeadingRowProps) {
  return (
    <span className="flex min-w-0 grow flex-col">
      <span className="flex gap-3">
        <span className="shrink-0 font-medium text-ink text-xs">{name}</span>
        {states.map(({ label, tone, words, status }) => (
          <Status key={label} tone={tone} className="text-xs">
            {label !== null && <bdi>{`${visible(label)}: `}</bdi>}
            {words}
            {status?.fetched_at && ` · ${ageText(Date.now() - Date.parse(status.fetched_at))}`}
          </Status>
        ))}
        {hasModels && !isNarrow && (
          <span aria-hidden className="ml-auto flex shrink-0 gap-3 text-right text-ink-muted text-xs">
            <span className={CONTEXT_COLUMN}>context</span>
            <span className={PRICE_COLUMN}>in / out per M</span>
          </span>
        )}
      </span>
      {why !== null && (
        <span
          className={classNames('text-ink-muted text-xs leading-4', isNarrow ? 'line-clamp-2' : 'truncate')}
          data-tooltip={why}
        >
          {why}
        </span>
      )}
    </span>
  )
}

interface HeadingRowProps {
  name: string
  states: readonly KeyState[]
  hasModels: boolean
  why: string | null
  /** The figures below say themselves what they are. */
  isNarrow: boolean
}

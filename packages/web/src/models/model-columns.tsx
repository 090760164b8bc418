import { day, tokens, usd } from '@rollcall/core/figures'
import type { ListedModel, SortKey } from '@rollcall/core/select-models'
import type { ReactNode } from 'react'
import { InertText } from '../ui/inert-text.tsx'
import { Status, type Tone } from '../ui/status.tsx'
import { Capabilities, Modalities, Unknown } from './model-cells.tsx'

/** What a row says of a model beyond its own facts. */
export interface RowStatus {
  tone: Tone
  words: string
  /** More, for whoever points at it. */
  about?: string | null
}

export interface ModelColumn {
  sort: SortKey
  title: string
  /** Its width, and below which width of the table it is left out. */
  look: string
  isFigure?: true
  cell: (listed: ListedModel, status: RowStatus | null) => ReactNode
}

export const MODEL_COLUMNS: readonly ModelColumn[] = [
  { sort: 'name', title: 'Model', look: 'min-w-0 flex-1', cell: nameAndId },
  {
    sort: 'provider',
    title: 'Provider',
    // where it is missing, the id says it
    look: 'w-24 @max-[44rem]:hidden',
    cell: ({ provider }) => provider.name,
  },
  {
    sort: 'kind',
    title: 'Kind',
    look: 'w-20 @max-[66rem]:hidden',
    cell: ({ model }) => (model.kind === undefined || model.kind === 'unknown' ? <Unknown /> : model.kind),
  },
  {
    sort: 'context',
    title: 'Context',
    look: 'w-18',
    isFigure: true,
    cell: ({ model }) => figure(tokens(model.context_window)),
  },
  {
    sort: 'output',
    title: 'Max out',
    look: 'w-18 @max-[72rem]:hidden',
    isFigure: true,
    cell: ({ model }) => figure(tokens(model.max_output_tokens)),
  },
  {
    sort: 'price',
    title: 'In $/M',
    look: 'w-18',
    isFigure: true,
    cell: ({ model }) => figure(usd(model.pricing?.input)),
  },
  {
    sort: 'output_price',
    title: 'Out $/M',
    look: 'w-18',
    isFigure: true,
    cell: ({ model }) => figure(usd(model.pricing?.output)),
  },
  {
    sort: 'modalities',
    title: 'Modalities',
    look: 'w-26 pl-2 @max-[66rem]:hidden',
    cell: ({ model }) => <Modalities modalities={model.modalities} />,
  },
  {
    sort: 'capabilities',
    title: 'Can',
    look: 'w-22 pl-2 @max-[52rem]:hidden',
    cell: ({ model }) => <Capabilities capabilities={model.capabilities} />,
  },
  {
    sort: 'released',
    title: 'Released',
    look: 'w-22 @max-[58rem]:hidden',
    cell: ({ model }) => figure(day(model.released_at)),
  },
  {
    sort: 'status',
    title: 'Status',
    look: 'w-36 @max-[80rem]:w-26',
    cell: (_listed, status) => status && <RowStatusWords {...status} />,
  },
]

/** In a narrow table the date stands below. */
function RowStatusWords({ tone, words, about }: RowStatus) {
  const [word = '', ...more] = words.split(' ')
  return (
    <Status tone={tone} className="text-xs leading-4">
      <span className="flex flex-wrap gap-x-1" data-tooltip={about ?? undefined}>
        <span>{word}</span>
        {more.length > 0 && <span className="whitespace-nowrap">{more.join(' ')}</span>}
      </span>
    </Status>
  )
}

function nameAndId({ model }: ListedModel) {
  return (
    <span className="flex flex-col justify-center leading-none">
      <InertText className="truncate font-medium text-[0.8125rem] leading-[1.0625rem]">
        {model.name}
      </InertText>
      <InertText className="truncate font-mono text-[0.6875rem] text-ink-muted leading-[0.9375rem]">
        {model.id}
      </InertText>
    </span>
  )
}

function figure(text: string): ReactNode {
  return text === '—' ? <Unknown /> : text
}

import { type ComparedFacts, compareModels, type Fact } from '@rollcall/core/compare-models'
import type { ListedModel } from '@rollcall/core/select-models'
import { Check, EqualNot } from 'lucide-react'
import { useMemo } from 'react'
import { InertText } from '../ui/inert-text.tsx'
import { ComparedHead, type ComparedHeadProps } from './compared-head.tsx'
import { Unknown } from './model-cells.tsx'
import { sourceWords } from './source-words.ts'
import type { NotListed } from './why-not-listed.ts'

/** So narrow that the title of a source still stands in one line. */
const COLUMN_REM = 10
const TITLES_REM = 7

/** One column: a model, or why there is none. */
export interface ComparedColumn {
  id: string
  listed: ListedModel | undefined
  missing: NotListed | undefined
}

/** Models as columns, what is known of them as rows. */
export function Comparison({
  columns,
  isOnlyDifferences,
  ...acts
}: {
  columns: readonly ComparedColumn[]
  isOnlyDifferences: boolean
} & Pick<ComparedHeadProps, 'onMove' | 'onRemove'>) {
  const listed = useMemo(() => columns.flatMap((column) => column.listed ?? []), [columns])
  const rows = useMemo(() => compareModels(listed.map(({ model }) => model)), [listed])
  const shown = rows.filter(({ field, differs }) => field !== 'name' && (differs || !isOnlyDifferences))
  return (
    <section
      aria-label="Comparison"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      // what only screen readers see is placed too, and must not widen the page
      className="relative max-h-[calc(100dvh-5rem)] overflow-auto max-sm:max-h-[calc(100dvh-8rem)] rounded-lg border border-line bg-surface"
    >
      <table
        style={{ minWidth: `${TITLES_REM + columns.length * COLUMN_REM}rem` }}
        className="w-full table-fixed border-separate border-spacing-0 text-left"
      >
        <thead>
          <tr>
            <td className="sticky top-0 left-0 z-20 w-25 border-line border-r border-b bg-surface sm:w-36" />
            {columns.map((column, index) => (
              <ComparedHead key={column.id} column={column} index={index} count={columns.length} {...acts} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.field} row={row} columns={columns} listed={listed} />
          ))}
          {shown.length === 0 && (
            <tr>
              <td colSpan={columns.length + 1} className="px-3 py-6 text-center text-ink-muted">
                {listed.length < 2
                  ? 'There is nothing to compare yet.'
                  : 'They are alike in all that is known of them.'}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

function Row({
  row: { title, facts, differs, best },
  columns,
  listed,
}: {
  row: ComparedFacts
  columns: readonly ComparedColumn[]
  listed: readonly ListedModel[]
}) {
  return (
    <tr className="group">
      <th
        scope="row"
        className="sticky left-0 z-10 border-line border-r border-b bg-surface px-3 py-1.5 align-top font-normal text-ink-muted group-last:border-b-0 max-sm:px-2"
      >
        <span className="inline-block first-letter:uppercase">{title}</span>
        {differs && (
          <span className="flex items-center gap-1 text-ink text-xs">
            <EqualNot aria-hidden size={12} className="shrink-0" />
            differs
          </span>
        )}
      </th>
      {columns.map((column) => {
        const place = column.listed ? listed.indexOf(column.listed) : -1
        return (
          <td
            key={column.id}
            className="border-line border-b px-3 py-1.5 align-top group-last:border-b-0 max-sm:px-2"
          >
            <Cell
              fact={facts[place]}
              isBest={best.has(place)}
              providerName={column.listed?.provider.name ?? ''}
            />
          </td>
        )
      })}
    </tr>
  )
}

function Cell({
  fact,
  isBest,
  providerName,
}: {
  fact: Fact | undefined
  isBest: boolean
  providerName: string
}) {
  if (fact?.value === undefined) return <Unknown />
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <InertText className="min-w-0 tabular-nums [overflow-wrap:anywhere]">{fact.value}</InertText>
        {isBest && (
          <span className="inline-flex items-center gap-0.5 font-medium text-ok text-xs">
            <Check aria-hidden size={12} className="shrink-0 self-center" />
            best
          </span>
        )}
      </span>
      <InertText className="block text-ink-muted text-xs leading-4">
        {sourceWords(fact.source, providerName)}
      </InertText>
    </>
  )
}

import type { Sort } from '@rollcall/core/select-models'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { classNames } from '../ui/class-names.ts'
import { MODEL_COLUMNS, type ModelColumn } from './model-columns.tsx'
import { nextSort } from './next-sort.ts'

/** The titles of the columns; pressed, they sort: the most useful first, then the other way round, then not at all. */
export function ModelTableHeader({
  sort,
  isBelowFilters,
  onSort,
}: {
  sort: Sort | undefined
  isBelowFilters: boolean
  onSort: (sort: Sort | undefined) => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the rows below it
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons have the focus
    <div
      role="row"
      aria-rowindex={1}
      data-covers-rows
      className={classNames(
        'sticky top-13 z-10 flex h-9 items-center gap-3 rounded-t-lg border-line border-b bg-surface px-3 text-ink-muted text-xs pointer-coarse:top-14',
        isBelowFilters && 'max-lg:top-22 pointer-coarse:max-lg:top-26',
      )}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as the rows below it */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: there is nothing to press */}
      <div role="columnheader" className="-ml-1 w-13 shrink-0">
        <span className="sr-only">Compare and favourite</span>
      </div>
      {MODEL_COLUMNS.map((column) => (
        <Title
          key={column.sort}
          column={column}
          sort={sort?.by === column.sort ? sort : undefined}
          onPress={() => onSort(nextSort(sort, column.sort))}
        />
      ))}
    </div>
  )
}

function Title({
  column: { title, look, isFigure },
  sort,
  onPress,
}: {
  column: ModelColumn
  sort: Sort | undefined
  onPress: () => void
}) {
  const Icon = !sort ? ChevronsUpDown : sort.isDescending ? ArrowDown : ArrowUp
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the rows below it
    // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
    <div
      role="columnheader"
      aria-sort={!sort ? 'none' : sort.isDescending ? 'descending' : 'ascending'}
      className={classNames('shrink-0', look)}
    >
      <button
        type="button"
        onClick={onPress}
        className={classNames(
          'group -mx-1 flex h-7 max-w-full items-center gap-0.5 rounded-sm px-1 font-medium hover:bg-hover hover:text-ink',
          isFigure && 'ml-auto flex-row-reverse',
          sort && 'text-ink',
        )}
      >
        <span className="truncate">{title}</span>
        <Icon
          aria-hidden
          size={12}
          className={classNames(
            'shrink-0',
            !sort && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
          )}
        />
      </button>
    </div>
  )
}

import { visible } from '@rollcall/core/visible-text'
import { X } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import type { ActiveFilter } from './active-filters.ts'
import { type ModelView, NO_FILTER } from './model-view.ts'

/** The filters that are on; pressed, one is taken away. */
export function FilterChips({
  filters,
  onChange,
}: {
  filters: readonly ActiveFilter[]
  onChange: (part: Partial<ModelView>) => void
}) {
  if (filters.length === 0) return null
  return (
    <ul
      aria-label="Filters"
      className="flex min-w-0 items-center gap-1.5 overflow-x-auto max-lg:h-9 max-lg:basis-full max-lg:pb-2 lg:h-13 pointer-coarse:max-lg:h-12"
    >
      {filters.map(({ words, cleared }) => (
        <li key={words} className="shrink-0">
          <button
            type="button"
            aria-label={`Remove filter: ${visible(words)}`}
            onClick={() => onChange(cleared)}
            className="flex h-7 max-w-72 items-center gap-1 rounded-full border border-line bg-selected pr-1.5 pl-2.5 text-xs hover:bg-hover pointer-coarse:h-10"
          >
            <bdi className="truncate">{visible(words)}</bdi>
            <X aria-hidden size={13} className="shrink-0 text-ink-muted" />
          </button>
        </li>
      ))}
      <li className="shrink-0">
        <Button look="quiet" className="h-7 px-2 text-xs" onClick={() => onChange(NO_FILTER)}>
          Clear filters
        </Button>
      </li>
    </ul>
  )
}

import { ListFilter, Search } from 'lucide-react'
import { type ReactNode, type Ref, useImperativeHandle, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { INPUT } from '../ui/field.tsx'
import { useShortcut } from '../ui/shortcuts.ts'

export interface ModelToolbarHandle {
  focusSearch: () => void
}

/** Search and the way to the filters; stays in the window while the rows pass below. */
export function ModelToolbar({
  ref,
  search,
  onSearch,
  onClear,
  onDown,
  onFilter,
  count,
  children,
}: {
  ref: Ref<ModelToolbarHandle>
  search: string
  onSearch: (text: string) => void
  onClear: () => void
  /** From the field to the first row. */
  onDown: () => void
  onFilter: () => void
  /** "412 of 1,498 models" */
  count: string
  /** The filters that are on. */
  children: ReactNode
}) {
  const field = useRef<HTMLInputElement>(null)
  const focusSearch = () => {
    field.current?.focus()
    field.current?.select()
  }
  useShortcut('/', 'Search models', focusSearch)
  useImperativeHandle(ref, () => ({ focusSearch }))
  return (
    <div
      data-covers-rows
      className="-mx-1 sticky top-0 z-20 flex flex-wrap items-center gap-x-2 bg-canvas px-1 lg:flex-nowrap"
    >
      <search className="relative my-2 min-w-0 max-w-md flex-1 lg:min-w-72">
        <Search
          aria-hidden
          size={15}
          className="pointer-events-none absolute inset-y-0 left-2.5 my-auto text-ink-muted"
        />
        <input
          ref={field}
          type="search"
          aria-label="Search models"
          placeholder="Search models"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          value={search}
          onChange={(event) => onSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape') onClear()
            else if (event.key === 'ArrowDown' || event.key === 'Enter') onDown()
            else return
            event.preventDefault()
          }}
          className={classNames(INPUT, 'h-9 text-ellipsis pr-2 pl-8 pointer-coarse:h-10')}
        />
        <kbd
          aria-hidden
          className={classNames(
            'pointer-events-none absolute inset-y-0 right-2 my-auto h-5 rounded-sm border border-line px-1.5 font-sans text-ink-muted text-xs pointer-coarse:hidden max-sm:hidden',
            search !== '' && 'hidden',
          )}
        >
          /
        </kbd>
      </search>
      <Button
        icon={ListFilter}
        className="h-9 max-sm:w-10 max-sm:px-0"
        aria-label="Add filter"
        onClick={onFilter}
      >
        <span className="max-sm:sr-only">Add filter</span>
      </Button>
      <p
        role="status"
        className="shrink-0 text-ink-muted tabular-nums lg:order-last max-sm:w-20 max-sm:text-xs max-sm:leading-4"
      >
        {count}
      </p>
      {children}
    </div>
  )
}

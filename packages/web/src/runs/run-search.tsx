import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { providersQuery } from '../api/resources.ts'
import { classNames } from '../ui/class-names.ts'
import { INPUT } from '../ui/field.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import type { RunsSought } from './run-queries.ts'

const PAUSE_MS = 250

/** Narrows the list; asked for once typing pauses. */
export function RunSearch({ sought, onSeek }: { sought: RunsSought; onSeek: (sought: RunsSought) => void }) {
  const { data: providers = [] } = useQuery(providersQuery)
  const [typed, setTyped] = useState(sought.search)
  const [asked, setAsked] = useState(sought.search)
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useShortcut('/', 'Search the runs', () => field.current?.focus())
  useEffect(() => () => clearTimeout(timer.current), [])
  if (asked !== sought.search) {
    // the address was changed by something else
    setAsked(sought.search)
    setTyped(sought.search)
  }
  const seek = (search: string) => {
    clearTimeout(timer.current)
    setAsked(search)
    onSeek({ ...sought, search })
  }
  return (
    <search className="flex flex-wrap gap-2">
      <div className="relative min-w-48 max-w-96 grow">
        <Search
          aria-hidden
          size={15}
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-muted"
        />
        <input
          ref={field}
          type="search"
          aria-label="Search runs"
          placeholder="Search prompts and model ids"
          value={typed}
          maxLength={500}
          className={classNames(INPUT, 'h-8 pl-8 pointer-coarse:h-10')}
          onChange={({ target: { value } }) => {
            setTyped(value)
            clearTimeout(timer.current)
            timer.current = setTimeout(() => seek(value), PAUSE_MS)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') seek(typed)
          }}
        />
      </div>
      <div className="w-40">
        <select
          aria-label="Provider"
          value={sought.provider}
          className={classNames(INPUT, 'h-8 pointer-coarse:h-10')}
          onChange={({ target }) => onSeek({ search: typed, provider: target.value })}
        >
          <option value="">All providers</option>
          {providers.map(({ provider_key, name }) => (
            <option key={provider_key} value={provider_key}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </search>
  )
}

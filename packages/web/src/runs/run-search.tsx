import { RunStatus } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { providersQuery } from '../api/resources.ts'
import { classNames } from '../ui/class-names.ts'
import { INPUT } from '../ui/field.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { type RunsSought, recentModelsQuery } from './run-queries.ts'
import { RUN_STATES } from './run-status.tsx'

const PAUSE_MS = 250

/** Narrows the list; asked for once typing pauses. */
export function RunSearch({ sought, onSeek }: { sought: RunsSought; onSeek: (sought: RunsSought) => void }) {
  const { data: providers = [] } = useQuery(providersQuery)
  const { data: models = [] } = useQuery(recentModelsQuery)
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
  const seek = (next: RunsSought) => {
    clearTimeout(timer.current)
    setAsked(next.search)
    onSeek(next)
  }
  // what is being typed is not lost where something else is chosen meanwhile
  const typedToo = { ...sought, search: typed }
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
            timer.current = setTimeout(() => seek({ ...sought, search: value }), PAUSE_MS)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') seek({ ...sought, search: typed })
          }}
        />
      </div>
      <Narrowing
        label="Status"
        all="All states"
        value={sought.status}
        onChange={(value) => seek({ ...typedToo, status: RunStatus.safeParse(value).data ?? '' })}
        options={RunStatus.options.map((status) => [status, RUN_STATES[status].words])}
      />
      <Narrowing
        label="Provider"
        all="All providers"
        value={sought.provider}
        onChange={(provider) => seek({ ...typedToo, provider })}
        options={providers.map(({ provider_key, name }) => [provider_key, name])}
      />
      <Narrowing
        label="Model"
        all="All models"
        value={sought.model}
        onChange={(model) => seek({ ...typedToo, model })}
        options={[...new Set([...models, sought.model].filter(Boolean))].map((id) => [id, visible(id)])}
      />
    </search>
  )
}

/** One of several, or all; what the address names is offered too, known or not. */
function Narrowing({
  label,
  all,
  value,
  onChange,
  options,
}: {
  label: string
  all: string
  value: string
  onChange: (value: string) => void
  options: readonly (readonly [value: string, name: string])[]
}) {
  const isKnown = value === '' || options.some(([known]) => known === value)
  return (
    <div className="w-40 max-sm:w-auto max-sm:min-w-36 max-sm:flex-1">
      <select
        aria-label={label}
        value={value}
        className={classNames(INPUT, 'h-8 pointer-coarse:h-10')}
        onChange={({ target }) => onChange(target.value)}
      >
        <option value="">{all}</option>
        {!isKnown && <option value={value}>{visible(value)}</option>}
        {options.map(([known, name]) => (
          <option key={known} value={known}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

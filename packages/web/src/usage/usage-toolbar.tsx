import type { Usage } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { useId, useState } from 'react'
import { classNames } from '../ui/class-names.ts'
import { INPUT } from '../ui/field.tsx'
import { Segments } from './segments.tsx'
import { problemOfRange, type UsageView } from './usage-view.ts'

const PRESETS = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['custom', 'Custom'],
] as const
type Preset = (typeof PRESETS)[number][0]

/** Which days, and of which provider and model. */
export function UsageToolbar({
  view,
  shown,
  whole,
  nameOf,
  onChange,
}: {
  view: UsageView
  /** The days that are shown now, from which a range of one's own starts. */
  shown: Pick<Usage, 'from' | 'to'> | undefined
  /** All there is in the range, of which one may choose. */
  whole: Pick<Usage, 'providers' | 'models'> | undefined
  nameOf: (provider: string) => string
  onChange: (part: Partial<UsageView>) => void
}) {
  const { range, provider, model } = view
  const preset: Preset =
    PRESETS.find(([days]) => 'days' in range && days === `${range.days}`)?.[0] ?? 'custom'
  const own = 'from' in range ? range : shown
  const choose = (next: Preset) => {
    if (next !== 'custom') onChange({ range: { days: Number(next) } })
    else if (shown) onChange({ range: { from: shown.from, to: shown.to } })
  }
  const models = (whole?.models ?? []).filter((one) => provider === undefined || one.provider === provider)
  return (
    <div className="flex flex-wrap items-start gap-2">
      <Segments legend="Days" name="range" value={preset} options={PRESETS} onChange={choose} />
      {preset === 'custom' && own && (
        <RangeFields from={own.from} to={own.to} onChange={(next) => onChange({ range: next })} />
      )}
      <Filter
        label="Provider"
        all="All providers"
        value={provider}
        options={(whole?.providers ?? []).map((one) => [one.provider, nameOf(one.provider)])}
        onChange={(next) => onChange({ provider: next, model: undefined })}
      />
      <Filter
        label="Model"
        all="All models"
        value={model}
        options={models.map((one) => [one.model, one.model])}
        onChange={(next) => onChange({ model: next })}
      />
    </div>
  )
}

function RangeFields({
  from,
  to,
  onChange,
}: {
  from: string
  to: string
  onChange: (range: { from: string; to: string }) => void
}) {
  const [typed, setTyped] = useState({ from, to })
  const [asked, setAsked] = useState({ from, to })
  const id = useId()
  if (asked.from !== from || asked.to !== to) {
    // the address was changed by something else
    setAsked({ from, to })
    setTyped({ from, to })
  }
  const problem = problemOfRange(typed.from, typed.to)
  const change = (part: Partial<typeof typed>) => {
    const next = { ...typed, ...part }
    setTyped(next)
    if (problemOfRange(next.from, next.to) !== undefined) return
    setAsked(next)
    onChange(next)
  }
  const field = (label: string, name: 'from' | 'to') => (
    <div className="w-36">
      <input
        type="date"
        aria-label={label}
        aria-describedby={id}
        aria-invalid={problem !== undefined}
        min="2000-01-01"
        max="2999-12-31"
        value={typed[name]}
        onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
        className={classNames(INPUT, 'h-8 pointer-coarse:h-10')}
      />
    </div>
  )
  return (
    <div className="flex flex-wrap items-center gap-2">
      {field('First day', 'from')}
      <span aria-hidden className="text-ink-muted">
        –
      </span>
      {field('Last day', 'to')}
      <p id={id} aria-live="polite" className="text-bad text-xs empty:hidden">
        {problem}
      </p>
    </div>
  )
}

function Filter({
  label,
  all,
  value,
  options,
  onChange,
}: {
  label: string
  /** Instead of one of them. */
  all: string
  value: string | undefined
  options: readonly (readonly [value: string, words: string])[]
  onChange: (value: string | undefined) => void
}) {
  const isOffered = value === undefined || options.some(([option]) => option === value)
  return (
    <div className="w-44 max-sm:w-full">
      <select
        aria-label={label}
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
        className={classNames(
          INPUT,
          'h-8 pointer-coarse:h-10',
          value !== undefined && 'border-accent bg-selected',
        )}
      >
        <option value="">{all}</option>
        {!isOffered && <option value={value}>{visible(value ?? '')}</option>}
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {visible(words)}
          </option>
        ))}
      </select>
    </div>
  )
}

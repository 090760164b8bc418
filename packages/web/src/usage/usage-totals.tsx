import type { UsageFigures } from '@rollcall/core/schema'
import { METRIC_PARTS } from './metrics.ts'
import { METRICS, type Metric } from './usage-view.ts'

/** The sums of the range; the one that is chosen is drawn below. Undefined: not known yet. */
export function UsageTotals({
  totals,
  metric,
  onChange,
}: {
  totals: UsageFigures | undefined
  metric: Metric
  onChange: (metric: Metric) => void
}) {
  return (
    <fieldset className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-5">
      <legend className="sr-only">What is drawn</legend>
      {METRICS.map((name) => {
        const { name: title, text, note } = METRIC_PARTS[name]
        return (
          <label
            key={name}
            className="relative flex min-w-0 cursor-pointer flex-col rounded-lg border border-line bg-surface px-3 py-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 max-sm:last-of-type:col-span-2"
          >
            <input
              type="radio"
              name="metric"
              checked={name === metric}
              onChange={() => onChange(name)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span className="text-ink-muted text-xs">{title}</span>
            <span className="truncate font-semibold text-lg tabular-nums leading-7">
              {totals ? text(totals) : <span className="skeleton mt-1.5 block h-4 w-20" />}
            </span>
            <span className="min-h-4 truncate text-ink-muted text-xs leading-4 tabular-nums">
              {totals && note(totals)}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}

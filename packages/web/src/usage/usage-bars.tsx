import type { Usage } from '@rollcall/core/schema'
import { classNames } from '../ui/class-names.ts'
import { InertText } from '../ui/inert-text.tsx'
import { FILLS } from './day-chart.tsx'
import { METRIC_PARTS } from './metrics.ts'
import { Segments } from './segments.tsx'
import type { Metric, UsageView } from './usage-view.ts'

const MOST_BARS = 7

/** The models or providers with the most of it; pressed, nothing but one of them is shown. */
export function UsageBars({
  usage: { models, providers },
  metric,
  bars,
  nameOf,
  onChange,
}: {
  usage: Pick<Usage, 'models' | 'providers'>
  metric: Metric
  bars: UsageView['bars']
  nameOf: (provider: string) => string
  onChange: (part: Partial<UsageView>) => void
}) {
  const { name, size, parts, text, note } = METRIC_PARTS[metric]
  const all =
    bars === 'model'
      ? models.map((figures) => ({ key: figures.model, words: figures.model, figures }))
      : providers.map((figures) => ({
          key: figures.provider,
          words: nameOf(figures.provider),
          figures,
        }))
  const sorted = all.toSorted((a, b) => (size(b.figures) ?? -1) - (size(a.figures) ?? -1))
  const wholeOf = (figures: (typeof all)[number]['figures']) =>
    parts.reduce((sum, { of }) => sum + of(figures), 0)
  const most = Math.max(...sorted.map(({ figures }) => wholeOf(figures)), Number.MIN_VALUE)
  const rest = sorted.length - MOST_BARS
  return (
    <section className="flex min-w-0 flex-col gap-3 p-4" aria-label={`${name} by ${bars}`}>
      <div className="flex min-h-10 flex-wrap items-start justify-between gap-x-4">
        <h2 className="text-sm">{name} by</h2>
        <Segments
          legend="Bars"
          name="bars"
          value={bars}
          options={[
            ['model', 'Model'],
            ['provider', 'Provider'],
          ]}
          onChange={(next) => onChange({ bars: next })}
        />
      </div>
      <ol className="flex flex-col gap-1">
        {sorted.slice(0, MOST_BARS).map(({ key, words, figures }) => (
          <li key={key}>
            <button
              type="button"
              data-tooltip={note(figures) || undefined}
              onClick={() => onChange(bars === 'model' ? { model: key } : { provider: key })}
              className="-mx-1.5 flex w-[calc(100%+0.75rem)] flex-col gap-1 rounded-md px-1.5 py-1 text-left hover:bg-hover pointer-coarse:min-h-10"
            >
              <span className="flex w-full items-baseline gap-3">
                <span
                  className={classNames('min-w-0 grow truncate', bars === 'model' && 'font-mono text-xs')}
                >
                  <span className="sr-only">Only </span>
                  <InertText>{words}</InertText>
                </span>
                <span className="shrink-0 tabular-nums">
                  {text(figures)}
                  <span className="sr-only"> {note(figures)}</span>
                </span>
              </span>
              <span className="flex h-1.5 w-full gap-px">
                {parts.map((part) => {
                  const value = part.of(figures)
                  return value > 0 ? (
                    <span
                      key={part.name}
                      className={`h-full min-w-px rounded-[1px] ${FILLS[part.look]}`}
                      style={{ width: `${(value / most) * 100}%` }}
                    />
                  ) : null
                })}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <p className="text-ink-muted text-xs">and {rest.toLocaleString('en')} more in the table below</p>
      )}
    </section>
  )
}

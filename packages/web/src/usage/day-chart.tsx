import type { Usage } from '@rollcall/core/schema'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { dayWords } from './day-words.ts'
import { METRIC_PARTS, type PartLook } from './metrics.ts'
import { scaleFor } from './scale.ts'
import type { Metric } from './usage-view.ts'

/** In the units of the drawing, whose width is one for each day. */
const HEIGHT = 100
/** From so many on, days touch each other. */
const MOST_WITH_GAPS = 92
/** From so many on, a day without its year may be either of two. */
const MOST_WITHOUT_YEAR = 300
export const FILLS: Record<PartLook, string> = {
  main: 'fill-accent bg-accent',
  beside: 'fill-line-strong bg-line-strong',
  bad: 'fill-bad bg-bad',
}

/** A bar for each day. Pointed at, or with the arrow keys, each says what it is; the table has all of them as text. */
export function DayChart({ days, totals, metric }: Pick<Usage, 'days' | 'totals'> & { metric: Metric }) {
  const { name, parts, format, text, note } = METRIC_PARTS[metric]
  const [marked, setMarked] = useState<number>()
  const stacks = days.map((day) => parts.map(({ of }) => of(day)))
  const scale = scaleFor(Math.max(...stacks.map((values) => values.reduce((sum, value) => sum + value, 0))))
  const top = scale.at(-1) ?? 1
  const yOf = (value: number) => HEIGHT - (value / top) * HEIGHT
  const width = days.length > MOST_WITH_GAPS ? 1 : 0.76
  const last = days.length - 1
  const isLong = days.length > MOST_WITHOUT_YEAR
  const at = marked === undefined ? undefined : days[Math.min(marked, last)]
  const wordsOf = (day: Usage['days'][number]) => [text(day), note(day)].filter(Boolean).join(', ')

  const point = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width: pixels } = currentTarget.getBoundingClientRect()
    setMarked(Math.max(0, Math.min(last, Math.floor(((clientX - left) / pixels) * days.length))))
  }
  const move = (event: KeyboardEvent) => {
    const from = Math.min(marked ?? last, last)
    const to = {
      ArrowLeft: from - 1,
      ArrowDown: from - 1,
      ArrowRight: from + 1,
      ArrowUp: from + 1,
      PageDown: from - 7,
      PageUp: from + 7,
      Home: 0,
      End: last,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    setMarked(Math.max(0, Math.min(last, to)))
  }
  return (
    <figure className="flex min-w-0 grow flex-col gap-3 p-4">
      <figcaption className="flex min-h-10 flex-wrap items-start justify-between gap-x-4">
        <h2 className="text-sm">{name} per day</h2>
        <p className="text-right text-ink-muted text-xs tabular-nums">
          <span className="block font-medium text-ink">{at ? text(at) : text(totals)}</span>
          {at ? [dayWords(at.day, true), note(at)].filter(Boolean).join(' · ') : 'all days together'}
        </p>
      </figcaption>
      <div className="grid min-h-56 grow grid-cols-[auto_1fr] grid-rows-[1fr_auto] gap-x-2">
        <div aria-hidden className="relative w-12 text-right text-ink-muted text-xs tabular-nums">
          {scale.map((value) => (
            <span key={value} className="-translate-y-1/2 absolute right-0" style={{ top: `${yOf(value)}%` }}>
              {format(value)}
            </span>
          ))}
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label={`${name} per day; a day with the arrow keys`}
          aria-valuemin={1}
          aria-valuemax={days.length}
          aria-valuenow={(marked === undefined ? last : Math.min(marked, last)) + 1}
          aria-valuetext={days[marked ?? last] && valueText(days[Math.min(marked ?? last, last)], wordsOf)}
          className="relative touch-pan-y rounded-sm outline-offset-4"
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setMarked(undefined)}
          onBlur={() => setMarked(undefined)}
          onKeyDown={move}
        >
          <svg
            aria-hidden
            viewBox={`0 0 ${days.length} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
          >
            {at && <rect x={days.indexOf(at)} width={1} y={0} height={HEIGHT} className="fill-hover" />}
            {scale.map((value) => (
              <line
                key={value}
                x1={0}
                x2={days.length}
                y1={yOf(value)}
                y2={yOf(value)}
                vectorEffect="non-scaling-stroke"
                className="stroke-line"
              />
            ))}
            {stacks.map((values, index) => (
              <Bar
                key={days[index]?.day}
                x={index + (1 - width) / 2}
                width={width}
                ends={values.map((_, part) =>
                  yOf(values.slice(0, part + 1).reduce((sum, value) => sum + value, 0)),
                )}
                looks={parts.map(({ look }) => look)}
              />
            ))}
          </svg>
        </div>
        <div aria-hidden className="relative col-start-2 h-5 pt-1 text-ink-muted text-xs tabular-nums">
          {namedDays(days.length).map((index) => (
            <span
              key={index}
              className={place(index, last)}
              style={index > 0 && index < last ? { left: `${((index + 0.5) / days.length) * 100}%` } : {}}
            >
              {dayWords(days[index]?.day ?? '', isLong && (index === 0 || index === last))}
            </span>
          ))}
        </div>
      </div>
      {parts.length > 1 && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-muted text-xs">
          {parts.map((part) => (
            <li key={part.name} className="flex items-center gap-1.5">
              <span aria-hidden className={`size-2.5 rounded-[2px] ${FILLS[part.look]}`} />
              {part.name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}

function Bar({
  x,
  width,
  ends,
  looks,
}: {
  x: number
  width: number
  /** Where each part ends, from the foot up. */
  ends: readonly number[]
  looks: readonly PartLook[]
}) {
  return ends.map((end, part) => {
    const begin = ends[part - 1] ?? HEIGHT
    if (begin <= end) return null
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
        key={part}
        x={x}
        width={width}
        y={end}
        height={begin - end}
        className={FILLS[looks[part] ?? 'main']}
      />
    )
  })
}

function valueText(day: Usage['days'][number] | undefined, wordsOf: (day: Usage['days'][number]) => string) {
  return day && `${dayWords(day.day, true)}: ${wordsOf(day)}`
}

/** The first, the last, and two or three between them where there is room. */
function namedDays(count: number): number[] {
  const steps = count >= 21 ? 4 : count >= 5 ? 2 : 1
  return [
    ...new Set(Array.from({ length: steps + 1 }, (_, step) => Math.round(((count - 1) * step) / steps))),
  ]
}

function place(index: number, last: number): string {
  if (last === 0) return 'absolute inset-x-0 text-center'
  if (index === 0) return 'absolute left-0'
  if (index === last) return 'absolute right-0'
  return '-translate-x-1/2 absolute max-sm:hidden'
}

import type { ProviderHistory } from '@rollcall/core/schema'
import { OutsideLink } from '../ui/sentence-with-links.tsx'

/** As many as the server keeps; fewer leave room at the beginning, so that the latest is always at the end. */
const MOST_CALLS = 50
const STEP = 4
const BAR = 3
const HEIGHT = 20
/** Below the line, where failed calls are. */
const FAILED = 6

/** How the last calls went, as a picture and in words. */
export function CallSparkline({ history: { calls, median_ms, p95_ms, failed_count } }: CallsProps) {
  const slowest = Math.max(1, ...calls.map(({ ms, code }) => (code === null ? ms : 0)))
  const first = MOST_CALLS - calls.length
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <svg
        role="img"
        aria-label={`${words(calls.length)}: ${inWords(median_ms, p95_ms)}, ${failed_count} failed`}
        width={MOST_CALLS * STEP}
        height={HEIGHT + FAILED + 1}
        className="max-w-full shrink-0"
      >
        <path d={`M0 ${HEIGHT + 0.5}H${MOST_CALLS * STEP}`} className="stroke-line-strong" />
        {calls.map(({ at, ms, code }, index) => {
          const x = (first + index) * STEP
          const height = Math.max(2, Math.round((ms / slowest) * HEIGHT))
          return code === null ? (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: two may end in one second
              key={`${at} ${index}`}
              x={x}
              y={HEIGHT - height}
              width={BAR}
              height={height}
              className="fill-ink-muted"
            />
          ) : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: two may end in one second
              key={`${at} ${index}`}
              x={x}
              y={HEIGHT + 1}
              width={BAR}
              height={FAILED}
              className="fill-bad"
            />
          )
        })}
      </svg>
      <span aria-hidden className="tabular-nums">
        {inWords(median_ms, p95_ms)} · {failed_count} of {calls.length} failed
      </span>
    </span>
  )
}

type CallsProps = { history: Pick<ProviderHistory, 'calls' | 'median_ms' | 'p95_ms' | 'failed_count'> }

function words(count: number): string {
  return count === 1 ? 'The only call so far' : `Last ${count} calls`
}

function inWords(median: number | null, p95: number | null): string {
  return `median ${duration(median)}, p95 ${duration(p95)}`
}

/** "340 ms", "2.1 s"; "—" where no call brought a list. */
function duration(ms: number | null): string {
  if (ms === null) return '—'
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** Where the provider itself says how it is, and where its keys are made. */
export function ProviderLinks({
  provider: { name, status_url, keys_url },
}: {
  provider: Pick<ProviderHistory, 'name' | 'status_url' | 'keys_url'>
}) {
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      <OutsideLink address={status_url}>{`${name} status page`}</OutsideLink>
      <OutsideLink address={keys_url}>{`${name} API keys`}</OutsideLink>
    </span>
  )
}

import { type CsvColumn, toCsv } from '@rollcall/core'
import type { Usage, UsageFigures } from '@rollcall/core/schema'
import { toFigures } from './tally.ts'
import type { UsageTallies } from './tally-usage.ts'
import { dayText, type UsageRange } from './usage-range.ts'

/** For so long others may wait for their turn. */
const SLICE_MS = 15

interface UsageLine extends UsageFigures {
  day: string
  provider: string
  model: string
}
const COLUMNS: readonly CsvColumn<UsageLine>[] = [
  ['day', ({ day }) => day],
  ['provider', ({ provider }) => provider],
  ['model', ({ model }) => model],
  ['answers', ({ answers }) => answers],
  ['finished', ({ finished }) => finished],
  ['failed', ({ failed }) => failed],
  ['cancelled', ({ cancelled }) => cancelled],
  ['interrupted', ({ interrupted }) => interrupted],
  ['not_asked', ({ not_asked }) => not_asked],
  ['error_rate', ({ error_rate }) => error_rate],
  ['input_tokens', ({ tokens }) => tokens.input],
  ['output_tokens', ({ tokens }) => tokens.output],
  ['cached_input_tokens', ({ tokens }) => tokens.cached_input],
  ['reasoning_tokens', ({ tokens }) => tokens.reasoning],
  ['tokens_unknown', ({ tokens_unknown }) => tokens_unknown],
  ['cost_usd', ({ cost }) => cost],
  ['cost_unknown', ({ cost_unknown }) => cost_unknown],
  ['first_token_ms_median', ({ first_token_ms }) => first_token_ms?.median],
  ['first_token_ms_p95', ({ first_token_ms }) => first_token_ms?.p95],
  ['duration_ms_median', ({ duration_ms }) => duration_ms?.median],
  ['duration_ms_p95', ({ duration_ms }) => duration_ms?.p95],
]

/** As the page and programs take it. */
export async function toUsage(
  { from, to }: UsageRange,
  { totals, days, providers, models }: UsageTallies,
): Promise<Usage> {
  return {
    from: dayText(from),
    to: dayText(to),
    totals: toFigures(totals),
    days: await inSlices([...days], ([day, tally]) => ({ day: dayText(day), ...toFigures(tally) })),
    providers: (
      await inSlices([...providers.values()], (tally) => ({
        provider: tally.provider,
        ...toFigures(tally),
      }))
    ).sort((a, b) => b.answers - a.answers || order(a.provider, b.provider)),
    models: (
      await inSlices([...models.values()], (tally) => ({
        provider: tally.provider,
        model: tally.model,
        ...toFigures(tally),
      }))
    ).sort((a, b) => b.answers - a.answers || order(a.model, b.model)),
  }
}

/** One line for a model and a day on which it was used, the latest day first. */
export async function toUsageCsv({ rows }: UsageTallies): Promise<string> {
  const sorted = [...rows.values()].sort((a, b) => b.day - a.day || order(a.model, b.model))
  const lines = await inSlices(sorted, ({ day, provider, model, ...tally }: (typeof sorted)[number]) => ({
    day: dayText(day),
    provider,
    model,
    ...toFigures(tally),
  }))
  return toCsv(COLUMNS, lines)
}

/** Each as something else, and others have their turn meanwhile. */
async function inSlices<T, U>(all: readonly T[], change: (one: T) => U): Promise<U[]> {
  const changed: U[] = []
  let since = performance.now()
  for (const one of all) {
    changed.push(change(one))
    if (performance.now() - since < SLICE_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    since = performance.now()
  }
  return changed
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

import type { Pricing, RunUsage } from './schema/index.ts'

const TOKENS_PER_PRICE = 1_000_000

/**
 * USD of one answer; undefined where a count or a price it needs is not known. Cached input of unknown price makes the
 * cost unknown: it may cost a tenth of the rest, or as much.
 */
export function costOf(usage: RunUsage, pricing: Pricing | undefined): number | undefined {
  const { input, output, cached_input: cached = 0 } = usage
  if (!pricing || input === undefined || output === undefined) return undefined
  const parts = [
    costOfPart(Math.max(0, input - cached), pricing.input),
    costOfPart(Math.min(cached, input), pricing.cached_input),
    costOfPart(output, pricing.output),
  ]
  let total = 0
  for (const part of parts) {
    if (part === undefined) return undefined
    total += part
  }
  return total / TOKENS_PER_PRICE
}

/** Nothing of something costs nothing, also where its price is not known. */
function costOfPart(tokens: number, price: number | undefined): number | undefined {
  return tokens === 0 ? 0 : price === undefined ? undefined : tokens * price
}

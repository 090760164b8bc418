import type { CatalogueEntry } from './catalogue.ts'
import type { FactSource, Kind, Pricing } from './schema/model.ts'

/** Prices of one source. */
export interface Quote {
  pricing: Pricing
  source: FactSource
}

export type PricePart = keyof Pricing
export interface FilledPrices {
  /** Undefined where there is nothing to add. */
  pricing: Pricing | undefined
  source: FactSource | undefined
  /** Of parts that come from elsewhere. */
  sources?: Readonly<Record<string, FactSource>>
}

const PARTS: readonly PricePart[] = ['input', 'output', 'cached_input']
/** Pictures, speech and films are paid by the piece or the second, whatever a price per token says beside that. */
const PAID_BY_TOKEN: readonly Kind[] = ['chat', 'completion', 'embedding', 'rerank', 'moderation', 'other']
/** These write nothing that could be paid for. */
const INPUT_ONLY: readonly Kind[] = ['embedding', 'rerank', 'moderation']
const ROUNDING_USD = 0.005_000_1

/** The parts of a price that may be filled in for a model of this kind. */
export function pricedParts(kind: Kind): readonly PricePart[] {
  if (!PAID_BY_TOKEN.includes(kind)) return []
  return INPUT_ONLY.includes(kind) ? ['input'] : PARTS
}

export const NOTHING: FilledPrices = { pricing: undefined, source: undefined }

/** What the catalogue adds to prices of the provider's own: nothing, where it contradicts one of them. */
export function completeOwn(
  own: Pricing,
  quote: Quote | undefined,
  parts: readonly PricePart[],
): FilledPrices {
  const isOfUse = quote && parts.some((part) => own[part] === undefined && quote.pricing[part] !== undefined)
  return isOfUse && agree(own, quote.pricing) ? pick(parts, () => quote, own) : NOTHING
}

/**
 * One price from two sources, of which the first is the usual one. Where they contradict each other in what is paid for
 * reading and writing, they speak of different days, and the later one counts alone. Where only the cached price
 * differs, the later one counts, unless the other is the same figure with more digits.
 */
export function mergeQuotes(
  first: Quote | undefined,
  second: Quote | undefined,
  parts: readonly PricePart[],
): FilledPrices {
  if (!first || !second) return pick(parts, () => first ?? second)
  const later = second.source.date > first.source.date ? second : first
  if (!agree(first.pricing, second.pricing)) return pick(parts, () => later)
  return pick(parts, (part) => {
    const [a, b] = [first.pricing[part], second.pricing[part]]
    if (a === undefined) return second
    return b === undefined || a === b ? first : moreExact(part, first, second, later)
  })
}

function moreExact(part: PricePart, first: Quote, second: Quote, later: Quote): Quote {
  if (isRounded(first.pricing[part], second.pricing[part])) return second
  if (isRounded(second.pricing[part], first.pricing[part])) return first
  return later
}

/** Whether `figure` is `exact` in whole cents. */
function isRounded(figure = 0, exact = 0): boolean {
  const isInCents = (usd: number) => Number(usd.toFixed(2)) === usd
  return isInCents(figure) && !isInCents(exact) && Math.abs(figure - exact) <= ROUNDING_USD
}

function agree(a: Pricing, b: Pricing): boolean {
  return isAlike(a.input, b.input) && isAlike(a.output, b.output)
}

function isAlike(a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined || a === b || isRounded(a, b) || isRounded(b, a)
}

function pick(
  parts: readonly PricePart[],
  quoteFor: (part: PricePart) => Quote | undefined,
  own: Pricing = {},
): FilledPrices {
  let pricing: Pricing | undefined
  let source: FactSource | undefined
  let sources: Record<string, FactSource> | undefined
  for (const part of parts) {
    const quote = quoteFor(part)
    const value = quote?.pricing[part]
    if (!quote || value === undefined) continue
    // what was read before is never dearer than what is read anew
    if (part === 'cached_input' && value > (own.input ?? pricing?.input ?? value)) continue
    pricing ??= {}
    pricing[part] = value
    source ??= quote.source
    if (quote.source !== source) sources = { ...sources, [part]: quote.source }
  }
  return sources ? { pricing, source, sources } : { pricing, source }
}

export function quoteOf(entry: CatalogueEntry | undefined, source: FactSource): Quote | undefined {
  return entry?.pricing ? { pricing: entry.pricing, source } : undefined
}

import {
  calcPrice,
  findProvider,
  type ModelInfo,
  type ModelPrice,
  type Provider,
} from '@pydantic/genai-prices'
import { monthOf, stampOf } from './dated-id.ts'
import type { PriceList } from './enrich.ts'
import type { Quote } from './fill-pricing.ts'
import { isExchanged } from './find-entry.ts'
import { withoutMistakes } from './known-mistakes.ts'
import { LIMITS } from './limits.ts'
import type { Pricing } from './schema/model.ts'

/** The day of the installed version's data: change it with the version. */
const SOURCE = { from: 'genai-prices', date: '2026-09-23' }
const DAY_MS = 86_400_000

interface Shelf {
  provider: Provider
  /** Every name that is given in full. */
  names: ReadonlySet<string>
  /** Some prices begin on a day. */
  at: Date
  /** By our ids. */
  quotes: Map<string, Quote | undefined>
}

/**
 * The prices of `@pydantic/genai-prices`, offline and as they are on the day of `now()`. Its own matching also goes by
 * beginnings and patterns; here only a model counts that is named in full. An undated name that its provider lets
 * stand for a dated one is not asked for: what it meant when the package was made is not said there.
 */
export function createKnownPrices(now: () => number): PriceList {
  const shelves = new Map<string, Shelf | undefined>()
  let day = 0
  const shelfOf = (key: string) => {
    const today = Math.floor(now() / DAY_MS)
    if (today !== day) shelves.clear()
    day = today
    if (!shelves.has(key)) shelves.set(key, openShelf(key, now()))
    return shelves.get(key)
  }
  return {
    quote(names) {
      const { provider, id, aliases, month, isMoving } = names
      const shelf = shelfOf(provider)
      if (!shelf || isExchanged(names)) return undefined
      // not by a name that stands now for this model and now for that
      const own = isMoving ? undefined : look(shelf, id)
      if (own || aliases.length === 0) return own
      for (const alias of aliases) {
        const quote = monthOf(alias) === month ? look(shelf, alias) : undefined
        if (quote) return quote
      }
      return undefined
    },
  }
}

/** What the package says of this very name, which begins with the provider; remembered for the day. */
function look(shelf: Shelf, id: string): Quote | undefined {
  const { quotes } = shelf
  const known = quotes.get(id)
  if (known || quotes.has(id)) return known
  const quote = calculate(shelf, id.slice(id.indexOf('/') + 1))
  if (quotes.size >= LIMITS.models) quotes.clear()
  quotes.set(id, quote)
  return quote
}

function calculate({ provider, names, at }: Shelf, id: string): Quote | undefined {
  const isNamed = names.has(id) || names.has(stampOf(id)?.undated ?? id)
  if (!isNamed) return undefined
  const found = calcPrice({ input_tokens: 0 }, id, { provider, timestamp: at })
  // nothing where the undated name is not one for this very snapshot, as the package's own matching says
  if (!found) return undefined
  // one price for a name that moves on is of one of its meanings, unless it is kept for that name alone
  if (id.endsWith('-latest') && found.model.id !== id) return undefined
  return toQuote(`${provider.id}/${id}`, found.model_price)
}

function openShelf(key: string, nowMs: number): Shelf | undefined {
  const provider = findProvider({ providerId: key })
  if (provider?.id !== key) return undefined
  const names = new Set(provider.models.flatMap(namesOf))
  return { provider, names, at: new Date(nowMs), quotes: new Map() }
}

/** Its id, and every id that it is said to equal. */
function namesOf({ id, match }: ModelInfo): string[] {
  const equal = (logic: ModelInfo['match']): string[] => {
    if ('equals' in logic) return [logic.equals]
    return 'or' in logic ? logic.or.flatMap(equal) : []
  }
  return [id, ...equal(match)]
}

function toQuote(id: string, price: ModelPrice): Quote | undefined {
  const read: Pricing = {}
  const names = { input: 'input_mtok', output: 'output_mtok', cached_input: 'cache_read_mtok' } as const
  for (const part of ['input', 'output', 'cached_input'] as const) {
    const said = price[names[part]]
    const usd = typeof said === 'object' ? said.base : said
    // as everywhere, only an id can say that something is free
    if (usd !== undefined && (usd > 0 || id.endsWith(':free'))) read[part] = usd
  }
  const { pricing } = withoutMistakes(id, { pricing: read })
  return Object.keys(pricing).length > 0 ? { pricing, source: SOURCE } : undefined
}

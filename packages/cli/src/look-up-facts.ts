import { CATALOGUE_TTL_MS, type Facts, requestCatalogue } from '@rollcall/core'
import { createKnownPrices } from '@rollcall/core/known-prices'
import type { HttpGet } from '@rollcall/core/transport'
import type { CatalogueCache } from './catalogue-cache.ts'

/** Without any copy the next run would know as little as this one: then also a script waits this long, its output being there. */
const FIRST_COPY_MS = 2_000

export interface FactsSource {
  get: HttpGet
  /** Undefined: no catalogue is asked for. */
  url: string | undefined
  /** Undefined: nothing is kept. */
  cache: CatalogueCache | undefined
  signal: AbortSignal
}

export interface LookUp {
  /** What is known by now: today's catalogue where it has come, else the one of before, of whatever day. */
  facts(): Facts
  /** Gives what is still under way this long, so that the next run has it; then ends it. */
  end(waitAtMostMs: number): Promise<void>
}

/** Begins to ask for the catalogue, beside whatever else is asked; nobody has to wait for it. */
export function lookUpFacts({ get, url, cache, signal }: FactsSource): LookUp {
  const prices = createKnownPrices(Date.now)
  const kept = url === undefined ? undefined : cache?.read(url)
  let catalogue = kept?.catalogue
  const over = new AbortController()
  const refresh = async (address: string) => {
    const answer = await requestCatalogue({
      get,
      url: address,
      etag: kept?.etag,
      now: Date.now,
      signal: AbortSignal.any([signal, over.signal]),
    })
    if (answer !== 'unchanged' && 'failure' in answer) return
    const checkedAt = Date.now()
    if (answer !== 'unchanged') {
      catalogue = answer.catalogue
      cache?.write(address, { ...answer, checkedAt })
    } else if (kept) {
      // it was found to be true today
      const date = new Date(checkedAt).toISOString().slice(0, 10)
      catalogue = { ...kept.catalogue, source: { ...kept.catalogue.source, date } }
      cache?.write(address, { catalogue, etag: kept.etag, checkedAt })
    }
  }
  const isDue = url !== undefined && Math.abs(Date.now() - (kept?.checkedAt ?? 0)) >= CATALOGUE_TTL_MS
  const pending = isDue ? refresh(url) : Promise.resolve()
  return {
    facts: () => ({ catalogue, prices }),
    async end(waitAtMostMs) {
      const leastMs = cache && !kept ? FIRST_COPY_MS : 0
      const timer = setTimeout(() => over.abort(), Math.max(waitAtMostMs, leastMs))
      await pending
      clearTimeout(timer)
    },
  }
}

import { type Ask, discoverAll, enrich, toOffer } from '@rollcall/core'
import type { Model } from '@rollcall/core/schema'
import { createHttpGet } from '@rollcall/network'
import { openCatalogueCache } from '../catalogue-cache.ts'
import type { Settings } from '../environment.ts'
import { lookUpFacts } from '../look-up-facts.ts'

/** A day: what is asked for is used once. */
const CACHE_TTL_MS = 86_400_000

export interface ModelLookUp {
  /** All models of this provider, their holes filled; none where it fails or is not asked. */
  modelsOf(providerKey: string): Promise<readonly Model[]>
  /** Gives a catalogue that is still under way this long, so that the next run has it; then ends it. */
  end(waitAtMostMs: number): Promise<void>
}

export interface LookUpOptions {
  settings: Pick<Settings, 'proxies' | 'timeoutMs' | 'catalogueUrl'>
  /** One for each provider. */
  asks: readonly Ask[]
  /** False: nothing is read from it, and nothing kept. */
  hasCache: boolean
  signal: AbortSignal
}

/** Asks the providers for their lists as `rollcall models` does, beside the questions to their models. */
export function lookUpModels({ settings, asks, hasCache, signal }: LookUpOptions): ModelLookUp {
  const { get, close } = createHttpGet({ proxies: settings.proxies })
  const over = new AbortController()
  const ended = AbortSignal.any([signal, over.signal])
  const cache = hasCache ? openCatalogueCache(process.env) : undefined
  const lookUp = lookUpFacts({ get, url: settings.catalogueUrl, cache, signal })
  const limits = { timeoutMs: settings.timeoutMs }
  const list = async (ask: Ask) => {
    const [result] = await discoverAll([ask], { get, signal: ended, limits })
    if (!result) return []
    const { models } = toOffer(result, { ...limits, cacheTtlMs: CACHE_TTL_MS })
    return enrich(models, lookUp.facts())
  }
  const lists = new Map(asks.map((ask) => [ask.provider.key, list(ask)]))
  return {
    modelsOf: async (key) => (await lists.get(key)) ?? [],
    async end(waitAtMostMs) {
      await lookUp.end(waitAtMostMs)
      over.abort()
      await Promise.all(lists.values())
      await close()
    },
  }
}

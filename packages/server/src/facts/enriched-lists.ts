import { enrich, type PriceList } from '@rollcall/core'
import type { Model } from '@rollcall/core/schema'
import { LRUCache } from 'lru-cache'
import type { CatalogueCopy, KeptCatalogue } from './catalogue-copy.ts'

const MEMORY_BYTES = 32 * 1024 * 1024
const DAY_MS = 86_400_000

/** Lists with their holes filled, as JSON; each is worked out once for a catalogue and a day, whoever's it is. */
export function createEnrichedLists(copy: Pick<CatalogueCopy, 'current'>, now: () => number) {
  const texts = new LRUCache<string, string>({
    maxSize: MEMORY_BYTES,
    sizeCalculation: (text) => text.length + 1,
  })
  let prices: Promise<PriceList> | undefined

  /** They take 0.8 MB, which a server without a list can do without. */
  function knownPrices(): Promise<PriceList> {
    prices ??= import('@rollcall/core/known-prices').then(({ createKnownPrices }) => createKnownPrices(now))
    return prices
  }

  async function fill(models: readonly Model[], { catalogue }: KeptCatalogue): Promise<string> {
    return JSON.stringify(enrich(models, { catalogue, prices: await knownPrices() }))
  }

  return {
    /** `content` names what `read` gives: a provider's whole list, or undefined where it was replaced meanwhile. */
    async ofList(content: string, read: () => Promise<string | undefined>): Promise<string | undefined> {
      const kept = await copy.current()
      const name = `${content} ${kept.version} ${Math.floor(now() / DAY_MS)}`
      const before = texts.get(name)
      if (before !== undefined) return before
      const raw = await read()
      if (raw === undefined) return undefined
      const text = await fill(JSON.parse(raw), kept)
      texts.set(name, text)
      return text
    },

    /** The same of models that came from nobody's list. */
    ofModels: async (models: readonly Model[]): Promise<string> => fill(models, await copy.current()),
  }
}

export type EnrichedLists = ReturnType<typeof createEnrichedLists>

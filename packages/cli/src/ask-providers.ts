import {
  type Ask,
  discover,
  enrich,
  type Facts,
  type Offer,
  PROVIDERS,
  type Provider,
  toAvailableModels,
  toOffer,
} from '@rollcall/core'
import type { AvailableModels } from '@rollcall/core/schema'
import { createHttpGet } from '@rollcall/network'
import { openCatalogueCache } from './catalogue-cache.ts'
import { startDemo } from './demo.ts'
import { readEnvironment, type UnusableKey, unusableKeySentence } from './environment.ts'
import { listenForInterruption } from './interruption.ts'
import { type LookUp, lookUpFacts } from './look-up-facts.ts'
import { createLiveLines } from './print/live.ts'

const CACHE_TTL_MS = 3_600_000
/** What a person at a terminal, who has the answer by then, may wait for the next run's sake. */
const LINGER_MS = 1_000

export interface AskOptions {
  /** Undefined: all that have a key. */
  wanted?: readonly Provider[] | undefined
  demo?: boolean | undefined
  /** milliseconds */
  timeout?: number | undefined
  /** False: only what the providers say themselves. */
  catalogue?: boolean | undefined
  /** Tell it line by line where there is a terminal for that. */
  isTold: boolean
}

export interface Asked {
  answer: AvailableModels
  /** Providers that have a key, usable or not. */
  withKey: readonly Provider[]
  tookMs: number
  /** With what its holes were filled. */
  facts: Facts
}

/**
 * Asks all providers at once, fills the holes of what they say, and hands the answer to `use`, which gives the exit code.
 * Everything that was opened for it is closed at the end.
 */
export async function askProviders(options: AskOptions, use: (asked: Asked) => number): Promise<number> {
  const demo = options.demo ? await startDemo() : undefined
  const settings = demo?.settings ?? readEnvironment(process.env)
  const network = createHttpGet({ proxies: settings.proxies })
  const interruption = listenForInterruption()
  let lookUp: LookUp | undefined
  try {
    const isWanted = ({ provider }: { provider: Provider }) => options.wanted?.includes(provider) ?? true
    const asks = settings.asks.filter(isWanted)
    const unusable = settings.unusableKeys.filter(isWanted)
    const withKey = [...asks, ...unusable].map(({ provider }) => provider)
    if (withKey.length === 0) return use({ answer: toAvailableModels([]), withKey, tookMs: 0, facts: {} })

    const startedAt = performance.now()
    const { get } = network
    const { signal } = interruption
    if (options.catalogue !== false) {
      const cache = demo ? undefined : openCatalogueCache(process.env)
      lookUp = lookUpFacts({ get, url: settings.catalogueUrl, cache, signal })
    }
    if (demo && options.isTold) process.stdout.write('Demo: simulated providers, made-up lists.\n\n')
    const limits = { timeoutMs: options.timeout ?? settings.timeoutMs }
    const offers = await ask(asks, unusable, options.isTold, { get, signal, limits })
    if (interruption.exitCode !== undefined) return interruption.exitCode
    const facts = lookUp?.facts() ?? {}
    const known = offers.map((offer) => ({ ...offer, models: enrich(offer.models, facts) }))
    return use({ answer: toAvailableModels(known), withKey, tookMs: performance.now() - startedAt, facts })
  } finally {
    await lookUp?.end(process.stdout.isTTY ? LINGER_MS : 0)
    interruption.stopListening()
    await Promise.all([network.close(), demo?.close()])
  }
}

/** All offers, in the order of the registry; told line by line as they come where that is wanted and possible. */
async function ask(
  asks: readonly Ask[],
  unusable: readonly UnusableKey[],
  isTable: boolean,
  options: Parameters<typeof discover>[1],
): Promise<Offer[]> {
  const { stdout, stderr } = process
  const timeoutMs = options.limits?.timeoutMs ?? 0
  const names = [...asks, ...unusable].map(({ provider }) => provider.name)
  const lines = isTable && stdout.isTTY && stderr.isTTY ? createLiveLines(stderr, names) : undefined
  const offers: Offer[] = unusable.map((key, index) => {
    const offer = toUnusableOffer(key, timeoutMs)
    lines?.finish(asks.length + index, { status: offer.status, durationMs: 0 })
    return offer
  })
  try {
    for await (const result of discover(asks, options)) {
      const offer = toOffer(result, { timeoutMs, cacheTtlMs: CACHE_TTL_MS })
      offers.push(offer)
      lines?.finish(result.index, { status: offer.status, durationMs: result.durationMs })
    }
  } finally {
    lines?.stop()
  }
  return offers.sort((a, b) => PROVIDERS.indexOf(a.provider) - PROVIDERS.indexOf(b.provider))
}

/** A key that could not be sent fails like one that was: beside the others. */
function toUnusableOffer(key: UnusableKey, timeoutMs: number): Offer {
  const result = {
    ask: { provider: key.provider },
    index: 0,
    finishedAt: Date.now(),
    durationMs: 0,
    failure: { code: 'misconfigured', detail: 'key_text' } as const,
  }
  const offer = toOffer(result, { timeoutMs, cacheTtlMs: CACHE_TTL_MS })
  return { ...offer, status: { ...offer.status, message: unusableKeySentence(key) } }
}

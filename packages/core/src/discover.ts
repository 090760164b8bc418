import type { Failure } from './failure.ts'
import { LIMITS, type Limits } from './limits.ts'
import { type Ask, type ListPorts, listModels } from './list-models.ts'
import type { Listing } from './read-pages.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'
import type { HttpGet } from './transport.ts'

export interface DiscoverOptions {
  get: HttpGet
  /** Aborting ends the stream at once and frees every socket in use. */
  signal?: AbortSignal
  limits?: Partial<Limits>
  /** Shared by all discoveries of a process. */
  retryBudget?: RetryBudget
  /** Wall clock, milliseconds. */
  now?: () => number
  random?: () => number
  /** Told of our own bugs, which reach the user only as the code `internal`. */
  onBug?: (providerKey: string, error: unknown) => void
}

/** What one provider answered to one key. */
export type ProviderResult = {
  ask: Pick<Ask, 'provider' | 'label' | 'base'>
  /** Its place among the asks. */
  index: number
  /** Milliseconds since the epoch, when the answer was complete. */
  finishedAt: number
  durationMs: number
} & ({ listing: Listing } | { failure: Failure })

/**
 * Asks all providers at once and yields each result as it arrives. One failure never spoils or delays the others.
 * Leaving the loop early, or aborting, ends what is still under way; after an abort the stream simply ends.
 */
export async function* discover(
  asks: readonly Ask[],
  options: DiscoverOptions,
): AsyncGenerator<ProviderResult> {
  const over = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, over.signal]) : over.signal
  const arrived: ProviderResult[] = []
  const thrown: unknown[] = []
  let wake: () => void = () => {}
  signal.addEventListener('abort', () => wake(), { once: true })
  const ports = {
    get: options.get,
    limits: { ...LIMITS, ...options.limits },
    retryBudget: options.retryBudget ?? createRetryBudget(),
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
  }
  for (const [index, ask] of asks.entries()) {
    askOne(ask, index, ports, options.onBug, signal)
      .then(
        // what ends by the abort itself is no answer
        (result) => signal.aborted || arrived.push(result),
        // what was handed in failed (`onBug`, `now`): nobody would be woken for it
        (error) => thrown.push(error),
      )
      .finally(() => wake())
  }
  try {
    for (let open = asks.length; open > 0; open--) {
      while (arrived.length === 0 && thrown.length === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (thrown.length > 0) throw thrown[0]
      const next = arrived.shift()
      if (!next) return
      yield next
    }
  } finally {
    over.abort()
  }
}

/** The same as one aggregate, in the order of the asks. After an abort, what had arrived by then. */
export async function discoverAll(asks: readonly Ask[], options: DiscoverOptions): Promise<ProviderResult[]> {
  const results: ProviderResult[] = []
  for await (const result of discover(asks, options)) results.push(result)
  return results.sort((a, b) => a.index - b.index)
}

async function askOne(
  ask: Ask,
  index: number,
  ports: ListPorts,
  onBug: DiscoverOptions['onBug'],
  signal: AbortSignal,
): Promise<ProviderResult> {
  const startedAt = performance.now()
  let outcome: { listing: Listing } | { failure: Failure }
  try {
    outcome = await listModels(ask, ports, signal)
  } catch (error) {
    // a bug in one description must not take the other eight with it
    onBug?.(ask.provider.key, error)
    outcome = { failure: { code: 'internal' } }
  }
  const { provider, label, base } = ask
  return {
    ask: { provider, ...(label === undefined ? {} : { label }), ...(base === undefined ? {} : { base }) },
    index,
    finishedAt: ports.now(),
    durationMs: performance.now() - startedAt,
    ...outcome,
  }
}

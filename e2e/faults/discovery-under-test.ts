import {
  ApiKey,
  type Ask,
  createRetryBudget,
  discoverAll,
  type Offer,
  PROVIDERS,
  type Provider,
  toOffer,
} from '@rollcall/core'
import { createHttpGet, type NetworkOptions } from '@rollcall/network'
import type { SimulatedProvider, Simulator } from '@rollcall/simulator'

/** All clocks of these runs stand still here, so that two runs can be compared byte for byte. */
export const NOW = Date.now()

export interface RunOptions extends NetworkOptions {
  timeoutMs?: number
  rounds?: number
  /** Takes the place of one provider's description. */
  instead?: Provider
}

/** What the last round offers of all nine providers of a simulator, asked for real. Leaves no connection behind. */
export async function runDiscovery(
  simulator: Simulator,
  { timeoutMs = 20_000, rounds = 1, instead, ...network }: RunOptions = {},
): Promise<Offer[]> {
  const { get, close } = createHttpGet(network)
  const asks = PROVIDERS.map((provider): Ask => {
    const name = provider.key as SimulatedProvider
    return {
      provider: instead?.key === provider.key ? instead : provider,
      key: keyOf(simulator.keys[name]),
      base: simulator.bases[name],
    }
  })
  const options = {
    get,
    limits: { timeoutMs, retryNeedsMs: 0, retryDelayMs: { least: 1, most: 5 } },
    retryBudget: createRetryBudget(),
    now: () => NOW,
    random: () => 0.5,
  }
  try {
    let offers: Offer[] = []
    for (let round = 0; round < rounds; round++) {
      const results = await discoverAll(asks, options)
      offers = results.map((result) =>
        toOffer(result, { timeoutMs, cacheTtlMs: 3_600_000, random: () => 0.5 }),
      )
    }
    return offers
  } finally {
    await close()
  }
}

function keyOf(text: string): ApiKey {
  const parsed = ApiKey.parse(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.key
}

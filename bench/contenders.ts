import { ApiKey, type Ask, discover, PROVIDERS } from '@rollcall/core'
import { createHttpGet } from '@rollcall/network'
import type { SimulatedProvider } from '@rollcall/simulator'

export interface Target {
  bases: Record<SimulatedProvider, string>
  keys: Record<SimulatedProvider, string>
}

/** Milliseconds from the start until each provider was delivered, whether well or not. */
export type Deliveries = Map<string, number>

export interface Contender {
  run(target: Target): Promise<Deliveries>
  close(): Promise<void>
}

/** What we do. */
export function createRollcall(): Contender {
  const { get, close } = createHttpGet()
  return {
    async run(target) {
      const startedAt = performance.now()
      const deliveries: Deliveries = new Map()
      for await (const result of discover(asksFor(target), { get })) {
        deliveries.set(result.ask.provider.key, performance.now() - startedAt)
      }
      return deliveries
    },
    close,
  }
}

/** The least anybody can do: the same first pages with the same keys, by `fetch().json()`, all at once, 10 s each. */
export function createBareFetch(): Contender {
  return {
    async run(target) {
      const startedAt = performance.now()
      const deliveries: Deliveries = new Map()
      await Promise.all(
        asksFor(target).map(async ({ provider, base }) => {
          const [list] = provider.lists
          const url = new URL(`${base}${list.path}`)
          for (const [name, value] of Object.entries(list.query ?? {})) url.searchParams.set(name, value)
          const key = target.keys[provider.key as SimulatedProvider]
          const headers: Record<string, string> =
            provider.auth === 'bearer' ? { authorization: `Bearer ${key}` } : { [provider.auth.header]: key }
          try {
            const response = await fetch(url, {
              headers: { ...provider.headers, ...headers },
              signal: AbortSignal.timeout(10_000),
            })
            await response.json()
          } catch {
            // it is delivered as a failure, which for this figure is as good
          }
          deliveries.set(provider.key, performance.now() - startedAt)
        }),
      )
      return deliveries
    },
    close: async () => {},
  }
}

function asksFor({ bases, keys }: Target): Ask[] {
  return PROVIDERS.map((provider) => {
    const name = provider.key as SimulatedProvider
    const parsed = ApiKey.parse(keys[name])
    if ('problem' in parsed) throw new Error(parsed.problem)
    return { provider, key: parsed.key, base: bases[name] }
  })
}

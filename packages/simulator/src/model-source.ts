import { standIns } from './providers/index.ts'
import type { SimulatedProvider } from './simulated-provider.ts'
import { SIMULATED_PROVIDERS } from './simulated-provider.ts'
import type { Entry, ListSize } from './stand-in.ts'

const MOST_PER_PROVIDER = 20_000

const built = new Map<string, Entry[]>()

/** Every list is built once per process: a suite starts many simulators. */
export function modelsOf(provider: SimulatedProvider, size: ListSize, padding: number): Entry[] {
  const name = `${provider} ${size} ${padding}`
  const known = built.get(name)
  if (known) return known
  const { models, filler } = standIns[provider]
  const entries = models(size)
  for (let index = 0; index < padding; index++) entries.push(filler(index))
  built.set(name, entries)
  return entries
}

/** How many generated models each provider adds, so that all together list about `modelCount`. */
export function paddingFor(
  size: ListSize,
  modelCount: number | undefined,
): Record<SimulatedProvider, number> {
  const listed = SIMULATED_PROVIDERS.map((provider) => [provider, listedByDefault(provider, size)] as const)
  const total = listed.reduce((sum, [, count]) => sum + count, 0)
  const missing = Math.max(0, (modelCount ?? 0) - total)
  const share = Math.floor(missing / listed.length)
  const remainder = missing % listed.length
  const padding = listed.map(([provider, count], position) => {
    const wanted = share + (position < remainder ? 1 : 0)
    return [provider, Math.max(0, Math.min(wanted, MOST_PER_PROVIDER - count))] as const
  })
  return Object.fromEntries(padding) as Record<SimulatedProvider, number>
}

/** Fireworks users ask for what runs without a deployment of their own, which is a small part. */
function listedByDefault(provider: SimulatedProvider, size: ListSize): number {
  const models = modelsOf(provider, size, 0)
  if (provider !== 'fireworks') return models.length
  return models.filter((model) => model.supportsServerless === true).length
}

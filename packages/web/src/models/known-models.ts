import type { AvailableModels, ProviderModels, ProviderStatus } from '@rollcall/core/schema'

/** Everything the user's keys can use as it is known now, and which keys are being asked this moment. */
export interface KnownModels extends AvailableModels {
  /** By `keyOf`; how many streams wait for it. A key that is neither here nor in `statuses` was not asked. */
  asking: ReadonlyMap<string, number>
  /** How many streams are under way: while there are any, a key without a status is being asked as well. */
  streams: number
  /** Every provider is being asked at once, but for these keys, by `keyOf`, whose providers want to be left alone. */
  refresh?: { leftAlone: readonly string[] } | undefined
}

export interface ProviderAnswer {
  /** What the provider offers now, all keys of it together; null: nothing. */
  provider: ProviderModels | null
  status: ProviderStatus
}

/** Names one stored key: there is one per provider and label. */
export function keyOf({ provider_key, label }: Pick<ProviderStatus, 'provider_key' | 'label'>): string {
  return `${provider_key} ${label ?? ''}`
}

/** Whether this key's provider is being asked right now. */
export function isAsking(
  known: KnownModels | undefined,
  key: Pick<ProviderStatus, 'provider_key' | 'label'>,
): boolean {
  if (!known) return true
  if ((known.asking.get(keyOf(key)) ?? 0) > 0) return true
  return known.streams > 0 && !known.statuses.some((status) => keyOf(status) === keyOf(key))
}

/** A stream began: `snapshot` is all the server knows, or with `isPart` what it knows of the providers asked. */
export function withSnapshot(
  known: KnownModels | undefined,
  snapshot: AvailableModels,
  asked: readonly string[],
  isPart: boolean,
): KnownModels {
  const asking = counted(known?.asking, asked, 1)
  const streams = (known?.streams ?? 0) + 1
  return isPart && known
    ? { ...known, asking, streams }
    : { ...snapshot, asking, streams, refresh: known?.refresh }
}

/** One provider has answered. `order` is that of all answers. */
export function withAnswer(
  known: KnownModels,
  { provider, status }: ProviderAnswer,
  order: readonly string[],
): KnownModels {
  const place = ({ provider_key }: { provider_key: string }) => {
    const index = order.indexOf(provider_key)
    return index === -1 ? order.length : index // custom is always last
  }
  const others = known.providers.filter(({ provider_key }) => provider_key !== status.provider_key)
  const providers = (provider ? [...others, provider] : others).toSorted((a, b) => place(a) - place(b))
  const isNew = !known.statuses.some((other) => keyOf(other) === keyOf(status))
  const statuses = isNew
    ? [...known.statuses, status].toSorted((a, b) => place(a) - place(b))
    : known.statuses.map((other) => (keyOf(other) === keyOf(status) ? status : other))
  const asking = new Map(known.asking)
  asking.delete(keyOf(status))
  return { ...known, providers, statuses, asking }
}

/** A stream that asked these keys ended, whether all was said or it broke off. */
export function withoutStream(known: KnownModels, asked: readonly string[]): KnownModels {
  return { ...known, asking: counted(known.asking, asked, -1), streams: Math.max(0, known.streams - 1) }
}

function counted(asking: ReadonlyMap<string, number> = new Map(), keys: readonly string[], step: 1 | -1) {
  const next = new Map(asking)
  for (const key of keys) {
    const count = (next.get(key) ?? 0) + step
    if (count > 0) next.set(key, count)
    else next.delete(key)
  }
  return next
}

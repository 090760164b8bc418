import type { ProviderResult } from './discover.ts'
import { freshnessPolicy, learn, NOTHING_KNOWN } from './known-list.ts'
import { listStatus } from './list-status.ts'
import type { Provider } from './provider.ts'
import {
  type AvailableModels,
  CUSTOM_PROVIDER,
  type ProviderModels,
  type ProviderStatus,
} from './schema/available-models.ts'
import type { Model } from './schema/model.ts'
import { createModelList } from './to-model-list.ts'

export interface OfferOptions {
  timeoutMs: number
  /** How long a list counts as fresh. */
  cacheTtlMs: number
  random?: () => number
}

/** What is offered of one provider for one key, and the status that says how true it is. */
export interface Offer {
  provider: Provider
  models: Model[]
  status: ProviderStatus
}

/** A result with nothing remembered beside it: its list, or the provider's dated static list if it has one. */
export function toOffer(
  result: ProviderResult,
  { timeoutMs, cacheTtlMs, random = Math.random }: OfferOptions,
): Offer {
  const policy = freshnessPolicy(cacheTtlMs)
  const now = result.finishedAt
  const { known, models } = learn(NOTHING_KNOWN, result, policy, random)
  const view = listStatus(known, result.ask, { now, isJustFetched: true, timeoutMs, policy })
  if (!view) throw new Error('a result left nothing known')
  const { provider } = result.ask
  const believed = typeof models === 'string' ? [] : models
  return {
    provider,
    models: view.offered === 'static' ? staticModels(provider, now) : believed,
    status: view.status,
  }
}

/** The answer of `GET /api/available-models`: offers in the order given, several keys of one provider as one list. */
export function toAvailableModels(offers: readonly Offer[]): AvailableModels {
  const byProvider = new Map<string, ProviderModels>()
  for (const { provider, models } of offers) {
    if (models.length === 0) continue
    const group = byProvider.get(provider.key)
    if (!group) {
      byProvider.set(provider.key, { name: provider.name, provider_key: provider.key, models: [...models] })
      continue
    }
    const known = new Set(group.models.map(({ id }) => id))
    group.models.push(...models.filter(({ id }) => !known.has(id)))
  }
  return {
    providers: [...byProvider.values(), CUSTOM_PROVIDER],
    statuses: offers.map(({ status }) => status),
  }
}

/** Every fact of a static list says that it comes from there, and of which day it is. */
export function staticModels(provider: Provider, nowMs: number): Model[] {
  const { staticList } = provider
  if (!staticList) return []
  const list = createModelList(provider, nowMs)
  for (const facts of staticList.models) list.addFacts(facts)
  const source = { from: 'static', date: staticList.asOf }
  return list.finish().models.map((model) => {
    const facts = Object.keys(model).filter((field) => field !== 'id')
    return { ...model, sources: Object.fromEntries(facts.map((field) => [field, source])) }
  })
}

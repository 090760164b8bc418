import type { ProviderResult } from './discover.ts'
import type { Failure } from './failure.ts'
import { failureSentence } from './failure-sentence.ts'
import type { Provider } from './provider.ts'
import { DEFAULT_RETRY_AFTER_MS } from './retry-after.ts'
import {
  type AvailableModels,
  CUSTOM_PROVIDER,
  type ProviderModels,
  type ProviderStatus,
} from './schema/available-models.ts'
import type { Model } from './schema/model.ts'
import { createModelList } from './to-model-list.ts'

export interface StatusOptions {
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

/** A result as an offer: its list, or where there is none, the provider's dated static list if it has one. */
export function toOffer(result: ProviderResult, options: StatusOptions): Offer {
  const { provider } = result.ask
  const common = { provider_key: provider.key, name: provider.name, label: result.ask.label ?? null }
  if ('listing' in result) {
    const { listing } = result
    const problem = listing.flaw ? failureFields(listing.flaw, result, options) : NO_PROBLEM
    return {
      provider,
      models: listing.models,
      status: {
        ...common,
        status: 'fresh',
        ...problem,
        message: remarkOn(result, problem.message),
        http_status: 200,
        fetched_at: iso(result.finishedAt),
        expires_at: iso(result.finishedAt + options.cacheTtlMs),
        model_count: listing.models.length,
        dropped_count: listing.droppedCount,
      },
    }
  }
  const { failure } = result
  const problem = failureFields(failure, result, options)
  // a rejected key offers nothing: what it cannot use is not its model
  const fallback =
    failure.code === 'key_rejected' || failure.detail === 'key_text' ? undefined : provider.staticList
  const models = fallback ? staticModels(provider, result.finishedAt) : []
  return {
    provider,
    models,
    status: {
      ...common,
      status: fallback ? 'static' : 'failed',
      ...problem,
      message: fallback
        ? joined(problem.message, `meanwhile our list of ${fallback.asOf} is shown`)
        : problem.message,
      fetched_at: null,
      expires_at: null,
      model_count: models.length,
      dropped_count: 0,
    },
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

const NO_PROBLEM = { code: null, message: null, http_status: null, retry_at: null }

function failureFields(
  failure: Failure,
  result: ProviderResult,
  { timeoutMs, random = Math.random }: StatusOptions,
) {
  const wishMs =
    failure.retryAfterMs ??
    (failure.code === 'rate_limited' ? DEFAULT_RETRY_AFTER_MS * (1 + random() / 10) : undefined)
  const retryAt = wishMs === undefined ? null : iso(result.finishedAt + wishMs)
  const { provider, base } = result.ask
  return {
    code: failure.code,
    message: failureSentence(failure, { provider, base, timeoutMs, retryAt }),
    http_status: failure.httpStatus ?? null,
    retry_at: retryAt,
  }
}

/** What a person should know about a list that is true but not simply whole. */
function remarkOn(
  result: Extract<ProviderResult, { listing: unknown }>,
  problem: string | null,
): string | null {
  const { provider } = result.ask
  const { listing } = result
  if (problem) return joined(problem, 'what had arrived by then is shown')
  if (listing.remark === 'public_list') {
    return `${provider.name} did not give the list of this very key, so its public list is shown: try again later to see what the key can use.`
  }
  if (listing.remark === 'other_list') {
    return `${provider.name}'s main list could not be had, so another one is shown, which may be shorter: try again later.`
  }
  if (listing.remark !== 'truncated') return null
  return `${provider.name}'s list goes on beyond what is read: the first ${listing.models.length.toLocaleString('en')} models are shown.`
}

/** Every fact of a static list says that it comes from there, and of which day it is. */
function staticModels(provider: Provider, nowMs: number): Model[] {
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

/** Still one sentence. */
function joined(sentence: string, remark: string): string {
  return `${sentence.replace(/\.$/, '')}; ${remark}.`
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

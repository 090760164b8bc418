import { failureSentence } from './failure-sentence.ts'
import {
  type BelievedList,
  endsAllOffers,
  type FreshnessPolicy,
  type KnownList,
  type ListOwner,
  type Trouble,
  usableList,
} from './known-list.ts'
import type { ListStatus, ProviderStatus } from './schema/available-models.ts'

export interface StatusOptions {
  /** Wall clock, milliseconds. */
  now: number
  /** The list was fetched by the very call that is answered. */
  isJustFetched: boolean
  /** How long a provider may take; a sentence names it. */
  timeoutMs: number
  policy: FreshnessPolicy
}

/** Which models go with a status: the believed list, the provider's dated static one, or none. */
export type OfferedList = 'believed' | 'static' | 'none'

/** How true what is known of a list is, and which list may be offered. Undefined where it was never asked for. */
export function listStatus(
  known: KnownList,
  owner: ListOwner,
  options: StatusOptions,
): { status: ProviderStatus; offered: OfferedList } | undefined {
  const list = usableList(known, options.now, options.policy)
  if (known.trouble) return troubledStatus(known.trouble, list, owner, options)
  return list ? { status: goodStatus(list, owner, options), offered: 'believed' } : undefined
}

function goodStatus(list: BelievedList, owner: ListOwner, options: StatusOptions): ProviderStatus {
  const { flaw, insteadOf } = list
  const problem = flaw
    ? problemFields(flaw, owner, options)
    : { ...NO_PROBLEM, retry_at: isoOrNull(insteadOf?.retryAt) }
  return {
    ...commonFields(owner),
    status: ageOf(list, options),
    ...problem,
    message: problem.message
      ? joined(problem.message, 'what had arrived by then is shown')
      : remarkOn(list, owner),
    http_status: 200,
    ...listFields(list, options),
  }
}

function ageOf(list: BelievedList, { now, isJustFetched, policy }: StatusOptions): ListStatus {
  if (isJustFetched) return 'fresh'
  return now < list.fetchedAt + policy.cacheTtlMs ? 'cached' : 'stale'
}

function troubledStatus(
  trouble: Trouble,
  list: BelievedList | null,
  owner: ListOwner,
  options: StatusOptions,
): { status: ProviderStatus; offered: OfferedList } {
  const problem = problemFields(trouble, owner, options)
  const common = { ...commonFields(owner), ...problem }
  if (list) {
    const message = joined(problem.message, 'meanwhile its last good list is shown')
    return {
      offered: 'believed',
      status: { ...common, status: 'stale', message, ...listFields(list, options) },
    }
  }
  const { staticList } = owner.provider
  const fallback = endsAllOffers(trouble) ? undefined : staticList
  return {
    offered: fallback ? 'static' : 'none',
    status: {
      ...common,
      status: fallback ? 'static' : 'failed',
      message: fallback
        ? joined(problem.message, `meanwhile our list of ${fallback.asOf} is shown`)
        : problem.message,
      fetched_at: null,
      expires_at: null,
      model_count: fallback?.models.length ?? 0,
      dropped_count: 0,
    },
  }
}

const NO_PROBLEM = { code: null, message: null, http_status: null }

function commonFields({ provider, label }: ListOwner) {
  return { provider_key: provider.key, name: provider.name, label: label ?? null }
}

function listFields(list: BelievedList, { policy }: StatusOptions) {
  return {
    fetched_at: iso(list.fetchedAt),
    expires_at: iso(list.fetchedAt + policy.cacheTtlMs),
    model_count: list.modelCount,
    dropped_count: list.droppedCount,
  }
}

function problemFields(
  failure: Omit<Trouble, 'at' | 'times'>,
  { provider, base }: ListOwner,
  { timeoutMs }: StatusOptions,
) {
  const retryAt = isoOrNull(failure.retryAt)
  return {
    code: failure.code,
    message: failureSentence(failure, { provider, base, timeoutMs, retryAt }),
    http_status: failure.httpStatus ?? null,
    retry_at: retryAt,
  }
}

/** What a person should know about a list that is true but not simply whole. */
function remarkOn({ remark, modelCount }: BelievedList, { provider: { name } }: ListOwner): string | null {
  switch (remark) {
    case 'public_list':
      return `${name} did not give the list of this very key, so its public list is shown: try again later to see what the key can use.`
    case 'other_list':
      return `${name}'s main list could not be had, so another one is shown, which may be shorter: try again later.`
    case 'truncated':
      return `${name}'s list goes on beyond what is read: the first ${modelCount.toLocaleString('en')} models are shown.`
    default:
      return null
  }
}

/** Still one sentence. */
function joined(sentence: string, remark: string): string {
  return `${sentence.replace(/\.$/, '')}; ${remark}.`
}

function isoOrNull(milliseconds: number | null | undefined): string | null {
  return milliseconds == null ? null : iso(milliseconds)
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

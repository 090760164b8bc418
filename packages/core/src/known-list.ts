import type { ProviderResult } from './discover.ts'
import type { Failure } from './failure.ts'
import type { Provider } from './provider.ts'
import type { Listing } from './read-pages.ts'
import { DEFAULT_RETRY_AFTER_MS } from './retry-after.ts'
import type { Model } from './schema/model.ts'

/**
 * What is remembered of one key's list between discoveries; plain JSON, times in milliseconds since the epoch.
 * Nothing at all is `NOTHING_KNOWN`: that key was not asked yet, which is neither empty nor failed.
 */
export interface KnownList {
  /** The last list we believe. Its models are kept elsewhere. */
  list: BelievedList | null
  /** Why the last attempt gave no list to believe. */
  trouble: Trouble | null
}

export interface BelievedList {
  fetchedAt: number
  modelCount: number
  droppedCount: number
  remark?: NonNullable<Listing['remark']>
  /** A later page failed: it is true but not all. */
  flaw?: RememberedFailure
  /** Why it is not the provider's better list. */
  insteadOf?: RememberedFailure
  /** How many attempts in a row brought no whole list: then it is asked for again as soon as after a failure. */
  times?: number
}

export interface Trouble extends RememberedFailure {
  at: number
  /** How many attempts in a row brought no whole list. */
  times: number
}

type RememberedFailure = Pick<Failure, 'code' | 'detail' | 'httpStatus'> & {
  /** Not to be asked before. */
  retryAt: number | null
}

export interface FreshnessPolicy {
  /** How long a list counts as fresh. */
  cacheTtlMs: number
  /** How long the first failure is remembered; each further one in a row twice as long, up to `mostFailureTtlMs`. */
  failureTtlMs: number
  mostFailureTtlMs: number
  /** Up to this age an old list is shown at once and asked for behind; older, only after trying. */
  showAtOnceMs: number
  /** Beyond this age a list is not shown any more. */
  keepMs: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export function freshnessPolicy(cacheTtlMs = HOUR_MS): FreshnessPolicy {
  return {
    cacheTtlMs,
    // always for a shorter time than a good list
    failureTtlMs: Math.min(60_000, cacheTtlMs / 4),
    mostFailureTtlMs: Math.min(15 * 60_000, cacheTtlMs / 4),
    showAtOnceMs: DAY_MS,
    keepMs: 7 * DAY_MS,
  }
}

export const NOTHING_KNOWN: KnownList = { list: null, trouble: null }

/** What a result leaves known. `models`: put these in place of the old ones, keep the old ones, or drop them. */
export interface Lesson {
  known: KnownList
  models: Model[] | 'keep' | 'drop'
}

/**
 * A good list is only replaced by a list we believe: not by a failure, not by half a list or another list in its
 * place, and by an empty one only when it comes twice in a row: a provider that fails in between is one to doubt. A
 * rejected key has no list.
 */
export function learn(
  known: KnownList,
  result: ProviderResult,
  policy: FreshnessPolicy,
  random: () => number,
): Lesson {
  const at = result.finishedAt
  const remember = (failure: Failure): RememberedFailure => ({
    code: failure.code,
    ...(failure.detail === undefined ? {} : { detail: failure.detail }),
    ...(failure.httpStatus === undefined ? {} : { httpStatus: failure.httpStatus }),
    retryAt: retryMoment(failure, at, random),
  })
  const times = (known.trouble?.times ?? known.list?.times ?? 0) + 1
  const trouble = (failure: Failure): Trouble => ({ ...remember(failure), at, times })
  const list = usableList(known, at, policy)

  if ('failure' in result) {
    const isOver = endsAllOffers(result.failure)
    return {
      known: { list: isOver ? null : list, trouble: trouble(result.failure) },
      models: isOver || !list ? 'drop' : 'keep',
    }
  }
  const { listing } = result
  const doubt = list && doubtAbout(listing, known, list)
  if (doubt) return { known: { list, trouble: trouble(doubt) }, models: 'keep' }
  return {
    known: {
      list: {
        fetchedAt: at,
        modelCount: listing.models.length,
        droppedCount: listing.droppedCount,
        ...(listing.remark === undefined ? {} : { remark: listing.remark }),
        ...(listing.flaw === undefined ? {} : { flaw: remember(listing.flaw) }),
        ...(listing.insteadOf === undefined ? {} : { insteadOf: remember(listing.insteadOf) }),
        ...(isWhole(listing) ? {} : { times }),
      },
      trouble: null,
    },
    models: listing.models,
  }
}

/** Why this list does not take the place of the one we have. */
function doubtAbout(listing: Listing, known: KnownList, list: BelievedList): Failure | undefined {
  const shortcoming = listing.flaw ?? listing.insteadOf
  if (shortcoming && isWhole(list)) return shortcoming
  const isVanished = listing.models.length === 0 && list.modelCount > 0
  return isVanished && known.trouble?.detail !== 'vanished'
    ? { code: 'bad_response', detail: 'vanished', httpStatus: 200 }
    : undefined
}

function isWhole({ flaw, insteadOf }: { flaw?: unknown; insteadOf?: unknown }): boolean {
  return flaw === undefined && insteadOf === undefined
}

/** What such a key cannot use is not its model: no last known good list, no static one. */
export function endsAllOffers({ code, detail }: Pick<Failure, 'code' | 'detail'>): boolean {
  return code === 'key_rejected' || detail === 'key_text'
}

export function usableList({ list }: KnownList, now: number, { keepMs }: FreshnessPolicy) {
  return list && now - list.fetchedAt <= keepMs ? list : null
}

function retryMoment(failure: Failure, at: number, random: () => number): number | null {
  const wishMs =
    failure.retryAfterMs ??
    (failure.code === 'rate_limited' ? DEFAULT_RETRY_AFTER_MS * (1 + random() / 10) : undefined)
  return wishMs === undefined ? null : at + wishMs
}

/** `now`: there is nothing to show without asking · `behind`: show what is known and ask · `later`: do not ask. */
export function whenToAsk(
  known: KnownList,
  now: number,
  policy: FreshnessPolicy,
  isForced = false,
): 'now' | 'behind' | 'later' {
  // what was learnt in the future says that the clock was wrong, and nothing of when to ask
  const isFromFuture = lastAttempt(known).at > now + policy.cacheTtlMs
  if (!isFromFuture && now < retryAt(known)) return 'later'
  if (isForced) return 'now'
  if (!isFromFuture && now < restsUntil(known, policy)) return 'later'
  const list = usableList(known, now, policy)
  return list && now - list.fetchedAt <= policy.showAtOnceMs ? 'behind' : 'now'
}

/** The next moment at which time alone changes what is to be shown or done; infinity where it never does. */
export function changesAt(known: KnownList, now: number, policy: FreshnessPolicy): number {
  const { list } = known
  const { cacheTtlMs, showAtOnceMs, keepMs } = policy
  const moments = [
    restsUntil(known, policy),
    retryAt(known),
    // the last two still hold at their very end
    ...(list ? [cacheTtlMs, showAtOnceMs + 1, keepMs + 1].map((ms) => list.fetchedAt + ms) : []),
  ]
  return Math.min(...moments.filter((moment) => moment > now))
}

/** A list rests for its hour; a failure, and what is not the whole list, for less. */
function restsUntil(known: KnownList, policy: FreshnessPolicy): number {
  const { at, times } = lastAttempt(known)
  if (times === 0) return at + policy.cacheTtlMs
  return at + Math.min(policy.failureTtlMs * 2 ** Math.min(times - 1, 10), policy.mostFailureTtlMs)
}

function lastAttempt({ list, trouble }: KnownList): { at: number; times: number } {
  if (trouble) return trouble
  return list ? { at: list.fetchedAt, times: list.times ?? 0 } : { at: Number.NEGATIVE_INFINITY, times: 0 }
}

function retryAt({ list, trouble }: KnownList): number {
  if (trouble) return trouble.retryAt ?? 0
  return Math.max(list?.flaw?.retryAt ?? 0, list?.insteadOf?.retryAt ?? 0)
}

/** Whose list it is, as far as its status needs to know. */
export type ListOwner = { provider: Provider; base?: string | undefined; label?: string | null | undefined }

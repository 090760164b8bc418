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
  /** A later page failed: it is true but not all, and asked again as soon as a failure would be. */
  flaw?: RememberedFailure
}

export interface Trouble extends RememberedFailure {
  at: number
  /** How many attempts in a row came to nothing. */
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
    // always shorter than a good list is
    failureTtlMs: Math.min(60_000, cacheTtlMs),
    mostFailureTtlMs: Math.min(15 * 60_000, cacheTtlMs),
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
 * place, and by an empty one only when it comes a second time. A rejected key has no list.
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
  const trouble = (failure: Failure): Trouble => ({
    ...remember(failure),
    at,
    times: (known.trouble?.times ?? 0) + 1,
  })
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
      },
      trouble: null,
    },
    models: listing.models,
  }
}

/** Why this list does not take the place of the one we have. */
function doubtAbout(listing: Listing, known: KnownList, list: BelievedList): Failure | undefined {
  const isWhole = !list.flaw && !isSubstitute(list)
  if (listing.flaw && isWhole) return listing.flaw
  if (isSubstitute(listing) && isWhole) return listing.insteadOf
  const isVanished = listing.models.length === 0 && list.modelCount > 0
  return isVanished && known.trouble?.detail !== 'vanished'
    ? { code: 'bad_response', detail: 'vanished', httpStatus: 200 }
    : undefined
}

function isSubstitute({ remark }: Pick<BelievedList, 'remark'>): boolean {
  return remark === 'other_list' || remark === 'public_list'
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
  const { trouble } = known
  const retryAt = trouble ? trouble.retryAt : (known.list?.flaw?.retryAt ?? null)
  if (retryAt !== null && now < retryAt) return 'later'
  if (isForced) return 'now'
  if (now < restsUntil(known, policy)) return 'later'
  const list = usableList(known, now, policy)
  return list && now - list.fetchedAt <= policy.showAtOnceMs ? 'behind' : 'now'
}

/** The next moment at which time alone changes what is to be shown or done; infinity where it never does. */
export function changesAt(known: KnownList, now: number, policy: FreshnessPolicy): number {
  const { list, trouble } = known
  const moments = [
    restsUntil(known, policy),
    trouble?.retryAt ?? 0,
    ...(list ? [policy.cacheTtlMs, policy.showAtOnceMs, policy.keepMs].map((ms) => list.fetchedAt + ms) : []),
  ]
  return Math.min(...moments.filter((moment) => moment > now))
}

/** A list rests for its hour, a failure for less. */
function restsUntil({ list, trouble }: KnownList, policy: FreshnessPolicy): number {
  if (trouble) {
    const ms = policy.failureTtlMs * 2 ** Math.min(trouble.times - 1, 10)
    return trouble.at + Math.min(ms, policy.mostFailureTtlMs)
  }
  if (!list) return 0
  return list.fetchedAt + (list.flaw ? policy.failureTtlMs : policy.cacheTtlMs)
}

/** Whose list it is, as far as its status needs to know. */
export type ListOwner = { provider: Provider; base?: string | undefined; label?: string | null | undefined }

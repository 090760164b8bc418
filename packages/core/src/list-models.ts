import type { ApiKey } from './api-key.ts'
import type { Failure } from './failure.ts'
import { getPage, type PageSource } from './get-page.ts'
import type { Limits } from './limits.ts'
import type { ListRequest, Provider } from './provider.ts'
import { type Listing, readPages } from './read-pages.ts'
import { authorise } from './request.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { HttpGet } from './transport.ts'

/** Whom to ask, with what. */
export interface Ask {
  provider: Provider
  key: ApiKey
  /** Takes the place of the provider's own bases; without a trailing slash (see `parseBaseUrl`). */
  base?: string
  /** Distinguishes several keys for one provider. */
  label?: string | null
}

export interface ListPorts {
  get: HttpGet
  limits: Limits
  retryBudget: RetryBudget
  /** Wall clock, milliseconds. */
  now: () => number
  random: () => number
}

/** Every page of one provider, inside one deadline. Failures are values; only our own bugs throw. */
export async function listModels(
  ask: Ask,
  ports: ListPorts,
  callerSignal: AbortSignal | undefined,
): Promise<{ listing: Listing } | { failure: Failure }> {
  const { provider } = ask
  const { timeoutMs } = ports.limits
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), timeoutMs)
  const { headers, isEchoedIn } = authorise(provider, ask.key)
  const source: PageSource = {
    ...ports,
    headers,
    signal: callerSignal ? AbortSignal.any([callerSignal, deadline.signal]) : deadline.signal,
    deadline: performance.now() + timeoutMs,
    providerKey: provider.key,
  }
  try {
    let failure: Failure | undefined
    for (const list of provider.lists) {
      const result = await readList(ask, list, source, isEchoedIn)
      if (!('failure' in result)) {
        if (list.isPublic) result.listing.remark = 'public_list'
        else if (failure) result.listing.remark ??= 'other_list'
        if (failure) result.listing.insteadOf = failure
        return result
      }
      // out of time: what went wrong before that says more
      if (source.signal.aborted) break
      // the first list is the better one, so its failure is the one to tell, unless it is just not there
      if (!failure || failure.detail === 'not_found' || isFinal(result.failure)) failure = result.failure
      if (isFinal(failure)) break
    }
    return { failure: failure ?? { code: 'timeout' } }
  } finally {
    clearTimeout(timer)
    // after a bug of ours, a call may still be open that nobody waits for
    deadline.abort()
  }
}

/** Another list of the same provider would not change it. */
function isFinal({ code, detail }: Failure): boolean {
  return code === 'key_rejected' || detail === 'secret_echo'
}

/** One of a provider's lists; where it is public, with the word of the key check beside it. */
async function readList(
  { provider, base }: Ask,
  list: ListRequest,
  source: PageSource,
  isEchoedIn: (text: string) => boolean,
): Promise<{ listing: Listing } | { failure: Failure }> {
  const start = new URL(`${base ?? list.base}${list.path}`)
  for (const [name, value] of Object.entries(list.query ?? {})) start.searchParams.set(name, value)
  const { keyCheck } = provider
  const [result, confirmation] = await Promise.all([
    readPages(provider, start, source, isEchoedIn),
    list.isPublic && keyCheck ? getPage(source, `${base ?? keyCheck.base}${keyCheck.path}`, []) : undefined,
  ])
  if (confirmation && 'failure' in confirmation && confirmation.failure.code === 'key_rejected')
    return confirmation
  return result
}

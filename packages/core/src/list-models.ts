import type { ApiKey } from './api-key.ts'
import { classify } from './classify.ts'
import type { Failure } from './failure.ts'
import { getPage, type PageSource } from './get-page.ts'
import type { Limits } from './limits.ts'
import type { ListRequest, NextPage, Provider } from './provider.ts'
import { authorise } from './request.ts'
import type { RetryBudget } from './retry-budget.ts'
import type { Model } from './schema/model.ts'
import { createModelList } from './to-model-list.ts'
import type { HttpGet } from './transport.ts'
import { member } from './wire-values.ts'

/** Whom to ask, with what. */
export interface Ask {
  provider: Provider
  key: ApiKey
  /** Takes the place of the provider's own bases; without a trailing slash (see `parseBaseUrl`). */
  base?: string
  /** Distinguishes several keys for one provider. */
  label?: string | null
}

export interface Listing {
  models: Model[]
  droppedCount: number
  /** The list is longer than we read, or its pages lead in a circle. */
  isTruncated: boolean
  /** A later page failed, or the key could not be confirmed: what is here is true but may not be all. */
  flaw?: Failure
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
      if (!('failure' in result)) return result
      // out of time: what went wrong before that says more
      if (source.signal.aborted) break
      // the first list is the better one, so its failure is the one to tell, unless it is just not there
      if (!failure || failure.detail === 'not_found' || isFinal(result.failure)) failure = result.failure
      if (isFinal(failure)) break
    }
    return { failure: failure ?? { code: 'timeout' } }
  } finally {
    clearTimeout(timer)
    // lets go of whatever is still open, such as a key check nobody waits for any more
    deadline.abort()
  }
}

/** Another list of the same provider would not change it. */
function isFinal({ code, detail }: Failure): boolean {
  return code === 'key_rejected' || detail === 'secret_echo'
}

/** One of a provider's lists; where it is public, with the word of the key check beside it. */
async function readList(
  ask: Ask,
  list: ListRequest,
  source: PageSource,
  isEchoedIn: (text: string) => boolean,
): Promise<{ listing: Listing } | { failure: Failure }> {
  const { keyCheck } = ask.provider
  const [result, confirmation] = await Promise.all([
    readPages(ask, list, source, isEchoedIn),
    list.isPublic && keyCheck ? getPage(source, `${ask.base ?? keyCheck.base}${keyCheck.path}`) : undefined,
  ])
  if (!confirmation || !('failure' in confirmation)) return result
  if (confirmation.failure.code === 'key_rejected') return confirmation
  if ('failure' in result) return result
  return { listing: { flaw: { ...confirmation.failure, detail: 'key_unconfirmed' }, ...result.listing } }
}

async function readPages(
  { provider, base }: Ask,
  list: ListRequest,
  source: PageSource,
  isEchoedIn: (text: string) => boolean,
): Promise<{ listing: Listing } | { failure: Failure }> {
  const { limits } = source
  const models = createModelList(provider, source.now(), limits.models)
  const start = new URL(`${base ?? list.base}${list.path}`)
  for (const [name, value] of Object.entries(list.query ?? {})) start.searchParams.set(name, value)

  const asked = new Set<string>()
  let url: URL | undefined = start
  let sawEntries = false
  let flaw: Failure | undefined
  while (url) {
    asked.add(url.href)
    const result = await getPage(source, url.href)
    const page = 'failure' in result ? result : readPage(provider, result.page, source)
    if ('failure' in page) {
      if (asked.size === 1 || page.failure.code === 'key_rejected') return page
      flaw = page.failure // what the earlier pages gave is true all the same
      break
    }
    models.add(page.entries)
    sawEntries ||= page.entries.length > 0
    const next: { url: URL | undefined } | { failure: Failure } = nextUrl(
      page.next,
      start,
      url,
      limits,
      isEchoedIn,
    )
    if ('failure' in next) {
      if (next.failure.detail === 'secret_echo') return next
      flaw = next.failure
      break
    }
    if (!next.url) break
    // a cursor that comes back would go round for ever
    if (models.isFull || asked.size >= limits.pages || asked.has(next.url.href)) {
      models.markTruncated()
      break
    }
    url = next.url
  }

  const listing = models.finish()
  if (isEchoedIn(models.textAsSent())) return { failure: { code: 'blocked', detail: 'secret_echo' } }
  if (sawEntries && listing.models.length === 0) {
    return { failure: { code: 'bad_response', detail: 'no_valid_entry', httpStatus: 200 } }
  }
  return { listing: flaw ? { ...listing, flaw } : listing }
}

function readPage(
  provider: Provider,
  page: unknown,
  { now }: PageSource,
): { entries: readonly unknown[]; next: NextPage | undefined } | { failure: Failure } {
  const entries = provider.entries(page)
  const hasError = member(page, 'error') != null
  if (entries && (entries.length > 0 || !hasError)) return { entries, next: provider.nextPage?.(page) }
  // an error dressed as a success; some then put the status inside
  const code = member(member(page, 'error'), 'code')
  const status = typeof code === 'number' && code >= 400 && code <= 599 ? code : 200
  const failure = { ...classify({ status, headers: {} }, page, false, now()), httpStatus: 200 }
  if (failure.code !== 'bad_response') return { failure }
  return {
    failure: hasError
      ? { code: 'upstream_error', httpStatus: 200 }
      : { code: 'bad_response', detail: 'shape', httpStatus: 200 },
  }
}

/** Where the next page is: the same list with other parameters, or a link, which never leads to another host. */
function nextUrl(
  next: NextPage | undefined,
  start: URL,
  current: URL,
  limits: Limits,
  isEchoedIn: (text: string) => boolean,
): { url: URL | undefined } | { failure: Failure } {
  if (!next) return { url: undefined }
  const cursor = 'link' in next ? next.link : Object.values(next.query).join('')
  if (isEchoedIn(cursor)) return { failure: { code: 'blocked', detail: 'secret_echo' } }
  const bad: { failure: Failure } = {
    failure: { code: 'bad_response', detail: 'next_page', httpStatus: 200 },
  }
  if (cursor.length > limits.cursorChars) return bad
  if ('query' in next) {
    const url = new URL(start)
    for (const [name, value] of Object.entries(next.query)) url.searchParams.set(name, value)
    return { url }
  }
  if (!URL.canParse(next.link, current.href)) return bad
  const url = new URL(next.link, current)
  url.hash = ''
  return url.origin === start.origin && url.username === '' && url.password === '' ? { url } : bad
}

import { classify } from './classify.ts'
import type { Failure } from './failure.ts'
import { getPage, type PageSource } from './get-page.ts'
import type { JsonPage } from './json-page.ts'
import { nextUrl } from './next-url.ts'
import type { Provider } from './provider.ts'
import type { Model } from './schema/model.ts'
import { createModelList, type ModelList } from './to-model-list.ts'
import { member } from './wire-values.ts'

export interface Listing {
  models: Model[]
  droppedCount: number
  /**
   * `truncated`: it goes on beyond what is read, or in a circle · `other_list`: the provider's better list failed ·
   * `public_list`: it did, and this is not the list of this very key.
   */
  remark?: 'truncated' | 'other_list' | 'public_list'
  /** Why it is not the provider's better list that is here. */
  insteadOf?: Failure
  /** A later page failed: what is here is true but not all. */
  flaw?: Failure
}

type IsEchoedIn = (text: string) => boolean

/** Entries are read in groups… */
const GROUP = 100
const GROUP_CHARS = 256 * 1024
/** …and after so long the other providers have their turn. */
const SLICE_MS = 15

/** All pages of one list, from `start` on. */
export async function readPages(
  provider: Provider,
  start: URL,
  source: PageSource,
  isEchoedIn: IsEchoedIn,
): Promise<{ listing: Listing } | { failure: Failure }> {
  const { limits } = source
  const models = createModelList(provider, source.now(), limits.models)
  const asked = new Set<string>()
  let bytes = 0
  let entryCount = 0
  let isTruncated = false
  let flaw: Failure | undefined

  for (let url: URL | undefined = start; url; ) {
    asked.add(url.href)
    const result = await getPage(source, url.href, provider.entriesAt, limits.bodyBytes - bytes)
    const read = 'failure' in result ? result : await readEntries(result, models, source, isEchoedIn)
    if ('failure' in read) {
      const isForAll = read.failure.code === 'key_rejected' || read.failure.detail === 'secret_echo'
      if (asked.size === 1 || isForAll) return read
      flaw = read.failure // what the earlier pages gave is true all the same
      break
    }
    const { envelope, entries } = read
    entryCount += entries.count
    bytes += read.bytes
    const next: ReturnType<typeof nextUrl> = nextUrl(
      provider.nextPage?.(envelope),
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
    const isMore = next.url !== undefined || entries.isTruncated || entryCount > limits.models
    if (!next.url || models.isFull || asked.size >= limits.pages || asked.has(next.url.href)) {
      // a cursor that comes back would go round for ever
      isTruncated = isMore
      break
    }
    url = next.url
  }

  const listing: Listing = models.finish()
  if (entryCount > 0 && listing.models.length === 0) {
    return { failure: { code: 'bad_response', detail: 'no_valid_entry', httpStatus: 200 } }
  }
  if (isTruncated) listing.remark = 'truncated'
  if (flaw) listing.flaw = flaw
  return { listing }
}

/** Adds one page's entries to the list, and gives the page back where that was possible. */
async function readEntries(
  { page: { envelope, entries }, bytes }: { page: JsonPage; bytes: number },
  models: ModelList,
  source: PageSource,
  isEchoedIn: IsEchoedIn,
): Promise<(Required<JsonPage> & { bytes: number }) | { failure: Failure }> {
  const hasError = member(envelope, 'error') != null
  if (!entries || (entries.count === 0 && hasError)) {
    return { failure: errorInPage(envelope, hasError, source.now()) }
  }
  let isBroken = false
  let sliceStart = performance.now()
  for (let index = 0; index < entries.count && !models.isFull; index++) {
    let entry: unknown
    try {
      entry = entries.at(index)
    } catch {
      // what V8 says quotes the body; what came before this entry is still to be looked at
      isBroken = true
      break
    }
    models.add(entry)
    if ((index + 1) % GROUP !== 0 && models.textChars < GROUP_CHARS) continue
    if (models.takeTextsAsSent().some(isEchoedIn)) return secretEcho()
    if (performance.now() - sliceStart < SLICE_MS) continue
    await new Promise((resolve) => setTimeout(resolve))
    if (source.signal.aborted) return { failure: { code: 'timeout' } }
    sliceStart = performance.now()
  }
  if (models.takeTextsAsSent().some(isEchoedIn)) return secretEcho()
  if (isBroken) return { failure: { code: 'bad_response', detail: 'not_json', httpStatus: 200 } }
  return { envelope, entries, bytes }
}

function secretEcho(): { failure: Failure } {
  return { failure: { code: 'blocked', detail: 'secret_echo', httpStatus: 200 } }
}

/** An error dressed as a success; some then put the status inside. */
function errorInPage(envelope: unknown, hasError: boolean, nowMs: number): Failure {
  const code = member(member(envelope, 'error'), 'code')
  const status = typeof code === 'number' && code >= 400 && code <= 599 ? code : 200
  const failure = { ...classify({ status, headers: {} }, envelope, false, nowMs), httpStatus: 200 }
  if (failure.code !== 'bad_response') return failure
  return hasError
    ? { code: 'upstream_error', httpStatus: 200 }
    : { code: 'bad_response', detail: 'shape', httpStatus: 200 }
}

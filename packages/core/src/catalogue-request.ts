import { isLoopback } from './base-url.ts'
import { CATALOGUE_BYTES, type Catalogue, readCatalogue } from './catalogue.ts'
import type { Failure } from './failure.ts'
import { USER_AGENT } from './request.ts'
import type { HttpGet } from './transport.ts'

/** How long a catalogue counts as today's. */
export const CATALOGUE_TTL_MS = 24 * 3_600_000
const TIMEOUT_MS = 10_000
const ERROR_BYTES = 1_024
const ETAG_CHARS = 256

export interface CatalogueRequest {
  get: HttpGet
  url: string
  /** Of the catalogue that is here already. */
  etag?: string | undefined
  /** Wall clock, milliseconds. */
  now: () => number
  signal?: AbortSignal
}

export type CatalogueAnswer =
  | { catalogue: Catalogue; etag: string | undefined }
  /** The one that is here is today's too. */
  | 'unchanged'
  | { failure: Failure }

/** Asks for the catalogue, within ten seconds and never with a key. What is expected to go wrong is a `failure`. */
export async function requestCatalogue(request: CatalogueRequest): Promise<CatalogueAnswer> {
  const { get, url, etag, now, signal } = request
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  const result = await get({
    url,
    headers: {
      accept: 'application/json',
      'user-agent': USER_AGENT,
      ...(etag ? { 'if-none-match': etag } : {}),
    },
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    mostBytes: CATALOGUE_BYTES,
    mostErrorBytes: ERROR_BYTES,
  })
  if ('failure' in result) return result
  const { status, headers, body } = result.answer
  if (status === 304 && etag) return 'unchanged'
  if (status !== 200) return { failure: { code: 'upstream_error', httpStatus: status } }
  const catalogue = readCatalogue(body, new Date(now()).toISOString().slice(0, 10))
  if (!catalogue) return { failure: { code: 'bad_response', detail: 'shape', httpStatus: status } }
  const tag = headers.etag
  return { catalogue, etag: tag && tag.length <= ETAG_CHARS ? tag : undefined }
}

/** The address of a catalogue (undefined: it is turned off), or one phrase saying what is wrong with it. */
export function parseCatalogueUrl(text: string): { url: string | undefined } | { problem: string } {
  if (text.trim() === '') return { url: undefined }
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!url || !isAllowed) {
    return { problem: 'is not an address like https://models.dev/api.json; http: is only for this machine' }
  }
  if (url.username || url.password) return { problem: 'contains a user name or password; leave them out' }
  return { url: url.href }
}

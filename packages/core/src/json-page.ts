import type { Failure } from './failure.ts'
import { scanJson } from './json-scan.ts'
import { LIMITS } from './limits.ts'

/** An entry that is larger than any entry may be: it costs itself. */
export const ODD_ENTRY = Symbol('an entry too large to be read')

export interface JsonPage {
  /** The page without its entries. */
  envelope: unknown
  /** Undefined where the page has no list under any of the names. */
  entries?: {
    count: number
    /** There are more than are counted. */
    isTruncated: boolean
    /** One entry, parsed only now; throws a SyntaxError where it is not JSON. */
    at(index: number): unknown
  }
}

export interface PageLimits {
  depth: number
  models: number
}

/**
 * A body as a page of a list, or why not. What would cost more than it can be worth is found in one pass over the bytes,
 * before anything is parsed: JSON.parse survives millions of levels and values, the memory and what comes after it do
 * not. Entries are then parsed one by one. Errors quote nothing of the body.
 */
export function readJsonPage(
  body: Uint8Array,
  contentType: string | undefined,
  /** Where the list may be: names of the envelope, or '' for a bare array. */
  entriesAt: readonly string[],
  limits: PageLimits = LIMITS,
): { page: JsonPage } | { failure: Failure } {
  if (body.length === 0) return bad('empty')
  const decoder = decoderFor(contentType)
  if (!decoder) return bad('encoding')
  const scan = scanJson(body, entriesAt, limits.models)
  if (scan.depth > limits.depth) return bad('too_deep')
  if (scan.isOpen) return bad('cut_off', true)
  if (!scan.beginsAsJson) return bad('not_json')

  const { list } = scan
  const envelopeBytes = body.length - (list ? list.end - list.start : 0)
  if (envelopeBytes > LIMITS.envelopeBytes || scan.valuesOutside > LIMITS.entryValues) {
    return list ? { failure: { code: 'too_large' } } : bad('shape')
  }
  const decode = (start: number, end: number) => decoder.decode(body.subarray(start, end))
  try {
    const envelope: unknown = list
      ? JSON.parse(decode(0, list.start) + decode(list.end, body.length))
      : JSON.parse(decode(0, body.length))
    if (!list) return { page: { envelope } }
    const at = (index: number): unknown => {
      const start = list.starts[index] ?? 0
      const end = list.ends[index] ?? 0
      const isOdd = (list.values[index] ?? 0) > LIMITS.entryValues || end - start > LIMITS.entryBytes
      return isOdd ? ODD_ENTRY : JSON.parse(decode(start, end))
    }
    return { page: { envelope, entries: { count: list.starts.length, isTruncated: list.isTruncated, at } } }
  } catch {
    // what V8 says quotes the body
    return bad('not_json')
  }
}

/** The body of an error, of which only a beginning was kept: JSON, or undefined. */
export function readErrorBody(body: Uint8Array, contentType: string | undefined): unknown {
  const result = readJsonPage(body, contentType, [])
  return 'page' in result ? result.page.envelope : undefined
}

function bad(detail: NonNullable<Failure['detail']>, isRetryable = false): { failure: Failure } {
  return { failure: { code: 'bad_response', detail, isRetryable } }
}

interface Decoder {
  decode(bytes: Uint8Array): string
}

/** A decoder drops a byte order mark, on which JSON.parse would fail. */
function decoderFor(contentType: string | undefined): Decoder | undefined {
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8'
  if (['utf-8', 'utf8', 'us-ascii', 'ascii'].includes(charset)) return new TextDecoder()
  if (['iso-8859-1', 'latin1', 'latin-1', 'windows-1252'].includes(charset))
    return new TextDecoder('windows-1252')
  return undefined
}

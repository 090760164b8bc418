import type { Failure } from './failure.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * A body as JSON, or why not. Nesting is measured before anything is parsed: JSON.parse survives millions of levels,
 * what comes after it does not. Errors quote nothing of the body.
 */
export function parseJsonBody(
  body: Uint8Array,
  contentType: string | undefined,
  mostDepth: number,
): { value: unknown } | { failure: Failure } {
  if (body.length === 0) return bad('empty')
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8'
  const decoder = decoderFor(charset)
  if (!decoder) return bad('encoding')

  const shape = measure(body)
  if (shape.depth > mostDepth) return bad('too_deep')
  try {
    // the decoder drops a byte order mark, on which JSON.parse would fail
    return { value: JSON.parse(decoder.decode(body)) }
  } catch {
    // what V8 says quotes the body; whether the text simply ended early is known from the scan
    return shape.isOpen ? bad('cut_off', true) : bad('not_json')
  }
}

function bad(detail: NonNullable<Failure['detail']>, isRetryable = false): { failure: Failure } {
  return { failure: { code: 'bad_response', detail, isRetryable } }
}

function decoderFor(charset: string): { decode(bytes: Uint8Array): string } | undefined {
  if (['utf-8', 'utf8', 'us-ascii', 'ascii'].includes(charset)) return new TextDecoder()
  if (['iso-8859-1', 'latin1', 'latin-1', 'windows-1252'].includes(charset))
    return new TextDecoder('windows-1252')
  return undefined
}

/** Deepest nesting, and whether the text ends inside an object, array or string. One pass over the bytes. */
function measure(body: Uint8Array): { depth: number; isOpen: boolean } {
  const length = body.length
  let depth = 0
  let deepest = 0
  let startsAsJson: boolean | undefined
  for (let i = 0; i < length; i++) {
    const byte = body[i] as number
    if (byte === QUOTE) {
      for (i++; i < length && body[i] !== QUOTE; i++) if (body[i] === BACKSLASH) i++
      if (i >= length) return { depth: deepest, isOpen: startsAsJson === true }
    } else if (byte === 0x7b || byte === 0x5b) {
      startsAsJson ??= true
      if (++depth > deepest) deepest = depth
    } else if (byte === 0x7d || byte === 0x5d) depth--
    // a web page or an event stream is not JSON that ended early; a byte order mark is no sign of either
    else if (startsAsJson === undefined && byte > 0x20 && byte < 0x80) startsAsJson = false
  }
  return { depth: deepest, isOpen: startsAsJson === true && depth > 0 }
}

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const gzipAsync = promisify(gzip)
const MOST_BYTES = 64 * 1024 * 1024

export interface EncodedBody {
  plain: Buffer
  zipped?: Promise<Buffer>
}

const cache = new Map<string, EncodedBody>()
let cachedBytes = 0

/** The bytes of an answer, made once per process for each name. */
export function encodedBody(name: string, make: () => string): EncodedBody {
  const known = cache.get(name)
  if (known) return known
  const body = { plain: Buffer.from(make()) }
  cache.set(name, body)
  cachedBytes += body.plain.length
  for (const [oldName, old] of cache) {
    if (cachedBytes <= MOST_BYTES || oldName === name) break
    cache.delete(oldName)
    cachedBytes -= old.plain.length
  }
  return body
}

export function zippedBody(body: EncodedBody): Promise<Buffer> {
  body.zipped ??= gzipAsync(body.plain)
  return body.zipped
}

export function acceptsGzip(header: string | string[] | undefined): boolean {
  const accepted = String(header ?? '').split(',')
  return accepted.some(
    (part) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$))?/i.test(part) && !/q=0(\.0*)?\s*$/.test(part),
  )
}

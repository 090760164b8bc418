import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Failure } from '@rollcall/core'

const inflate = promisify(gunzip)
/** Lists are a hundred kilobytes and more: Node's own 16 kB would mean a step for each. */
const CHUNK_BYTES = 128 * 1024
/** The status is known: its words are not worth a long wait. */
const ERROR_BODY_MS = 1_000
const SLAB_BYTES = 64 * 1024
const SMALL_BYTES = 4 * 1024

/** Reads and decodes at most `mostBytes`, counted after decoding: 200 kB of gzip can hold 200 MB. */
export async function readWhole(
  body: Readable,
  encoding: string,
  mostBytes: number,
): Promise<{ bytes: Uint8Array } | { failure: Failure }> {
  const isGzip = encoding === 'gzip' || encoding === 'x-gzip'
  if (!isGzip && encoding !== '' && encoding !== 'identity') {
    discard(body)
    return { failure: { code: 'bad_response', detail: 'encoding' } }
  }
  const { parts, isCut } = await collect(body, mostBytes)
  if (isCut) return { failure: { code: 'too_large' } }
  const bytes = Buffer.concat(parts)
  if (!isGzip || bytes.length === 0) return { bytes }
  try {
    return { bytes: await inflate(bytes, { maxOutputLength: mostBytes, chunkSize: CHUNK_BYTES }) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') return { failure: { code: 'too_large' } }
    const detail = code === 'Z_BUF_ERROR' ? 'cut_off' : 'encoding'
    return { failure: { code: 'bad_response', detail, isRetryable: true } }
  }
}

/** An error's body, which is short where it says anything; what cannot be read is no reason to forget the status. */
export async function readBeginning(
  body: Readable,
  encoding: string,
  mostBytes: number,
): Promise<Uint8Array> {
  const timer = setTimeout(() => discard(body), ERROR_BODY_MS)
  try {
    const { parts } = await collect(body, mostBytes)
    const bytes = Buffer.concat(parts)
    if (encoding !== 'gzip' && encoding !== 'x-gzip') return bytes
    return await inflate(bytes, { maxOutputLength: mostBytes })
  } catch {
    return new Uint8Array()
  } finally {
    clearTimeout(timer)
  }
}

/** Ends an answer that nobody will read, and its connection. */
export function discard(body: Readable): void {
  body.on('error', () => {}) // that it was ended is what the client complains of
  body.destroy()
}

/** Small chunks are copied together: as views of their own, a body of single bytes would cost a hundred times its size. */
async function collect(body: Readable, mostBytes: number): Promise<{ parts: Uint8Array[]; isCut: boolean }> {
  const parts: Uint8Array[] = []
  let slab = Buffer.alloc(0)
  let used = 0
  let length = 0
  const closeSlab = () => {
    if (used > 0) parts.push(slab.subarray(0, used))
    slab = slab.subarray(used)
    used = 0
  }
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const kept = chunk.subarray(0, mostBytes - length)
    length += kept.length
    if (kept.length >= SMALL_BYTES) {
      closeSlab()
      parts.push(kept)
    } else {
      if (used + kept.length > slab.length) {
        closeSlab()
        slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
      }
      slab.set(kept, used)
      used += kept.length
    }
    // leaving the loop destroys the stream, and with it the socket
    if (kept.length < chunk.length) {
      closeSlab()
      return { parts, isCut: true }
    }
  }
  closeSlab()
  return { parts, isCut: false }
}

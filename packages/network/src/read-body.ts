import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, gunzip } from 'node:zlib'
import type { Failure } from '@rollcall/core'

const inflate = promisify(gunzip)
/** Lists are a hundred kilobytes and more: Node's own 16 kB would mean a step for each. */
const CHUNK_BYTES = 128 * 1024
const FIRST_BYTES = 64 * 1024

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
  const { bytes, isCut } = await collect(body, mostBytes)
  if (isCut) return { failure: { code: 'too_large' } }
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

/** As much of an error's body as may hold its machine code; what cannot be read is no reason to forget the status. */
export async function readBeginning(
  body: Readable,
  encoding: string,
  mostBytes: number,
): Promise<Uint8Array> {
  try {
    const { bytes } = await collect(body, mostBytes)
    if (encoding !== 'gzip' && encoding !== 'x-gzip') return bytes
    return await inflate(bytes, { maxOutputLength: mostBytes, finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return new Uint8Array()
  }
}

/** Ends an answer that nobody will read, and its connection. */
export function discard(body: Readable): void {
  body.on('error', () => {}) // that it was ended is what the client complains of
  body.destroy()
}

/** Chunks are copied together: as views of their own, a body of single bytes would cost a hundred times its size. */
async function collect(body: Readable, mostBytes: number): Promise<{ bytes: Buffer; isCut: boolean }> {
  let kept = Buffer.allocUnsafeSlow(Math.min(FIRST_BYTES, mostBytes))
  let length = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const needed = Math.min(length + chunk.length, mostBytes)
    if (needed > kept.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(Math.max(kept.length * 2, needed), mostBytes))
      kept.copy(larger, 0, 0, length)
      kept = larger
    }
    kept.set(chunk.subarray(0, needed - length), length)
    // leaving the loop destroys the stream, and with it the socket
    if (length + chunk.length > mostBytes) return { bytes: kept, isCut: true }
    length = needed
  }
  return { bytes: kept.subarray(0, length), isCut: false }
}

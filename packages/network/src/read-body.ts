import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, gunzip } from 'node:zlib'
import type { Failure } from '@rollcall/core'

const inflate = promisify(gunzip)
/** Lists are a hundred kilobytes and more: Node's own 16 kB would mean a step for each. */
const CHUNK_BYTES = 128 * 1024

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
  const { chunks, isCut } = await collect(body, mostBytes)
  if (isCut) return { failure: { code: 'too_large' } }
  const bytes = Buffer.concat(chunks)
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
    const { chunks } = await collect(body, mostBytes)
    const bytes = Buffer.concat(chunks).subarray(0, mostBytes)
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

async function collect(body: Readable, mostBytes: number): Promise<{ chunks: Uint8Array[]; isCut: boolean }> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.length
    // leaving the loop destroys the stream, and with it the socket
    if (length > mostBytes) return { chunks, isCut: true }
  }
  return { chunks, isCut: false }
}

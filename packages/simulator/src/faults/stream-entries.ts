import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Exchange } from '../exchange.ts'
import { aroundEntries, wellHeaders } from '../exchange.ts'
import type { ListAnswer } from '../well-answer.ts'

const CHUNK_BYTES = 64 * 1024

/** A list of any length that is never in memory as a whole: the client's pace is ours. */
export async function streamEntries(
  exchange: Exchange,
  list: ListAnswer,
  entryText: (index: number) => string,
  until: { count: number } | { bytes: number },
): Promise<void> {
  const [before, after] = aroundEntries(list)
  function* chunks() {
    let chunk = before
    let bytes = 0
    const isDone = (index: number) => ('count' in until ? index >= until.count : bytes >= until.bytes)
    for (let index = 0; !isDone(index); index++) {
      const entry = (index === 0 ? '' : ',') + entryText(index)
      bytes += entry.length
      chunk += entry
      if (chunk.length < CHUNK_BYTES) continue
      yield chunk
      chunk = ''
    }
    yield chunk + after
  }
  exchange.response.writeHead(200, wellHeaders(exchange))
  try {
    await pipeline(Readable.from(chunks(), { objectMode: true, highWaterMark: 1 }), exchange.response)
  } catch {
    // The client has had enough, as it should.
  }
}

import { Refusal } from '../refusal.ts'
import type { AppContext } from './bind.ts'

/** Where the table of endpoints says nothing else: a key is at most 4 kB. */
const USUAL_MOST_BYTES = 64 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The body's JSON, counted while it arrives. */
export async function readJsonBody(context: AppContext, mostBytes = USUAL_MOST_BYTES): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(context.req.header('content-type') ?? '')) {
    return new Refusal(
      'unsupported_media_type',
      'Send the body as JSON, with the header "Content-Type: application/json".',
    )
  }
  const tooLarge = new Refusal('too_large', `The body is larger than ${Math.floor(mostBytes / 1024)} kB.`)
  if (Number(context.req.header('content-length') ?? 0) > mostBytes) return tooLarge
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    // left open, so that whoever sends too much can still read why it is not taken
    for await (const chunk of context.env.incoming.iterator({ destroyOnReturn: false })) {
      size += (chunk as Uint8Array).length
      if (size > mostBytes) return tooLarge
      chunks.push(chunk as Uint8Array)
    }
  } catch {
    // the caller is gone, or too slow: nobody reads the answer
    return new Refusal('invalid_json', 'The body ended before it was whole.')
  }
  try {
    return JSON.parse(utf8.decode(Buffer.concat(chunks)))
  } catch {
    // its message would quote the body, which may hold a key
    return new Refusal('invalid_json', 'The body is not JSON.')
  }
}

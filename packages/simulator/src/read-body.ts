import type { IncomingMessage } from 'node:http'

const MOST_BYTES = 16 * 1024 * 1024

/** A posted JSON object; undefined where it is none, or longer than any prompt. */
export async function readBody(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length <= MOST_BYTES) chunks.push(chunk)
  }
  if (length > MOST_BYTES) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    // whatever it was, nothing was asked
    return undefined
  }
}

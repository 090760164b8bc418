import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Exchange } from '../exchange.ts'
import type { Frame } from './chat-api.ts'

/** Sends a stream's head, and its frames at the pace that is in force; whoever leaves is sent no more. */
export async function writeFrames(
  exchange: Exchange,
  headers: OutgoingHttpHeaders,
  frames: Iterable<Frame>,
): Promise<void> {
  const { response, pace } = exchange
  if (response.destroyed) return
  if (!response.headersSent) response.writeHead(200, { 'cache-control': 'no-cache', ...headers })
  response.flushHeaders()
  let waitMs = pace.firstTokenMs
  for (const { text, isToken } of frames) {
    if (isToken && waitMs > 0) await pause(exchange, waitMs)
    if (isToken) waitMs = pace.tokenMs
    if (response.destroyed) return
    if (!response.write(text)) await room(response)
  }
}

/** Until the client has taken what was written, or has left. */
export function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}

/** Nothing follows it once the client has left: timers end with their socket. */
export function pause({ connection }: Pick<Exchange, 'connection'>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => connection.after(milliseconds, resolve))
}

import type { Exchange } from '../exchange.ts'
import { head, sendWell, wellHeaders, wellText } from '../exchange.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'

const DRIP_EVERY_MS = 100
const HINT_EVERY_MS = 300

/** Long enough for what was written to leave before the reset overtakes it. */
const FLUSH_MS = 20

function writeThenReset({ request, connection }: Exchange, text: string): void {
  request.socket.write(text, () => connection.after(FLUSH_MS, () => connection.socket.resetAndDestroy()))
}

function goodHead(exchange: Exchange, framing: Record<string, string | number>): string {
  return head('HTTP/1.1 200 OK', { ...wellHeaders(exchange), ...framing })
}

function drip(exchange: Exchange): void {
  const { response, connection } = exchange
  const body = Buffer.from(wellText(exchange))
  let sent = 0
  response.writeHead(200, { ...wellHeaders(exchange), 'content-length': body.length })
  response.flushHeaders()
  connection.every(DRIP_EVERY_MS, () => {
    if (sent < body.length) response.write(body.subarray(sent, sent + 1))
    sent += 1
    if (sent === body.length) response.end()
  })
}

function endlessHints({ request, connection }: Exchange): void {
  const hint = head('HTTP/1.1 103 Early Hints', { link: '</style.css>; rel=preload; as=style' })
  request.socket.write(hint)
  connection.every(HINT_EVERY_MS, () => request.socket.write(hint))
}

function resetInBody(exchange: Exchange): void {
  const body = wellText(exchange)
  const length = Buffer.byteLength(body)
  writeThenReset(exchange, goodHead(exchange, { 'content-length': length }) + body.slice(0, body.length / 2))
}

function shortOfLength(exchange: Exchange): void {
  exchange.request.socket.end(
    `${goodHead(exchange, { 'content-length': 100, connection: 'close' })}{"data": [`,
  )
}

function unterminatedChunks(exchange: Exchange): void {
  const body = wellText(exchange)
  const chunk = `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`
  exchange.request.socket.end(goodHead(exchange, { 'transfer-encoding': 'chunked' }) + chunk)
}

function resetOnReuse(exchange: Exchange): void | Promise<void> {
  const { connection } = exchange
  if (connection.requestCount < 2) return sendWell(exchange)
  connection.socket.resetAndDestroy()
}

/** C: too late, too slow, or cut off. C4 and C5 are latency, which is no fault. */
export const timingFaults = {
  C1: http('C1', 'no first byte, ever', () => {}),
  C2: http('C2', 'good headers, then one byte at a time', drip),
  C3: http('C3', 'endless 103 Early Hints', endlessHints),
  C6: http('C6', 'reset within the headers', (exchange) =>
    writeThenReset(exchange, 'HTTP/1.1 200 OK\r\ncontent-type: applic'),
  ),
  C7: http('C7', 'reset within the body', resetInBody),
  C8: http('C8', 'content-length 100, ten bytes, close', shortOfLength),
  C9: http('C9', 'chunked without the last chunk', unterminatedChunks),
  C10: http('C10', 'reset when a second request arrives on a socket', resetOnReuse),
} satisfies Record<string, HttpFault>

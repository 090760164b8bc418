import type { OutgoingHttpHeaders } from 'node:http'
import type { Exchange } from '../exchange.ts'
import { head, sendText, wellHeaders, wellText } from '../exchange.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'

/** Node, curl and most proxies stop at 16 KiB. */
const FAT_HEADER_BYTES = 20 * 1024
const HEADER_COUNT = 1_000

function manyHeaders(): OutgoingHttpHeaders {
  const pairs = Array.from({ length: HEADER_COUNT }, (_, position) => [`x-${position}`, '1'])
  return Object.fromEntries(pairs)
}

function oldHttp(exchange: Exchange): void {
  const start = head('HTTP/1.0 200 OK', { ...wellHeaders(exchange), connection: 'close' })
  exchange.request.socket.end(start + wellText(exchange))
}

function trailers(exchange: Exchange): void {
  const { response } = exchange
  response.writeHead(200, { ...wellHeaders(exchange), trailer: 'x-checksum' })
  response.write(wellText(exchange))
  response.addTrailers({ 'x-checksum': 'simulated' })
  response.end()
}

function bothLengths(exchange: Exchange): void {
  const body = wellText(exchange)
  const length = Buffer.byteLength(body)
  const headers = { ...wellHeaders(exchange), 'content-length': length, 'transfer-encoding': 'chunked' }
  const chunked = `${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
  exchange.request.socket.write(head('HTTP/1.1 200 OK', headers) + chunked)
}

function extraBytes(exchange: Exchange): void {
  const smuggled = '{"id":"smuggled"}'
  sendText(exchange, wellText(exchange))
  exchange.request.socket.write(head('HTTP/1.1 200 OK', { 'content-length': smuggled.length }) + smuggled)
}

function notHttp(row: string, title: string, bytes: string | Buffer): HttpFault {
  return http(row, title, ({ request }) => {
    request.socket.end(bytes)
  })
}

function switching({ request }: Exchange): void {
  request.socket.write(
    head('HTTP/1.1 101 Switching Protocols', { upgrade: 'websocket', connection: 'upgrade' }),
  )
}

/** I: HTTP itself goes wrong. */
export const protocolFaults = {
  'I1-bytes': http('I1', 'more than 16 KiB of headers', (exchange) =>
    sendText(exchange, wellText(exchange), { 'x-fat': 'f'.repeat(FAT_HEADER_BYTES) }),
  ),
  'I1-count': http('I1', '1,000 small headers', (exchange) =>
    sendText(exchange, wellText(exchange), manyHeaders()),
  ),
  I2: http('I2', 'HTTP/1.0 and close', oldHttp),
  'I2-trailers': http('I2', 'trailers after the body', trailers),
  I3: http('I3', 'content-length and transfer-encoding at once', bothLengths),
  I4: http('I4', 'a second answer behind a complete one', extraBytes),
  'I5-ssh': notHttp('I5', 'an SSH banner', 'SSH-2.0-OpenSSH_9.6\r\n'),
  'I5-binary': notHttp('I5', 'binary noise', Buffer.from([0, 255, 22, 3, 1, 0, 165, 7, 254, 13, 10, 0, 128])),
  'I5-101': http('I5', '101 Switching Protocols', switching),
} satisfies Record<string, HttpFault>

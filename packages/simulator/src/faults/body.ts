import { promisify } from 'node:util'
import { brotliCompress, gzip, gzipSync, zstdCompress } from 'node:zlib'
import type { Exchange } from '../exchange.ts'
import { head, sendBytes, sendText, wellBody, wellHeaders, wellText } from '../exchange.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'
import { gzipBomb } from './gzip-bomb.ts'
import { listText, named, onList } from './list-fault.ts'
import { streamEntries } from './stream-entries.ts'

const BIG_BODY_BYTES = 100 * 1024 * 1024
const NESTING = 200_000
const NULLS = 1_000_000
/** Many entries at a time, so that it is quick to send. */
const EMPTY_OBJECTS = Array.from({ length: 25_000 }, () => '{}').join()
const GZIP_LAYERS = 6

const zipped = promisify(gzip)
const brotli = promisify(brotliCompress)
const zstandard = promisify(zstdCompress)

function text(
  row: string,
  title: string,
  change: (text: string) => string | Buffer,
  headers = {},
): HttpFault {
  return http(row, title, (exchange) => sendText(exchange, change(wellText(exchange)), headers))
}

function encoded(
  row: string,
  title: string,
  encoding: string,
  encode: (text: string) => Promise<Buffer> | Buffer,
): HttpFault {
  return http(row, title, async (exchange) =>
    sendText(exchange, await encode(wellText(exchange)), { 'content-encoding': encoding }),
  )
}

async function zippedOften(text: string): Promise<Buffer> {
  let bytes: Buffer = Buffer.from(text)
  for (let layer = 0; layer < GZIP_LAYERS; layer++) bytes = await zipped(bytes)
  return bytes
}

function corrupted(text: string): Buffer {
  const bytes = gzipSync(text)
  const middle = Math.floor(bytes.length / 2)
  bytes.fill(0xff, middle, middle + 8)
  return bytes
}

function truncatedGzip(text: string): Buffer {
  const bytes = gzipSync(text)
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

/** HTTP/1.0 ends a body by closing, so that only the JSON tells that half of it is missing. */
function truncatedJson(exchange: Exchange): void {
  const body = wellText(exchange)
  const start = head('HTTP/1.0 200 OK', { ...wellHeaders(exchange), connection: 'close' })
  exchange.request.socket.end(start + body.slice(0, body.length * 0.6))
}

function withoutType(exchange: Exchange): void {
  const { 'content-type': _type, ...headers } = wellHeaders(exchange)
  sendBytes(exchange, wellText(exchange), headers)
}

function htmlPage(exchange: Exchange): void {
  const page =
    '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Welcome.</body></html>'
  sendBytes(exchange, page, { 'content-type': 'text/html; charset=utf-8' })
}

function serverSentEvents(exchange: Exchange): void {
  const events = `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\ndata: ${wellText(exchange)}\n\ndata: [DONE]\n\n`
  sendText(exchange, events)
}

function jsonLines(exchange: Exchange): void {
  const { well } = exchange
  const rows = well.kind === 'list' ? well.page.entries : [wellBody(exchange)]
  sendText(exchange, rows.map((row) => `${JSON.stringify(row)}\n`).join('') || '\n{}\n')
}

/** The list with one more entry named in accented letters, in the given encoding. */
function accented(row: string, title: string, encoding: 'latin1' | 'utf16le', charset: string): HttpFault {
  return listText(
    row,
    title,
    ({ route, page }) => {
      const entries = [...page.entries, ...named(page.entries, route, ['Café'])]
      return Buffer.from(JSON.stringify(route.envelope({ ...page, entries })), encoding)
    },
    { 'content-type': `application/json; charset=${charset}` },
  )
}

const brokenText = listText(
  'F8',
  'invalid UTF-8 in one name, a lone surrogate in another',
  ({ route, page }) => {
    const extra = named(page.entries, route, ['broken @@bytes@@ here', 'lone @@surrogate@@ here'])
    const whole = JSON.stringify(route.envelope({ ...page, entries: [...page.entries, ...extra] }))
    const [before = '', after = ''] = whole.replaceAll('@@surrogate@@', '\\ud800').split('@@bytes@@')
    return Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(after)])
  },
)

const tooDeep = listText('F13', '200,000 levels of nesting inside a good list', ({ route, page }) => {
  const [first, ...rest] = page.entries
  const entries = [{ ...first, nested: '@@deep@@' }, ...rest]
  const deep = '['.repeat(NESTING) + ']'.repeat(NESTING)
  return JSON.stringify(route.envelope({ ...page, entries })).replace('"@@deep@@"', () => deep)
})

const oddNumbers = ['1e400', '12345678901234567890', '-0']

/** JSON allows these numbers and repeated keys; JavaScript has its own mind about them. */
const oddJson = listText('F14', 'duplicate keys, 1e400, 20-digit integers and -0', ({ route, page }) => {
  const { idField } = route
  let position = 0
  const odd = (_name: string, value: unknown) =>
    typeof value === 'number' ? `@@number ${position++ % oddNumbers.length}@@` : value
  const spoiled = page.entries.slice(0, 3).map((entry) => JSON.parse(JSON.stringify(entry, odd)))
  const entries = [...spoiled, ...page.entries.slice(3)]
  const whole = JSON.stringify(route.envelope({ ...page, entries }))
  return whole
    .replace(/"@@number (\d)@@"/g, (_match, which) => oddNumbers[Number(which)] ?? '0')
    .replace(`"${idField}":"`, () => `"${idField}":"an-earlier-duplicate-key","${idField}":"`)
})

/** F: bytes that are not the JSON they should be. */
export const bodyFaults = {
  F1: http('F1', '200 with an HTML page', htmlPage),
  F2: http('F2', 'truncated JSON, clean HTTP/1.0 close', truncatedJson),
  F3: text('F3', 'good JSON and garbage behind it', (json) => `${json}\n<!-- cached -->`),
  'F4-plain': text('F4', 'good JSON as text/plain', (json) => json, { 'content-type': 'text/plain' }),
  'F4-none': http('F4', 'good JSON without a content type', withoutType),
  F5: http('F5', 'server-sent events instead of JSON', serverSentEvents),
  'F5-ndjson': http('F5', 'one JSON object per line', jsonLines),
  F6: text('F6', 'a byte order mark before good JSON', (json) => `\ufeff${json}`),
  'F7-latin1': accented('F7', 'declared and encoded as latin-1', 'latin1', 'iso-8859-1'),
  'F7-utf16': accented('F7', 'declared and encoded as UTF-16', 'utf16le', 'utf-16le'),
  F8: brokenText,
  F9: onList('F9', 'a body of 100 MB', (exchange, list) =>
    streamEntries(exchange, list, () => `{"padding":"${'x'.repeat(1_000)}"}`, { bytes: BIG_BODY_BYTES }),
  ),
  F10: onList('F10', 'a gzip bomb: more than 200 MB from some 200 kB', (exchange, list) =>
    sendText(exchange, gzipBomb(exchange.standIn.id, list), { 'content-encoding': 'gzip' }),
  ),
  F11: encoded('F11', 'corrupt gzip', 'gzip', corrupted),
  'F11-truncated': encoded('F11', 'truncated gzip', 'gzip', truncatedGzip),
  'F12-br': encoded('F12', 'brotli that nobody asked for', 'br', (json) => brotli(json)),
  'F12-zstd': encoded('F12', 'zstd that nobody asked for', 'zstd', (json) => zstandard(json)),
  'F12-chain': encoded('F12', 'gzip six times over', Array(GZIP_LAYERS).fill('gzip').join(', '), zippedOften),
  F13: tooDeep,
  F14: oddJson,
  F15: onList('F15', 'a million nulls as entries', (exchange, list) =>
    streamEntries(exchange, list, () => 'null', { count: NULLS }),
  ),
  'F15-objects': onList('F15', 'more than two million empty objects as entries', (exchange, list) =>
    streamEntries(exchange, list, () => EMPTY_OBJECTS, { count: NULLS / 10_000 }),
  ),
} satisfies Record<string, HttpFault>

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Behaviour } from './behaviour.ts'
import { DEFAULT_HOSTILE_URL } from './behaviour.ts'
import type { Frame } from './chat/chat-api.ts'
import { writeFrames } from './chat/send-frames.ts'
import type { Connection } from './connection.ts'
import { acceptsGzip, encodedBody, zippedBody } from './encoded-body.ts'
import type { Entry, FixedAnswer, Page, RequestView, StandIn } from './stand-in.ts'
import type { ListAnswer, WellAnswer } from './well-answer.ts'

/** One request with everything a fault may need to spoil its answer. */
export interface Exchange {
  standIn: StandIn
  view: RequestView
  request: IncomingMessage
  response: ServerResponse
  connection: Connection
  behaviour: Behaviour
  /** Which matching request this is since the behaviour was set, from 1. */
  occurrence: number
  /** What the provider would have answered. */
  well: WellAnswer
  /** What it would have answered to another request. */
  answerTo(view: RequestView): WellAnswer
  /** Names the bytes of the good answer, so that they are made once; undefined where that is not worth it. */
  bodyName: string | undefined
  compress: boolean
  pace: Pace
}

/** How quickly tokens come. */
export interface Pace {
  /** From the head of a streamed answer to its first token. */
  firstTokenMs: number
  /** Between two tokens. */
  tokenMs: number
}

export function hostileUrl(exchange: Exchange): string {
  return exchange.behaviour.hostileUrl ?? DEFAULT_HOSTILE_URL
}

/** The key as it was sent, or a text that stands for none. */
export function sentKey({ standIn, request }: Exchange): string {
  return standIn.readKey(request.headers) ?? 'no-key'
}

export function wellBody({ well }: Exchange): unknown {
  if (well.kind === 'chat') return well.api.whole(well.question, well.answer)
  return well.kind === 'list' ? well.route.envelope(well.page) : well.body
}

export function wellText(exchange: Exchange): string {
  const { well } = exchange
  if (well.kind !== 'chat' || !well.question.isStreamed) return JSON.stringify(wellBody(exchange))
  return [...well.api.frames(well.question, well.answer)].map(({ text }) => text).join('')
}

function wellStatus({ well }: Exchange): number {
  return well.kind === 'fixed' ? well.status : 200
}

export function wellHeaders({ standIn, well, connection }: Exchange): Record<string, string> {
  const seed = connection.id * 1_000 + connection.requestCount
  return { ...standIn.successHeaders(seed), ...well.headers }
}

export async function sendWell(exchange: Exchange): Promise<void> {
  const { bodyName, well } = exchange
  if (well.kind === 'chat' && well.question.isStreamed) {
    return sendFrames(exchange, well.api.frames(well.question, well.answer))
  }
  if (bodyName === undefined) return sendText(exchange, wellText(exchange))
  const body = encodedBody(bodyName, () => wellText(exchange))
  const headers: OutgoingHttpHeaders = wellHeaders(exchange)
  const zips =
    exchange.compress && body.plain.length > 1_000 && acceptsGzip(exchange.request.headers['accept-encoding'])
  if (zips) Object.assign(headers, { 'content-encoding': 'gzip', vary: 'Accept-Encoding' })
  sendBytes(exchange, zips ? await zippedBody(body) : body.plain, headers, wellStatus(exchange))
}

/** A streamed answer, frame by frame. */
export async function sendFrames(exchange: Exchange, frames: Iterable<Frame>): Promise<void> {
  await writeFrames(exchange, wellHeaders(exchange), frames)
  exchange.response.end()
}

/** An answer whose bytes are exactly these, uncompressed. */
export function sendBytes(
  { response }: Exchange,
  bytes: Buffer | string,
  headers: OutgoingHttpHeaders,
  status = 200,
): void {
  if (response.destroyed) return
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(bytes) })
  response.end(bytes)
}

/** Like the good answer, with other text in the body. */
export function sendText(exchange: Exchange, text: string | Buffer, headers: OutgoingHttpHeaders = {}): void {
  sendBytes(exchange, text, { ...wellHeaders(exchange), ...headers }, wellStatus(exchange))
}

export function sendFixed(exchange: Exchange, answer: FixedAnswer, headers: OutgoingHttpHeaders = {}): void {
  const all = { ...exchange.standIn.successHeaders(exchange.connection.id), ...answer.headers, ...headers }
  sendBytes(exchange, JSON.stringify(answer.body), all, answer.status)
}

export function sendPage(exchange: Exchange, list: ListAnswer, page: Page): void {
  sendText(exchange, JSON.stringify(list.route.envelope(page)))
}

const ENTRIES_GO_HERE = '"the entries go here"'

/** The envelope's text before and after its entries, for bodies too large to build at once. */
export function aroundEntries(list: ListAnswer): [before: string, after: string] {
  const marker = [ENTRIES_GO_HERE.slice(1, -1)] as unknown as Entry[]
  const text = JSON.stringify(list.route.envelope({ ...list.page, entries: marker }))
  const [before = '', after = ''] = text.split(ENTRIES_GO_HERE)
  return [before, after]
}

/** A complete HTTP/1.1 head, for forms that Node's own response refuses to write. */
export function head(status: string, headers: OutgoingHttpHeaders): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [status, ...lines, '', ''].join('\r\n')
}

import type { ChatAnswer } from '../chat/chat-answer.ts'
import { other } from '../chat/chat-api.ts'
import { pause, room } from '../chat/send-frames.ts'
import type { Exchange } from '../exchange.ts'
import { sendBytes, sentKey, wellHeaders } from '../exchange.ts'
import type { ModelAnswer } from '../well-answer.ts'
import {
  answering,
  beginning,
  framed,
  leaveOpen,
  onChat,
  onStream,
  opening,
  streamText,
} from './chat-fault.ts'
import type { HttpFault } from './fault.ts'
import { hostileTokens } from './hostile-tokens.ts'
import { refusedParameter, tooLong } from './refused-question.ts'

const TOKENS_BEFORE = 5
const DRIP_MS = 200
const COMMENT_MS = 100
const HUGE_CHARS = 5_000_000
/** Long enough for what was written to leave before the reset overtakes it. */
const FLUSH_MS = 20

async function reset(exchange: Exchange, frames: Parameters<typeof leaveOpen>[1]): Promise<void> {
  await leaveOpen(exchange, frames)
  await pause(exchange, FLUSH_MS)
  exchange.connection.socket.resetAndDestroy()
}

function* forever<Value>(values: Value[]): Iterable<Value> {
  while (values.length > 0) yield* values
}

/** An event whose line never ends, as fast as the client takes it. */
async function endlessLine(exchange: Exchange): Promise<void> {
  await leaveOpen(exchange, [other('data: {"choices":[{"delta":{"content":"')])
  const { response } = exchange
  const piece = 'x'.repeat(64 * 1024)
  while (!response.destroyed) {
    if (!response.write(piece)) await room(response)
  }
}

function inOnePiece(exchange: Exchange, { api, question, answer }: ModelAnswer): void {
  const headers = { ...wellHeaders(exchange), 'content-type': 'application/json' }
  sendBytes(exchange, JSON.stringify(api.whole(question, answer)), headers)
}

function withKey({ tokens, ...answer }: ChatAnswer, exchange: Exchange): ChatAnswer {
  const key = sentKey(exchange)
  const middle = Math.floor(key.length / 2)
  const pieces = [' Your key is ', key.slice(0, middle), key.slice(middle), '.']
  return { ...answer, tokens: [...tokens.slice(0, TOKENS_BEFORE), ...pieces] }
}

/** What the standard allows and few do: a byte order mark, CRLF, comments, fields nobody needs, no space after a colon. */
function oddlyWritten(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replace(/^data: /gm, 'data:')
  const spaced = lines.replaceAll('\n\n', '\n: still here\nid: 7\nretry: 3000\n\n')
  return `\ufeff${spaced.replaceAll('\n', '\r\n')}`
}

/** Each byte on its own, so that every character and every line is cut somewhere. */
async function byteByByte(
  exchange: Exchange,
  answer: ChatAnswer,
  { api, question }: ModelAnswer,
): Promise<void> {
  const frames = api.frames(question, { ...answer, tokens: ['Grüße, ', '世界 ', '👩‍👩‍👧‍👦', '!'] })
  const bytes = Buffer.from([...frames].map(({ text }) => text).join(''))
  const { response } = exchange
  await leaveOpen(exchange, [])
  for (let index = 0; index < bytes.length && !response.destroyed; index++) {
    response.write(bytes.subarray(index, index + 1))
    if (index % 64 === 0) await pause(exchange, 0)
  }
  response.end()
}

/** K: a model's answer, and what becomes of it. */
export const chatFaults = {
  K1: framed('K1', 'an error event instead of the first token', (frames, { api }) => [
    ...opening(frames),
    other(api.trouble('The engine is overloaded. Please try again.')),
  ]),
  'K2-reset': onStream('K2', 'reset after five tokens', (exchange, frames) =>
    reset(exchange, beginning(frames, TOKENS_BEFORE)),
  ),
  'K2-clean': framed('K2', 'a clean end after five tokens, with no word of why', (frames) =>
    beginning(frames, TOKENS_BEFORE),
  ),
  'K2-error': framed('K2', 'an error event after five tokens', (frames, { api }) => [
    ...beginning(frames, TOKENS_BEFORE),
    other(api.trouble('The engine failed while answering.')),
  ]),
  K3: onStream('K3', 'a token every 200 ms', async (exchange, frames) => {
    const pace = { firstTokenMs: DRIP_MS, tokenMs: DRIP_MS }
    await leaveOpen({ ...exchange, pace }, frames)
    exchange.response.end()
  }),
  K4: onStream('K4', 'tokens without end', async (exchange, frames) => {
    const tokens = frames.filter(({ isToken }) => isToken)
    const pace = { firstTokenMs: 0, tokenMs: Math.max(1, exchange.pace.tokenMs) }
    await leaveOpen({ ...exchange, pace }, [...opening(frames), ...tokens])
    await leaveOpen({ ...exchange, pace }, forever(tokens))
  }),
  'K4-flood': onStream('K4', 'tokens without end, as fast as they are taken', (exchange, frames) => {
    const pace = { firstTokenMs: 0, tokenMs: 0 }
    return leaveOpen({ ...exchange, pace }, forever(frames.filter(({ isToken }) => isToken)))
  }),
  'K4-open': onStream('K4', 'a whole answer on a connection that stays open', leaveOpen),
  K5: onStream('K5', 'silence after the first token', (exchange, frames) =>
    leaveOpen(exchange, beginning(frames, 1)),
  ),
  'K5-comments': onStream('K5', 'nothing but comments after the first token', async (exchange, frames) => {
    await leaveOpen(exchange, beginning(frames, 1))
    exchange.connection.every(COMMENT_MS, () => exchange.response.write(': still working\n\n'))
  }),
  'K5-first': onStream('K5', 'headers, and no token ever', (exchange, frames) =>
    leaveOpen(exchange, opening(frames)),
  ),
  K6: answering('K6', 'stopped by a content filter', ({ tokens, ...answer }) => ({
    ...answer,
    tokens: tokens.slice(0, TOKENS_BEFORE),
    end: 'content_filter',
  })),
  'K6-first': answering('K6', 'stopped by a content filter before the first token', (answer) => ({
    ...answer,
    reasoning: [],
    tokens: [],
    end: 'content_filter',
  })),
  K7: answering('K7', 'a finish reason that nobody knows', (answer) => ({
    ...answer,
    end: { odd: 'moon_in_the_seventh_house' },
  })),
  K8: answering('K8', 'five million characters in one token', (answer) => ({
    ...answer,
    tokens: ['x'.repeat(HUGE_CHARS)],
  })),
  'K8-line': onStream('K8', 'an event that never ends', endlessLine),
  K9: framed('K9', 'an event that is not JSON', (frames) => [
    ...beginning(frames, TOKENS_BEFORE),
    other('data: {"choices":[{"delta":{"content":"half\n\n'),
    ...frames.slice(beginning(frames, TOKENS_BEFORE).length),
  ]),
  'K9-shape': framed('K9', 'an event of another shape', (frames) => [
    ...beginning(frames, TOKENS_BEFORE),
    other('data: {"choices":{"candidates":7},"type":7}\n\n'),
    ...frames.slice(beginning(frames, TOKENS_BEFORE).length),
  ]),
  K10: answering('K10', 'a tool call that nobody offered', ({ tokens, ...answer }) => ({
    ...answer,
    tokens: tokens.slice(0, TOKENS_BEFORE),
    toolCall: { name: 'launch', argumentsJson: '{"target":"moon"}' },
    end: 'tool_call',
  })),
  K11: answering('K11', 'no usage', ({ usage: _usage, ...answer }) => answer),
  'K11-odd': answering('K11', 'usage that cannot be', (answer) => ({
    ...answer,
    usage: { input: -5, cached: 1e15, output: 1e300, reasoning: 0.5 },
  })),
  K12: framed('K12', 'an error event that repeats the key', (frames, { api }, exchange) => [
    ...beginning(frames, TOKENS_BEFORE),
    other(api.trouble(`Incorrect API key provided: ${sentKey(exchange)}.`)),
  ]),
  'K12-text': answering('K12', 'an answer that contains the key, cut in two', withKey),
  K13: onChat('K13', '400 temperature refused', refusedParameter),
  'K13-prompt': onChat('K13', '400 prompt too long', tooLong),
  K14: onStream('K14', 'the answer in one piece instead of a stream', (exchange, _frames, well) =>
    inOnePiece(exchange, well),
  ),
  K15: answering('K15', 'hostile text: markup, escapes, bidi, what looks like events', (answer) => ({
    ...answer,
    tokens: hostileTokens,
  })),
  K16: streamText('K16', 'good, but as oddly written as the standard allows', oddlyWritten),
  K17: onStream('K17', 'good, one byte at a time', (exchange, _frames, well) =>
    byteByByte(exchange, well.answer, well),
  ),
} satisfies Record<string, HttpFault>

import type { ChatAnswer } from '../chat/chat-answer.ts'
import type { Frame } from '../chat/chat-api.ts'
import { writeFrames } from '../chat/send-frames.ts'
import type { Exchange } from '../exchange.ts'
import { sendFrames, sendText, sendWell, wellHeaders } from '../exchange.ts'
import type { ModelAnswer } from '../well-answer.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'

/** A fault that only a model's answer can show; anything else is answered well. */
export function onChat(
  row: string,
  title: string,
  play: (exchange: Exchange, well: ModelAnswer) => void | Promise<void>,
): HttpFault {
  return http(row, title, (exchange) =>
    exchange.well.kind === 'chat' ? play(exchange, exchange.well) : sendWell(exchange),
  )
}

/** An answer that says something else than it should, streamed or in one piece. */
export function answering(
  row: string,
  title: string,
  change: (answer: ChatAnswer, exchange: Exchange) => ChatAnswer,
): HttpFault {
  return onChat(row, title, (exchange, well) =>
    sendWell({ ...exchange, well: { ...well, answer: change(well.answer, exchange) } }),
  )
}

/** A fault of the stream itself; an answer in one piece is answered well. */
export function onStream(
  row: string,
  title: string,
  play: (exchange: Exchange, frames: Frame[], well: ModelAnswer) => void | Promise<void>,
): HttpFault {
  return onChat(row, title, (exchange, well) =>
    well.question.isStreamed
      ? play(exchange, [...well.api.frames(well.question, well.answer)], well)
      : sendWell(exchange),
  )
}

/** A stream whose frames are others. */
export function framed(
  row: string,
  title: string,
  change: (frames: Frame[], well: ModelAnswer, exchange: Exchange) => Frame[],
): HttpFault {
  return onStream(row, title, (exchange, frames, well) =>
    sendFrames(exchange, change(frames, well, exchange)),
  )
}

/** A stream of exactly these bytes. */
export function streamText(row: string, title: string, change: (text: string) => string): HttpFault {
  return onStream(row, title, (exchange, frames) =>
    sendText(exchange, change(frames.map(({ text }) => text).join(''))),
  )
}

/** The frames up to the n-th token. */
export function beginning(frames: Frame[], tokens: number): Frame[] {
  let left = tokens
  const end = frames.findIndex(({ isToken }) => isToken && --left === 0)
  return frames.slice(0, end + 1)
}

/** The frames before the first token. */
export function opening(frames: Frame[]): Frame[] {
  return frames.slice(
    0,
    Math.max(
      0,
      frames.findIndex(({ isToken }) => isToken),
    ),
  )
}

/** Sends these frames and leaves the stream open. */
export function leaveOpen(exchange: Exchange, frames: Iterable<Frame>): Promise<void> {
  return writeFrames(exchange, wellHeaders(exchange), frames)
}

import type { FixedAnswer, RequestView } from '../stand-in.ts'
import type { ChatAnswer, ChatEnd, ChatQuestion } from './chat-answer.ts'

/** A piece of a streamed answer, as it goes over the wire. */
export interface Frame {
  text: string
  /** Whether it brings a token, of reasoning or of the answer. */
  isToken: boolean
}

/** One API through which models are asked: how it reads a question, and how it words an answer. */
export interface ChatApi {
  matches(path: string): boolean
  /** Undefined where something is missing without which nobody could answer. */
  read(body: Body, view: RequestView): ChatQuestion | undefined
  /** The answer in one piece. */
  whole(question: ChatQuestion, answer: ChatAnswer): unknown
  frames(question: ChatQuestion, answer: ChatAnswer): Iterable<Frame>
  /** How it tells of trouble when the status is sent already. */
  trouble(message: string): string
  unknownModel(model: string): FixedAnswer
  /** Where a bad key is told otherwise than by the list. */
  badKey?(): FixedAnswer
  /** What announces a stream. */
  streamType: string
}

export type Body = Record<string, unknown>

/** A server-sent event, or a line of data where events have no names. */
export function event(data: unknown, name?: string): string {
  const named = name === undefined ? '' : `event: ${name}\n`
  return `${named}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}

export function token(text: string): Frame {
  return { text, isToken: true }
}

export function other(text: string): Frame {
  return { text, isToken: false }
}

/** A provider's word for an end. */
export function wordFor(end: ChatEnd, words: Record<Exclude<ChatEnd, object>, string>): string {
  return typeof end === 'object' ? end.odd : words[end]
}

/** All texts of a body, in whatever shape messages have. */
export function textsIn(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`
  if (Array.isArray(value)) return value.map(textsIn).join('')
  if (typeof value !== 'object' || value === null) return ''
  const { content, text, parts } = value as Record<string, unknown>
  return textsIn(content ?? text ?? parts)
}

export function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}

/** The members most of them share. */
export function readQuestion(body: Body, texts: unknown[], mostTokens: unknown): ChatQuestion | undefined {
  const { model, stream, stream_options: options } = body
  const text = textsIn(texts)
  if (typeof model !== 'string' || text === '') return undefined
  return {
    model,
    text,
    isStreamed: stream === true,
    mostTokens: wholeNumber(mostTokens),
    wantsUsage: (options as { include_usage?: unknown } | undefined)?.include_usage === true,
  }
}

export function unixNow(): number {
  return Math.floor(Date.now() / 1000)
}

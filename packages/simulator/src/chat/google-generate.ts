import type { FixedAnswer } from '../stand-in.ts'
import type { ChatAnswer, ChatQuestion, ChatUsage } from './chat-answer.ts'
import type { ChatApi, Frame } from './chat-api.ts'
import { other, textsIn, token, wholeNumber, wordFor } from './chat-api.ts'

type Members = Record<string, unknown>

const words = { stop: 'STOP', length: 'MAX_TOKENS', content_filter: 'SAFETY', tool_call: 'STOP' }

/** Google ends its lines as HTTP does, and sends no [DONE]. */
function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`
}

function metadata(usage: ChatUsage): Members {
  return {
    promptTokenCount: usage.input,
    candidatesTokenCount: usage.output - usage.reasoning,
    totalTokenCount: usage.input + usage.output,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.input }],
    ...(usage.cached > 0 ? { cachedContentTokenCount: usage.cached } : {}),
    ...(usage.reasoning > 0 ? { thoughtsTokenCount: usage.reasoning } : {}),
  }
}

function chunk(question: ChatQuestion, answer: ChatAnswer, parts: Members[], finishReason?: string): Members {
  return {
    candidates: [{ content: { parts, role: 'model' }, ...(finishReason ? { finishReason } : {}), index: 0 }],
    ...(answer.usage ? { usageMetadata: metadata(answer.usage) } : {}),
    modelVersion: question.model,
    responseId: answer.id.slice(0, 22),
  }
}

function toolParts({ toolCall }: ChatAnswer): Members[] {
  return toolCall ? [{ functionCall: { name: toolCall.name, args: JSON.parse(toolCall.argumentsJson) } }] : []
}

/** Several tokens per event, as Google does; the last event tells the end. */
function* frames(question: ChatQuestion, answer: ChatAnswer): Iterable<Frame> {
  for (const text of answer.tokens) yield token(event(chunk(question, answer, [{ text }])))
  const parts = [{ text: '' }, ...toolParts(answer)]
  yield other(event(chunk(question, answer, parts, wordFor(answer.end, words))))
}

const PATH = /^\/v1beta\/(?:models\/)?([^:]+):(generateContent|streamGenerateContent)$/

export function googleGenerate(failure: (status: number, message: string) => FixedAnswer): ChatApi {
  return {
    matches: (path) => PATH.test(path),
    read(body, { path }) {
      const [, model, method] = PATH.exec(path) ?? []
      const text = textsIn([body.systemInstruction, body.contents])
      if (model === undefined || text === '') return undefined
      const { maxOutputTokens } = (body.generationConfig ?? {}) as Members
      return {
        model: decodeURIComponent(model),
        text,
        isStreamed: method === 'streamGenerateContent',
        mostTokens: wholeNumber(maxOutputTokens),
        wantsUsage: true,
      }
    },
    frames,
    whole: (question, answer) =>
      chunk(
        question,
        answer,
        [{ text: answer.tokens.join('') }, ...toolParts(answer)],
        wordFor(answer.end, words),
      ),
    trouble: (message) => event(failure(503, message).body),
    unknownModel: (model) =>
      failure(
        404,
        `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`,
      ),
    streamType: 'text/event-stream',
  }
}

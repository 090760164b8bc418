import type { FixedAnswer } from '../stand-in.ts'
import type { ChatAnswer, ChatQuestion } from './chat-answer.ts'
import type { ChatApi, Frame } from './chat-api.ts'
import { event, other, readQuestion, token, wordFor } from './chat-api.ts'

type Members = Record<string, unknown>

const words = {
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  content_filter: 'ERROR_TOXIC',
  tool_call: 'TOOL_CALL',
}

function usageOf({ usage }: ChatAnswer): Members {
  if (!usage) return {}
  const counts = { input_tokens: usage.input, output_tokens: usage.output }
  return { usage: { billed_units: counts, tokens: counts, cached_tokens: usage.cached } }
}

function toolCall({ id, toolCall }: ChatAnswer): Members {
  const call = { name: toolCall?.name, arguments: toolCall?.argumentsJson }
  return { id: `${toolCall?.name}_${id.slice(0, 12)}`, type: 'function', function: call }
}

function* frames(_question: ChatQuestion, answer: ChatAnswer): Iterable<Frame> {
  const named = (type: string, members: Members) => event({ type, ...members }, type)
  const content = (members: Members) => ({ delta: { message: { content: members } } })
  let index = 0
  function* block(kind: 'text' | 'thinking', tokens: string[]): Iterable<Frame> {
    yield other(named('content-start', { index, ...content({ type: kind, [kind]: '' }) }))
    for (const text of tokens) yield token(named('content-delta', { index, ...content({ [kind]: text }) }))
    yield other(named('content-end', { index }))
    index += 1
  }
  const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] }
  yield other(named('message-start', { id: answer.id, delta: { message } }))
  if (answer.reasoning.length > 0) yield* block('thinking', answer.reasoning)
  yield* block('text', answer.tokens)
  if (answer.toolCall) {
    const delta = { message: { tool_calls: toolCall(answer) } }
    yield other(named('tool-call-start', { index, delta }))
    yield other(named('tool-call-end', { index }))
  }
  const delta = { finish_reason: wordFor(answer.end, words), ...usageOf(answer) }
  yield other(named('message-end', { delta }))
  yield other(event('[DONE]'))
}

export function cohereChat(path: string, failure: (status: number, message: string) => FixedAnswer): ChatApi {
  return {
    matches: (asked) => asked === path,
    read: (body) => readQuestion(body, [body.messages], body.max_tokens),
    frames,
    whole(_question, answer) {
      const thoughts = { type: 'thinking', thinking: answer.reasoning.join('') }
      const content = [
        ...(answer.reasoning.length > 0 ? [thoughts] : []),
        { type: 'text', text: answer.tokens.join('') },
      ]
      const calls = answer.toolCall ? { tool_calls: [toolCall(answer)] } : {}
      return {
        id: answer.id,
        finish_reason: wordFor(answer.end, words),
        message: { role: 'assistant', content, ...calls },
        ...usageOf(answer),
      }
    },
    trouble: (message) =>
      event({ type: 'message-end', delta: { finish_reason: 'ERROR', error: message } }, 'message-end'),
    unknownModel: (model) =>
      failure(
        404,
        `model '${model}' not found, make sure the correct model ID was used and that you have access to the model.`,
      ),
    badKey: () =>
      failure(
        401,
        'Incorrect API key provided: ***********. You can find your API key at https://dashboard.cohere.com/api-keys.',
      ),
    streamType: 'text/event-stream',
  }
}

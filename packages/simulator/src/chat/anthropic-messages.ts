import type { FixedAnswer } from '../stand-in.ts'
import type { ChatAnswer, ChatQuestion } from './chat-answer.ts'
import type { ChatApi, Frame } from './chat-api.ts'
import { event, other, readQuestion, token, wordFor } from './chat-api.ts'

type Members = Record<string, unknown>

const words = { stop: 'end_turn', length: 'max_tokens', content_filter: 'refusal', tool_call: 'tool_use' }

function usageOf({ usage }: ChatAnswer, output: number | undefined): Members {
  if (!usage) return {}
  return {
    usage: {
      input_tokens: usage.input - usage.cached,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: usage.cached,
      output_tokens: output ?? usage.output,
      service_tier: 'standard',
    },
  }
}

function toolUse({ id, toolCall }: ChatAnswer, input: unknown): Members {
  return { type: 'tool_use', id: `toolu_${id.slice(0, 24)}`, name: toolCall?.name, input }
}

function message(question: ChatQuestion, answer: ChatAnswer, more: Members): Members {
  return {
    id: `msg_${answer.id.slice(0, 24)}`,
    type: 'message',
    role: 'assistant',
    model: question.model,
    stop_sequence: null,
    ...more,
  }
}

function* frames(question: ChatQuestion, answer: ChatAnswer): Iterable<Frame> {
  const named = (type: string, members: Members) => event({ type, ...members }, type)
  const opened = { content: [], stop_reason: null, ...usageOf(answer, 1) }
  yield other(named('message_start', { message: message(question, answer, opened) }))
  yield other(named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }))
  yield other(named('ping', {}))
  for (const text of answer.tokens) {
    yield token(named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }))
  }
  yield other(named('content_block_stop', { index: 0 }))
  if (answer.toolCall) {
    const json = { type: 'input_json_delta', partial_json: answer.toolCall.argumentsJson }
    yield other(named('content_block_start', { index: 1, content_block: toolUse(answer, {}) }))
    yield other(named('content_block_delta', { index: 1, delta: json }))
    yield other(named('content_block_stop', { index: 1 }))
  }
  const delta = { stop_reason: wordFor(answer.end, words), stop_sequence: null }
  yield other(named('message_delta', { delta, ...usageOf(answer, undefined) }))
  yield other(named('message_stop', {}))
}

export function anthropicMessages(
  path: string,
  failure: (status: number, type: string, message: string) => FixedAnswer,
): ChatApi {
  return {
    matches: (asked) => asked === path,
    // without max_tokens it refuses
    read: (body) =>
      body.max_tokens === undefined
        ? undefined
        : readQuestion(body, [body.system, body.messages], body.max_tokens),
    frames,
    whole(question, answer) {
      const tool = answer.toolCall ? [toolUse(answer, JSON.parse(answer.toolCall.argumentsJson))] : []
      const content = [{ type: 'text', text: answer.tokens.join('') }, ...tool]
      const more = { content, stop_reason: wordFor(answer.end, words), ...usageOf(answer, undefined) }
      return message(question, answer, more)
    },
    trouble: (text) => event(failure(529, 'overloaded_error', text).body, 'error'),
    unknownModel: (model) => failure(404, 'not_found_error', `model: ${model}`),
    streamType: 'text/event-stream; charset=utf-8',
  }
}

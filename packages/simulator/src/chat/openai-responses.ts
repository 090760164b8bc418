import type { FixedAnswer } from '../stand-in.ts'
import type { ChatAnswer, ChatQuestion } from './chat-answer.ts'
import type { ChatApi, Frame } from './chat-api.ts'
import { event, other, readQuestion, token, unixNow } from './chat-api.ts'

type Members = Record<string, unknown>

/** Why a response is not complete, where it is not. */
function incomplete({ end }: ChatAnswer): string | undefined {
  if (typeof end === 'object') return end.odd
  if (end === 'length') return 'max_output_tokens'
  return end === 'content_filter' ? 'content_filter' : undefined
}

function response(question: ChatQuestion, answer: ChatAnswer, status: string, output: Members[]): Members {
  const { usage } = answer
  const isOver = status !== 'in_progress'
  const reason = isOver ? incomplete(answer) : undefined
  return {
    id: `resp_${answer.id}`,
    object: 'response',
    created_at: unixNow(),
    status: reason === undefined ? status : 'incomplete',
    background: false,
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    max_output_tokens: question.mostTokens ?? null,
    model: question.model,
    output,
    parallel_tool_calls: true,
    service_tier: isOver ? 'default' : 'auto',
    store: false,
    usage:
      usage && isOver
        ? {
            input_tokens: usage.input,
            input_tokens_details: { cached_tokens: usage.cached },
            output_tokens: usage.output,
            output_tokens_details: { reasoning_tokens: usage.reasoning },
            total_tokens: usage.input + usage.output,
          }
        : null,
    metadata: {},
  }
}

function reasoningItem({ id }: ChatAnswer): Members {
  return { id: `rs_${id}`, type: 'reasoning', summary: [] }
}

function message({ id, tokens }: ChatAnswer, status: string): Members {
  const text = { type: 'output_text', annotations: [], logprobs: [], text: tokens.join('') }
  const content = status === 'in_progress' ? [] : [text]
  return { id: `msg_${id}`, type: 'message', status, role: 'assistant', content }
}

function functionCall({ id, toolCall }: ChatAnswer): Members[] {
  if (!toolCall) return []
  const call = { call_id: `call_${id.slice(0, 24)}`, name: toolCall.name, arguments: toolCall.argumentsJson }
  return [{ id: `fc_${id}`, type: 'function_call', status: 'completed', ...call }]
}

function outputOf(answer: ChatAnswer): Members[] {
  const thoughts = answer.reasoning.length > 0 ? [reasoningItem(answer)] : []
  return [...thoughts, message(answer, 'completed'), ...functionCall(answer)]
}

function* frames(question: ChatQuestion, answer: ChatAnswer): Iterable<Frame> {
  let sequence = 0
  const named = (type: string, members: Members) =>
    event({ type, sequence_number: sequence++, ...members }, type)
  yield other(named('response.created', { response: response(question, answer, 'in_progress', []) }))
  yield other(named('response.in_progress', { response: response(question, answer, 'in_progress', []) }))
  let index = 0
  if (answer.reasoning.length > 0) {
    const item = { output_index: index++, item: reasoningItem(answer) }
    yield other(named('response.output_item.added', item))
    yield other(named('response.output_item.done', item))
  }
  const place = { item_id: `msg_${answer.id}`, output_index: index, content_index: 0 }
  const part = (text: string) => ({ part: { type: 'output_text', annotations: [], logprobs: [], text } })
  const text = answer.tokens.join('')
  yield other(
    named('response.output_item.added', { output_index: index, item: message(answer, 'in_progress') }),
  )
  yield other(named('response.content_part.added', { ...place, ...part('') }))
  for (const delta of answer.tokens) {
    yield token(named('response.output_text.delta', { ...place, delta, logprobs: [] }))
  }
  yield other(named('response.output_text.done', { ...place, text, logprobs: [] }))
  yield other(named('response.content_part.done', { ...place, ...part(text) }))
  yield other(named('response.output_item.done', { output_index: index, item: message(answer, 'completed') }))
  for (const item of functionCall(answer)) {
    index += 1
    yield other(
      named('response.output_item.added', { output_index: index, item: { ...item, arguments: '' } }),
    )
    yield other(named('response.output_item.done', { output_index: index, item }))
  }
  const type = incomplete(answer) === undefined ? 'response.completed' : 'response.incomplete'
  yield other(named(type, { response: response(question, answer, 'completed', outputOf(answer)) }))
}

export function openaiResponses(path: string, unknownModel: (model: string) => FixedAnswer): ChatApi {
  return {
    matches: (asked) => asked === path,
    read: (body) => readQuestion(body, [body.instructions, body.input], body.max_output_tokens),
    frames,
    whole: (question, answer) => response(question, answer, 'completed', outputOf(answer)),
    trouble: (message) =>
      event({ type: 'error', sequence_number: 9, code: 'server_error', message, param: null }, 'error'),
    unknownModel,
    streamType: 'text/event-stream; charset=utf-8',
  }
}

import type { FixedAnswer } from '../stand-in.ts'
import type { ChatAnswer, ChatQuestion, ChatUsage } from './chat-answer.ts'
import type { ChatApi, Frame } from './chat-api.ts'
import { event, other, readQuestion, token, unixNow, wordFor } from './chat-api.ts'

type Members = Record<string, unknown>

/** What tells the APIs apart that speak OpenAI's chat completions. */
export interface ChatDialect {
  path: string
  idPrefix: string
  /** How a piece of reasoning is told; undefined where it is only counted. */
  reasoning?(text: string): Members
  usage(usage: ChatUsage): Members
  /** `asked`: in a chunk of its own, if asked for · `own`: always · `last`: in the chunk that tells the end. */
  usageIn: 'asked' | 'own' | 'last'
  words?: Partial<typeof words>
  /** Members of every chunk and of the whole answer. */
  members?(question: ChatQuestion, answer: ChatAnswer): Members
  firstMembers?(answer: ChatAnswer): Members
  lastMembers?(answer: ChatAnswer): Members
  /** Members of every choice, beside the usual ones. */
  choice?(text: string): Members
  /** Before the first event. */
  opening?: string
  trouble(message: string): string
  unknownModel(model: string): FixedAnswer
  badKey?(): FixedAnswer
}

const words = { stop: 'stop', length: 'length', content_filter: 'content_filter', tool_call: 'tool_calls' }

export function openaiUsage(usage: ChatUsage): Members {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
  }
}

/** With the details that those report who have them. */
export function detailedUsage(usage: ChatUsage): Members {
  return {
    ...openaiUsage(usage),
    prompt_tokens_details: { cached_tokens: usage.cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

function toolCalls({ toolCall, id }: ChatAnswer): Members {
  if (!toolCall) return {}
  const call = { name: toolCall.name, arguments: toolCall.argumentsJson }
  return { tool_calls: [{ index: 0, id: `call_${id.slice(0, 24)}`, type: 'function', function: call }] }
}

export function openaiChat(dialect: ChatDialect): ChatApi {
  const endOf = ({ end }: ChatAnswer) => wordFor(end, { ...words, ...dialect.words })

  function* frames(question: ChatQuestion, answer: ChatAnswer): Iterable<Frame> {
    const common = {
      id: `${dialect.idPrefix}${answer.id}`,
      object: 'chat.completion.chunk',
      created: unixNow(),
      model: question.model,
      ...dialect.members?.(question, answer),
    }
    const chunk = (delta: Members, end: string | null = null, more: Members = {}, text = '') =>
      event({
        ...common,
        choices: [{ index: 0, ...dialect.choice?.(text), delta, finish_reason: end }],
        ...more,
      })
    const usage = answer.usage && dialect.usage(answer.usage)
    if (dialect.opening) yield other(dialect.opening)
    yield other(chunk({ role: 'assistant', content: '' }, null, dialect.firstMembers?.(answer)))
    if (dialect.reasoning) {
      for (const text of answer.reasoning) yield token(chunk(dialect.reasoning(text)))
    }
    for (const text of answer.tokens) yield token(chunk({ content: text }, null, {}, text))
    if (answer.toolCall) yield other(chunk(toolCalls(answer)))
    const last = {
      ...(dialect.usageIn === 'last' && usage ? { usage } : {}),
      ...dialect.lastMembers?.(answer),
    }
    yield other(chunk({}, endOf(answer), last))
    const isOwn = dialect.usageIn === 'own' || (dialect.usageIn === 'asked' && question.wantsUsage)
    if (isOwn && usage) yield other(event({ ...common, choices: [], usage }))
    yield other(event('[DONE]'))
  }

  return {
    matches: (path) => path === dialect.path,
    read: (body) => readQuestion(body, [body.messages], body.max_completion_tokens ?? body.max_tokens),
    frames,
    whole(question, answer) {
      const text = answer.tokens.join('')
      const reasoning =
        answer.reasoning.length > 0 ? dialect.reasoning?.(answer.reasoning.join('')) : undefined
      const message = { role: 'assistant', ...reasoning, content: text, ...toolCalls(answer) }
      return {
        id: `${dialect.idPrefix}${answer.id}`,
        object: 'chat.completion',
        created: unixNow(),
        model: question.model,
        ...dialect.members?.(question, answer),
        choices: [{ index: 0, message, finish_reason: endOf(answer) }],
        ...(answer.usage ? { usage: dialect.usage(answer.usage) } : {}),
      }
    },
    trouble: dialect.trouble,
    unknownModel: dialect.unknownModel,
    ...(dialect.badKey ? { badKey: dialect.badKey } : {}),
    streamType: 'text/event-stream; charset=utf-8',
  }
}

import type { FixedAnswer } from '../stand-in.ts'
import type { ChatUsage } from './chat-answer.ts'
import { event } from './chat-api.ts'
import { type ChatDialect, detailedUsage, openaiUsage } from './openai-chat.ts'

/** A provider's error, as its stand-in words them. */
export type Failure = (status: number, message: string, type: string, code: string) => FixedAnswer

function inEvent(failure: Failure): Pick<ChatDialect, 'trouble'> {
  return {
    trouble: (message) => event(failure(500, message, 'server_error', 'internal_error').body),
  }
}

/** OpenAI's own, which its own clients leave for the responses API. */
export function openaiDialect(failure: Failure, unknownModel: (model: string) => FixedAnswer): ChatDialect {
  return {
    path: '/v1/chat/completions',
    idPrefix: 'chatcmpl-',
    usage: detailedUsage,
    usageIn: 'asked',
    members: () => ({ service_tier: 'default', system_fingerprint: 'fp_51a751a751' }),
    choice: () => ({ logprobs: null }),
    unknownModel,
    ...inEvent(failure),
  }
}

/** Reasoning comes as a list of parts instead of a text, usage with the end. */
export function mistralDialect(failure: Failure): ChatDialect {
  return {
    path: '/v1/chat/completions',
    idPrefix: 'cmpl-',
    reasoning: (text) => ({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] }),
    usage: (usage) => ({ ...openaiUsage(usage), num_cached_tokens: usage.cached }),
    usageIn: 'last',
    unknownModel: (model) => failure(400, `Invalid model: ${model}`, 'invalid_model', '1500'),
    badKey: () => ({ status: 401, body: { detail: 'Unauthorized' } }),
    ...inEvent(failure),
  }
}

function groqUsage(usage: ChatUsage): Record<string, unknown> {
  return {
    queue_time: 0.0181,
    ...openaiUsage(usage),
    prompt_time: 0.0021,
    completion_time: 0.1204,
    total_time: 0.1225,
    prompt_tokens_details: { cached_tokens: usage.cached },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  }
}

/** Usage comes twice: with the end in a member of Groq's own, and as OpenAI's where it is asked for. */
export function groqDialect(failure: Failure): ChatDialect {
  return {
    path: '/openai/v1/chat/completions',
    idPrefix: 'chatcmpl-',
    reasoning: (text) => ({ reasoning: text, channel: 'analysis' }),
    usage: groqUsage,
    usageIn: 'asked',
    members: () => ({ system_fingerprint: 'fp_51a751a751' }),
    choice: () => ({ logprobs: null }),
    firstMembers: ({ id }) => ({ x_groq: { id: `req_${id.slice(0, 26)}` } }),
    lastMembers: ({ id, usage }) => ({
      x_groq: { id: `req_${id.slice(0, 26)}`, ...(usage ? { usage: groqUsage(usage) } : {}) },
    }),
    trouble: (message) =>
      event(failure(500, message, 'internal_server_error', 'internal_error').body, 'error'),
    unknownModel: (model) =>
      failure(
        404,
        `The model \`${model}\` does not exist or you do not have access to it.`,
        'invalid_request_error',
        'model_not_found',
      ),
  }
}

/** Each choice also has its piece as `text`; many models end with `eos`. */
export function togetherDialect(failure: Failure): ChatDialect {
  return {
    path: '/v1/chat/completions',
    idPrefix: 'osim000-',
    reasoning: (text) => ({ reasoning: text }),
    usage: (usage) => ({ ...openaiUsage(usage), cached_tokens: usage.cached }),
    usageIn: 'last',
    words: { stop: 'eos' },
    choice: (text) => ({ text, logprobs: null, seed: null }),
    unknownModel: (model) =>
      failure(
        404,
        `Unable to access model ${model}. Please visit https://api.together.ai/models to view the list of supported models.`,
        'invalid_request_error',
        'model_not_available',
      ),
    badKey: () =>
      failure(
        401,
        'Invalid API key provided. You can find your API key at https://api.together.ai/settings/api-keys.',
        'invalid_request_error',
        'invalid_api_key',
      ),
    ...inEvent(failure),
  }
}

export function fireworksDialect(failure: Failure): ChatDialect {
  return {
    path: '/inference/v1/chat/completions',
    idPrefix: '',
    reasoning: (text) => ({ reasoning_content: text }),
    usage: (usage) => ({
      ...openaiUsage(usage),
      prompt_tokens_details: { cached_tokens: usage.cached },
    }),
    usageIn: 'last',
    unknownModel: () =>
      failure(
        404,
        'Model not found, inaccessible, and/or not deployed',
        'invalid_request_error',
        'NOT_FOUND',
      ),
    ...inEvent(failure),
  }
}

/** Comments keep the connection alive while a provider behind it is found; usage says what it cost. */
export function openrouterDialect(failure: Failure): ChatDialect {
  return {
    path: '/api/v1/chat/completions',
    idPrefix: 'gen-1790000000-',
    opening: ': OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n',
    reasoning: (text) => ({
      content: '',
      reasoning: text,
      reasoning_details: [{ type: 'reasoning.text', text, format: 'unknown', index: 0 }],
    }),
    usage: (usage) => ({
      ...detailedUsage(usage),
      cost: (usage.input + 4 * usage.output) / 1_000_000,
      is_byok: false,
    }),
    usageIn: 'own',
    members: () => ({ provider: 'Simulated' }),
    choice: () => ({ native_finish_reason: null, logprobs: null }),
    unknownModel: (model) => failure(400, `${model} is not a valid model ID`, '', ''),
    trouble: (message) =>
      event({
        id: 'gen-1790000000-0',
        object: 'chat.completion.chunk',
        ...(failure(502, message, '', '').body as object),
        choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: 'error' }],
      }),
  }
}

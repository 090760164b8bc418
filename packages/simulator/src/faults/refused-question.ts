import type { Exchange } from '../exchange.ts'
import { sendFixed } from '../exchange.ts'
import type { SimulatedProvider } from '../simulated-provider.ts'

/** The error with the name of the parameter that it is about, where this provider names it. */
function aboutParameter(body: unknown, param: string): unknown {
  const { error } = body as { error?: Record<string, unknown> }
  return error && 'param' in error ? { ...(body as object), error: { ...error, param } } : body
}

export function refusedParameter(exchange: Exchange): void {
  const { errors } = exchange.standIn
  const message = "Unsupported value: 'temperature' does not support 0.5 with this model."
  sendFixed(exchange, { status: 400, body: aboutParameter(errors.shape(400, message), 'temperature') })
}

const TOO_LONG: Record<SimulatedProvider, string> = {
  openai: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
  anthropic: 'prompt is too long: 250021 tokens > 200000 maximum',
  google: 'The input token count (1250021) exceeds the maximum number of tokens allowed (1048576).',
  mistral:
    'Prompt contains 250021 tokens and 0 draft tokens, too large for model with 131072 maximum context length',
  groq: 'Please reduce the length of the messages or completion.',
  together: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 131073.',
  cohere: 'too many tokens: size limit exceeded by 25836 tokens. Try using shorter or fewer inputs.',
  fireworks: 'The prompt is too long: 250021, model maximum context length: 131071',
  openrouter:
    "This endpoint's maximum context length is 200000 tokens. However, you requested about 250021 tokens.",
}

export function tooLong(exchange: Exchange): void {
  const { errors, id } = exchange.standIn
  sendFixed(exchange, { status: 400, body: errors.shape(400, TOO_LONG[id]) })
}

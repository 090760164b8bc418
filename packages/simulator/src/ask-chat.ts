import { keyHeaders } from './ask.ts'
import type { SimulatedProvider } from './simulated-provider.ts'
import type { Simulator } from './simulator.ts'

export interface ChatRequest {
  model: string
  prompt?: string
  mostTokens?: number
  isStreamed?: boolean
  key?: string
  signal?: AbortSignal
}

/** A model of each provider's small list that answers questions. */
export const chatModels: Record<SimulatedProvider, string> = {
  openai: 'gpt-4o-mini',
  anthropic: 'claude-opus-5',
  google: 'gemini-2.5-pro',
  mistral: 'mistral-medium-latest',
  groq: 'openai/gpt-oss-120b',
  together: 'MiniMaxAI/MiniMax-M3',
  cohere: 'command-a-03-2025',
  fireworks: 'accounts/fireworks/models/gpt-oss-120b',
  openrouter: 'openai/gpt-5.5',
}

function messages({ prompt = 'Say something.' }: ChatRequest) {
  return [{ role: 'user', content: prompt }]
}

/** Where each provider is asked below its base, and how; what every client of theirs would send. */
function chatCall(
  provider: SimulatedProvider,
  base: string,
  asked: ChatRequest,
): [url: string, body: Record<string, unknown>] {
  const { model, prompt = 'Say something.', mostTokens, isStreamed = true } = asked
  const limited = mostTokens === undefined ? {} : { max_tokens: mostTokens }
  switch (provider) {
    case 'openai': {
      const most = mostTokens === undefined ? {} : { max_output_tokens: mostTokens }
      return [`${base}/responses`, { model, input: messages(asked), stream: isStreamed, ...most }]
    }
    case 'anthropic': {
      const most = { max_tokens: mostTokens ?? 1024 }
      return [`${base}/messages`, { model, messages: messages(asked), stream: isStreamed, ...most }]
    }
    case 'google': {
      const method = isStreamed ? 'streamGenerateContent?alt=sse' : 'generateContent'
      const generationConfig = mostTokens === undefined ? {} : { maxOutputTokens: mostTokens }
      const contents = [{ role: 'user', parts: [{ text: prompt }] }]
      return [`${base}/models/${model}:${method}`, { contents, generationConfig }]
    }
    case 'cohere':
      return [
        `${base.replace(/v1$/, 'v2')}/chat`,
        { model, messages: messages(asked), stream: isStreamed, ...limited },
      ]
    default:
      return [
        `${base}/chat/completions`,
        {
          model,
          messages: messages(asked),
          stream: isStreamed,
          stream_options: { include_usage: true },
          ...limited,
        },
      ]
  }
}

export function askChat(
  simulator: Simulator,
  provider: SimulatedProvider,
  asked: Partial<ChatRequest> = {},
): Promise<Response> {
  const { key = simulator.keys[provider], signal } = asked
  const [url, body] = chatCall(provider, simulator.bases[provider], { model: chatModels[provider], ...asked })
  return fetch(url, {
    method: 'POST',
    headers: { ...keyHeaders(provider, key), 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  })
}

/** The data of every event, parsed where it is JSON. */
export function eventsIn(text: string): Record<string, unknown>[] {
  return text.split(/\r?\n\r?\n/).flatMap((block) => {
    const data = /^data: (.*)$/m.exec(block)?.[1]
    return data === undefined || data === '[DONE]' ? [] : [JSON.parse(data)]
  })
}

import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Provider } from '@rollcall/core'

/** What a client is made with. The key is put on the request elsewhere: see guarded-fetch.ts. */
interface ClientSettings {
  baseURL: string
  apiKey: string
  fetch: typeof fetch
}

type ProviderOptions = Record<string, Record<string, boolean>>

interface ChatClient {
  /** Where it is asked, where that is not the place of the list. */
  base?(listBase: string): string
  load(): Promise<(settings: ClientSettings, modelId: string) => LanguageModelV4>
  providerOptions?: ProviderOptions
}

/** Those that are not asked by OpenAI's chat completions; each library is loaded when it is first needed. */
const clients: Readonly<Record<string, ChatClient>> = {
  openai: {
    load: async () => {
      const { createOpenAI } = await import('@ai-sdk/openai')
      // some of its models know no other API
      return (settings, modelId) => createOpenAI(settings).responses(modelId)
    },
    // OpenAI would keep questions and answers for a month
    providerOptions: { openai: { store: false } },
  },
  anthropic: {
    load: async () => {
      const { createAnthropic } = await import('@ai-sdk/anthropic')
      return (settings, modelId) => createAnthropic(settings).messages(modelId)
    },
  },
  google: {
    load: async () => {
      const { createGoogle } = await import('@ai-sdk/google')
      return (settings, modelId) => createGoogle(settings).chat(modelId)
    },
  },
  mistral: {
    load: async () => {
      const { createMistral } = await import('@ai-sdk/mistral')
      return (settings, modelId) => createMistral(settings).chat(modelId)
    },
  },
  cohere: {
    // chat has moved on to v2, lists have not
    base: (listBase) => listBase.replace(/\/v1$/, '/v2'),
    load: async () => {
      const { createCohere } = await import('@ai-sdk/cohere')
      return (settings, modelId) => createCohere(settings).languageModel(modelId)
    },
  },
}

const chatCompletions = (name: string): ChatClient => ({
  load: async () => {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
    return (settings, modelId) =>
      createOpenAICompatible({ ...settings, name, includeUsage: true }).chatModel(modelId)
  },
})

/** How a provider's models are asked: by a client of their own, or as most of them are. */
export function chatClientOf(
  { key, lists }: Provider,
  /** Where its base was replaced. */
  ownBase: string | undefined,
): Pick<ChatClient, 'load' | 'providerOptions'> & { base: string } {
  const client = clients[key] ?? chatCompletions(key)
  // of several lists the last is the one beside the models; the first of Fireworks' is its control plane's
  const listBase = ownBase ?? lists.at(-1)?.base ?? lists[0].base
  return { ...client, base: client.base?.(listBase) ?? listBase }
}

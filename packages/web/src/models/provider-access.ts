/** How programs of their own reach a provider, as its documentation says. */
export interface ProviderAccess {
  /** Of the environment, where its key is kept. */
  keyVariable: string
  /** Where it speaks OpenAI's language, without a trailing slash. */
  openaiBase: string
  /** Also for embeddings. */
  embeds: boolean
  /** Of the AI SDK; `embeds` where that package has embedding models. */
  aiSdk: { package: string; create: string; embeds: boolean }
}

const ACCESS: Readonly<Record<string, ProviderAccess>> = {
  openai: access('OPENAI_API_KEY', 'https://api.openai.com/v1', '@ai-sdk/openai', 'createOpenAI'),
  anthropic: {
    ...access('ANTHROPIC_API_KEY', 'https://api.anthropic.com/v1', '@ai-sdk/anthropic', 'createAnthropic'),
    embeds: false,
  },
  google: access(
    'GEMINI_API_KEY',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    '@ai-sdk/google',
    'createGoogleGenerativeAI',
  ),
  mistral: access('MISTRAL_API_KEY', 'https://api.mistral.ai/v1', '@ai-sdk/mistral', 'createMistral'),
  groq: {
    ...access('GROQ_API_KEY', 'https://api.groq.com/openai/v1', '@ai-sdk/groq', 'createGroq'),
    embeds: false,
  },
  together: access(
    'TOGETHER_API_KEY',
    'https://api.together.ai/v1',
    '@ai-sdk/togetherai',
    'createTogetherAI',
  ),
  cohere: access(
    'COHERE_API_KEY',
    'https://api.cohere.ai/compatibility/v1',
    '@ai-sdk/cohere',
    'createCohere',
  ),
  fireworks: access(
    'FIREWORKS_API_KEY',
    'https://api.fireworks.ai/inference/v1',
    '@ai-sdk/fireworks',
    'createFireworks',
  ),
  openrouter: access(
    'OPENROUTER_API_KEY',
    'https://openrouter.ai/api/v1',
    '@openrouter/ai-sdk-provider',
    'createOpenRouter',
    false,
  ),
}

/** Undefined: a provider we know nothing of. */
export function accessOf(provider: string): ProviderAccess | undefined {
  return Object.hasOwn(ACCESS, provider) ? ACCESS[provider] : undefined
}

function access(
  keyVariable: string,
  openaiBase: string,
  aiSdkPackage: string,
  create: string,
  embeds = true,
): ProviderAccess {
  return { keyVariable, openaiBase, embeds: true, aiSdk: { package: aiSdkPackage, create, embeds } }
}

import type { CatalogueEntry } from './catalogue.ts'

/** What our sources fill in of a model. */
type Facts = Pick<
  CatalogueEntry,
  'context_window' | 'max_output_tokens' | 'pricing' | 'modalities' | 'capabilities' | 'released_at'
>
/** A field, or one part of it: what one of our sources wrote there, and the page of whoever makes or serves the model. */
type Mistake = readonly [field: string, figure: number | string | boolean, page: string]

const OPENAI = 'https://developers.openai.com/api/docs'
const OPENAI_PRICING = `${OPENAI}/pricing`
const EMBEDDINGS = `${OPENAI}/guides/embeddings`
const GOOGLE = 'https://ai.google.dev/gemini-api/docs/changelog'
const COHERE_LIMITS = 'https://docs.cohere.com/docs/rate-limits'
const FIREWORKS_PRICING = 'https://docs.fireworks.ai/serverless/pricing'
const NO_PRICE: readonly Mistake[] = [
  ['pricing.input', 2.5, COHERE_LIMITS],
  ['pricing.output', 10, COHERE_LIMITS],
]

/**
 * Figures of models.dev and genai-prices that the page beside them contradicts, by model id. Only that very figure is
 * left out: once the source writes another, it counts again. A row goes when its source has been right for long.
 */
const MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
  'openai/gpt-5-chat-latest': [
    ['context_window', 400_000, `${OPENAI}/models/gpt-5-chat-latest`],
    ['max_output_tokens', 128_000, `${OPENAI}/models/gpt-5-chat-latest`],
    ['capabilities.reasoning', true, 'https://openai.com/index/introducing-gpt-5-for-developers'],
  ],
  'openai/gpt-4o-mini-search-preview': [['pricing.cached_input', 0.075, OPENAI_PRICING]],
  'openai/gpt-4o-mini-search-preview-2025-03-11': [['pricing.cached_input', 0.075, OPENAI_PRICING]],
  'openai/gpt-4o-2024-05-13': [
    ['capabilities.structured_output', true, `${OPENAI}/guides/structured-outputs`],
  ],
  'openai/gpt-3.5-turbo': [
    ['capabilities.tools', false, 'https://openai.com/index/function-calling-and-other-api-updates'],
  ],
  'openai/text-embedding-3-small': [['context_window', 8191, EMBEDDINGS]],
  'openai/text-embedding-3-large': [['context_window', 8191, EMBEDDINGS]],
  'google/gemini-2.5-pro': [['released_at', '2025-03-20', GOOGLE]],
  'google/gemini-2.5-flash': [['released_at', '2025-03-20', GOOGLE]],
  'google/gemini-2.5-flash-lite': [['released_at', '2025-06-17', GOOGLE]],
  'google/gemini-2.5-flash-image': [['released_at', '2025-08-26', GOOGLE]],
  'google/gemini-2.0-flash': [['released_at', '2024-12-11', GOOGLE]],
  'google/gemini-2.0-flash-lite': [['released_at', '2024-12-11', GOOGLE]],
  'google/gemini-embedding-001': [['released_at', '2025-05-20', GOOGLE]],
  'mistral/devstral-medium-2507': [['capabilities.open_weights', true, 'https://docs.mistral.ai/models']],
  'groq/openai/gpt-oss-safeguard-20b': [
    ['pricing.input', 0.15, 'https://groq.com/pricing'],
    ['pricing.output', 0.6, 'https://groq.com/pricing'],
    ['pricing.cached_input', 0.075, 'https://groq.com/pricing'],
  ],
  'cohere/command-a-reasoning-08-2025': NO_PRICE,
  'cohere/command-a-translate-08-2025': NO_PRICE,
  'cohere/command-a-vision-07-2025': NO_PRICE,
  'together/deepseek-ai/DeepSeek-R1': [
    ['capabilities.tools', false, 'https://www.together.ai/models/deepseek-r1'],
  ],
  'together/zai-org/GLM-4.6': [['capabilities.reasoning', false, 'https://docs.z.ai/guides/llm/glm-4.6']],
  'together/zai-org/GLM-4.7': [['released_at', '2025-07-25', 'https://docs.z.ai/release-notes/new-released']],
  'together/Qwen/Qwen3-235B-A22B-Instruct-2507-tput': [
    ['capabilities.reasoning', true, 'https://huggingface.co/Qwen/Qwen3-235B-A22B-Instruct-2507'],
  ],
  'together/Qwen/Qwen3-Coder-Next-FP8': [
    ['capabilities.reasoning', true, 'https://huggingface.co/Qwen/Qwen3-Coder-Next'],
  ],
  'together/Qwen/Qwen3-Next-80B-A3B-Instruct': [
    ['released_at', '2025-07-25', 'https://huggingface.co/Qwen/Qwen3-Next-80B-A3B-Instruct'],
  ],
  // half of 0.55, in whole cents
  'fireworks/accounts/fireworks/models/glm-4p6': [
    ['pricing.cached_input', 0.28, 'https://docs.fireworks.ai/serverless/overview'],
  ],
  'fireworks/accounts/fireworks/models/gpt-oss-120b': [['pricing.cached_input', 0.014, FIREWORKS_PRICING]],
  'fireworks/accounts/fireworks/models/minimax-m2p1': [['pricing.cached_input', 0.15, FIREWORKS_PRICING]],
  'fireworks/accounts/fireworks/models/kimi-k2-thinking': [
    ['context_window', 256_000, 'https://huggingface.co/moonshotai/Kimi-K2-Thinking'],
  ],
  'openrouter/qwen/qwen3-235b-a22b-thinking-2507': [
    ['max_output_tokens', 81_920, 'https://huggingface.co/Qwen/Qwen3-235B-A22B-Thinking-2507'],
  ],
}

/** What a source says of a model, by its id with its provider, without what is known to be wrong. */
export function withoutMistakes<Said extends Facts>(id: string, said: Said): Said {
  const mistakes = Object.hasOwn(MISTAKES, id) ? MISTAKES[id] : undefined
  if (!mistakes) return said
  let kept: Record<string, unknown> = { ...said }
  for (const [path, figure] of mistakes) {
    const [field = '', part] = path.split('.')
    if (part === undefined) {
      if (kept[field] === figure) kept = without(kept, field)
      continue
    }
    const parts = kept[field] as Record<string, unknown> | undefined
    if (parts?.[part] === figure) kept[field] = without(parts, part)
  }
  return kept as Said
}

function without(all: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = all
  return rest
}

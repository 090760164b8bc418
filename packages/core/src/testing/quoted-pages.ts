/** A page that was read, and what it says of models: per line `id | field figure … | the words of the page`. */
export interface QuotedPage {
  title: string
  url: string
  /** The day of the copy that was read, or the month where it bears no day. */
  day: string
  says: string
}

/**
 * Pages of the providers and of whoever makes a model, other than the lists, models.dev and genai-prices that the
 * figures under test come from. Fields: `input`, `output` and `cached` in USD per million tokens, `window` and `most`
 * (output) in tokens, `reads`, `released`. A `-` is a figure that there is none of. A figure that a page rounds to
 * thousands is given as we know it, and has to round to that.
 */
export const QUOTED_PAGES: readonly QuotedPage[] = [
  {
    title: 'OpenAI: Pricing, standard',
    url: 'https://developers.openai.com/api/docs/pricing',
    day: '2026-07-15',
    says: `
openai/gpt-5.2 | input 1.75 output 14 cached 0.175 | [gpt-5.2, 1.75, 0.175, 14]
openai/gpt-5.2-pro | input 21 output 168 cached - | [gpt-5.2-pro, 21, -, 168]
openai/gpt-5.1 | input 1.25 output 10 cached 0.125 | [gpt-5.1, 1.25, 0.125, 10]
openai/gpt-5 | input 1.25 output 10 cached 0.125 | [gpt-5, 1.25, 0.125, 10]
openai/gpt-5-mini | input 0.25 output 2 cached 0.025 | [gpt-5-mini, 0.25, 0.025, 2]
openai/gpt-5-nano | input 0.05 output 0.4 cached 0.005 | [gpt-5-nano, 0.05, 0.005, 0.4]
openai/gpt-5-pro | input 15 output 120 cached - | [gpt-5-pro, 15, null, 120]
openai/gpt-4.1 | input 2 output 8 cached 0.5 | [gpt-4.1, 2, 0.5, 8]
openai/gpt-4.1-mini | input 0.4 output 1.6 cached 0.1 | [gpt-4.1-mini, 0.4, 0.1, 1.6]
openai/gpt-4.1-nano | input 0.1 output 0.4 cached 0.025 | [gpt-4.1-nano, 0.1, 0.025, 0.4]
openai/gpt-4o | input 2.5 output 10 cached 1.25 | [gpt-4o, 2.5, 1.25, 10]
openai/gpt-4o-2024-05-13 | input 5 output 15 cached - | [gpt-4o-2024-05-13, 5, null, 15]
openai/gpt-4o-mini | input 0.15 output 0.6 cached 0.075 | [gpt-4o-mini, 0.15, 0.075, 0.6]
openai/o1 | input 15 output 60 cached 7.5 | [o1, 15, 7.5, 60]
openai/o1-pro | input 150 output 600 cached - | [o1-pro, 150, null, 600]
openai/o3-pro | input 20 output 80 cached - | [o3-pro, 20, null, 80]
openai/o3 | input 2 output 8 cached 0.5 | [o3, 2, 0.5, 8]
openai/o4-mini | input 1.1 output 4.4 cached 0.275 | [o4-mini, 1.1, 0.275, 4.4]
openai/o3-mini | input 1.1 output 4.4 cached 0.55 | [o3-mini, 1.1, 0.55, 4.4]
openai/gpt-4-turbo-2024-04-09 | input 10 output 30 cached - | [gpt-4-turbo-2024-04-09, 10, null, 30]
openai/gpt-4-0125-preview | input 10 output 30 cached - | [gpt-4-0125-preview, 10, null, 30]
openai/gpt-4-1106-preview | input 10 output 30 cached - | [gpt-4-1106-preview, 10, null, 30]
openai/gpt-4-0613 | input 30 output 60 cached - | [gpt-4-0613, 30, null, 60]
openai/gpt-3.5-turbo | input 0.5 output 1.5 cached - | [gpt-3.5-turbo, 0.5, null, 1.5]
openai/gpt-3.5-turbo-0125 | input 0.5 output 1.5 cached - | [gpt-3.5-turbo-0125, 0.5, null, 1.5]
openai/gpt-3.5-turbo-1106 | input 1 output 2 cached - | [gpt-3.5-turbo-1106, 1, null, 2]
openai/gpt-3.5-turbo-instruct | input 1.5 output 2 cached - | [gpt-3.5-turbo-instruct, 1.5, null, 2]
openai/o3-deep-research | input 10 output 40 cached 2.5 | [o3-deep-research, 10, 2.5, 40]
openai/o4-mini-deep-research | input 2 output 8 cached 0.5 | [o4-mini-deep-research, 2, 0.5, 8]
openai/text-embedding-3-small | input 0.02 | [text-embedding-3-small, 0.02, -, -]
openai/text-embedding-3-large | input 0.13 | [text-embedding-3-large, 0.13, -, -]
openai/text-embedding-ada-002 | input 0.1 | [text-embedding-ada-002, 0.1, -, -]
`,
  },
  {
    title: 'OpenAI: Pricing, text tokens, standard',
    url: 'https://platform.openai.com/docs/pricing',
    day: '2025-09',
    says: `
openai/gpt-5-chat-latest | input 1.25 output 10 | gpt-5-chat-latest | $1.25 | $0.125 | $10.00
openai/codex-mini-latest | input 1.5 output 6 cached 0.375 | codex-mini-latest | $1.50 | $0.375 | $6.00
openai/gpt-4o-mini-search-preview | input 0.15 output 0.6 cached - | gpt-4o-mini-search-preview | $0.15 | - | $0.60
openai/gpt-4o-search-preview | input 2.5 output 10 cached - | gpt-4o-search-preview | $2.50 | - | $10.00
openai/chatgpt-4o-latest | input 5 output 15 cached - | chatgpt-4o-latest | $5.00 | $15.00
`,
  },
  {
    title: 'OpenAI: Models',
    url: 'https://platform.openai.com/docs/models',
    day: '2025-09',
    says: `
openai/gpt-5 | window 400000 most 128000 | 400,000 context window, 128,000 max output tokens
openai/gpt-5-mini | window 400000 most 128000 | 400,000 context window, 128,000 max output tokens
openai/gpt-5-nano | window 400000 most 128000 | 400,000 context window, 128,000 max output tokens
openai/gpt-5-pro | window 400000 most 272000 | 400,000 context window 272,000 max output tokens
openai/gpt-5-chat-latest | window - most - | not the 400,000 and 128,000 of gpt-5: 128,000 context window, 16,384 max output tokens
openai/o1 | window 200000 most 100000 | Context Window: 200,000 tokens, Max Output Tokens: 100,000 tokens
openai/o1-pro | window 200000 most 100000 | Context Window: 200,000 tokens, Max Output Tokens: 100,000 tokens
openai/o3 | window 200000 most 100000 | Context Window: 200,000 tokens, Max Output Tokens: 100,000 tokens
openai/o3-pro | window 200000 most 100000 | Context Window: 200,000 tokens, Max Output Tokens: 100,000 tokens
openai/o3-mini | window 200000 most 100000 | Context Window: 200,000 tokens, Max Output Tokens: 100,000 tokens
openai/o4-mini | window 200000 most 100000 | Context Window: 200,000 tokens, Max Output Tokens: 100,000 tokens
openai/gpt-4o | window 128000 most 16384 | Context Window: 128,000 tokens, Max Output Tokens: 16,384 tokens
openai/gpt-4o-mini | window 128000 most 16384 | Context Window: 128,000 tokens, 16,384 max output tokens
openai/gpt-4.1 | window 1047576 most 32768 | 1,047,576 context window, 32,768 max output tokens
openai/gpt-4.1-mini | window 1047576 most 32768 | 1,047,576 context window, 32,768 max output tokens
openai/gpt-4.1-nano | window 1047576 most 32768 | 1,047,576 context window, 32,768 max output tokens
openai/gpt-4 | window 8192 | Context Window: 8,192 tokens
openai/gpt-4-turbo | window 128000 most 4096 | Context Window: 128,000 tokens, 4,096 max output tokens
openai/gpt-3.5-turbo | window 16385 most 4096 | Context Window: 16,385 tokens, 4,096 max output tokens
`,
  },
  {
    title: 'OpenAI: Embeddings',
    url: 'https://developers.openai.com/api/docs/guides/embeddings',
    day: '2026-07-15',
    says: `
openai/text-embedding-ada-002 | window 8192 | text-embedding-ada-002 | 12,500 | 61.0% | 8192
openai/text-embedding-3-small | window - | text-embedding-3-small | 62,500 | 62.3% | 8192
openai/text-embedding-3-large | window - | text-embedding-3-large | 9,615 | 64.6% | 8192
`,
  },
  {
    title: 'Anthropic: Models overview',
    url: 'https://platform.claude.com/docs/en/about-claude/models/overview',
    day: '2026-02-20',
    says: `
anthropic/claude-opus-4-6 | input 5 output 25 window 200000 most 128000 | $5 / input MTok, $25 / output MTok … 200K tokens / 1M tokens (beta) … 128K tokens
anthropic/claude-haiku-4-5-20251001 | input 1 output 5 window 200000 most 64000 | $1 / input MTok, $5 / output MTok … 200K tokens … 64K tokens
anthropic/claude-sonnet-4-5-20250929 | input 3 output 15 window 200000 most 64000 | $3/$15 MTok … 200K / 1M (beta) … 64K
anthropic/claude-opus-4-5-20251101 | input 5 output 25 window 200000 most 64000 | $5/$25 MTok … 200K … 64K
anthropic/claude-opus-4-1-20250805 | input 15 output 75 window 200000 most 32000 | $15/$75 MTok … 200K … 32K
anthropic/claude-sonnet-4-20250514 | input 3 output 15 window 200000 most 64000 | $3/$15 MTok … 200K / 1M (beta) … 64K
anthropic/claude-opus-4-20250514 | input 15 output 75 window 200000 most 32000 | $15/$75 MTok … 200K … 32K
anthropic/claude-3-haiku-20240307 | input 0.25 output 1.25 window 200000 most 4096 | $0.25/$1.25 MTok … 200K … 4K
`,
  },
  {
    title: 'Anthropic: Pricing',
    url: 'https://docs.anthropic.com/en/docs/about-claude/pricing',
    day: '2025-08',
    says: `
anthropic/claude-opus-4-1-20250805 | cached 1.5 | Claude Opus 4.1 | $15 / MTok | $18.75 / MTok | $30 / MTok | $1.50 / MTok | $75 / MTok
anthropic/claude-opus-4-20250514 | cached 1.5 | Claude Opus 4 | $15 / MTok | $18.75 / MTok | $30 / MTok | $1.50 / MTok | $75 / MTok
anthropic/claude-sonnet-4-20250514 | cached 0.3 | Claude Sonnet 4 | $3 / MTok | $3.75 / MTok | $6 / MTok | $0.30 / MTok | $15 / MTok
anthropic/claude-3-7-sonnet-20250219 | input 3 output 15 cached 0.3 | Claude Sonnet 3.7 | $3 / MTok | $3.75 / MTok | $6 / MTok | $0.30 / MTok | $15 / MTok
anthropic/claude-3-5-haiku-20241022 | input 0.8 output 4 cached 0.08 | Claude Haiku 3.5 | $0.80 / MTok | $1 / MTok | $1.6 / MTok | $0.08 / MTok | $4 / MTok
anthropic/claude-3-haiku-20240307 | cached 0.03 | Claude Haiku 3 | $0.25 / MTok | $0.30 / MTok | $0.50 / MTok | $0.03 / MTok | $1.25 / MTok
openrouter/anthropic/claude-opus-4.1 | input 15 output 75 cached 1.5 | Claude Opus 4.1 | $15 / MTok | $18.75 / MTok | $30 / MTok | $1.50 / MTok | $75 / MTok
openrouter/anthropic/claude-3-haiku | input 0.25 output 1.25 cached 0.03 | Claude Haiku 3 | $0.25 / MTok | $0.30 / MTok | $0.50 / MTok | $0.03 / MTok | $1.25 / MTok
`,
  },
  {
    title: 'Google: Gemini Developer API pricing, paid tier, standard',
    url: 'https://ai.google.dev/gemini-api/docs/pricing',
    day: '2025-11-25',
    says: `
google/gemini-3-pro-preview | input 2 output 12 cached 0.2 | $2.00, prompts <= 200k tokens $4.00, prompts > 200k … $12.00 … $0.20, prompts <= 200k tokens
google/gemini-2.5-pro | input 1.25 output 10 cached 0.125 | $1.25, prompts <= 200k tokens $2.50, prompts > 200k … $10.00 … $0.125, prompts <= 200k tokens
google/gemini-2.5-flash | input 0.3 output 2.5 cached 0.03 | $0.30 (text / image / video) $1.00 (audio) … $2.50 … $0.03 (text / image / video)
google/gemini-2.5-flash-lite | input 0.1 output 0.4 cached 0.01 | $0.10 (text / image / video) $0.30 (audio) … $0.40 … $0.01 (text / image / video)
google/gemini-2.0-flash | input 0.1 output 0.4 cached 0.025 | $0.10 (text / image / video) $0.70 (audio) … $0.40 … $0.025 / 1,000,000 tokens (text/image/video)
google/gemini-2.0-flash-lite | input 0.075 output 0.3 cached - | $0.075 … $0.30 … Context caching price: Not available
google/gemini-2.5-flash-image | input - output - | $0.30 (text / image) … $0.039 per image
openrouter/google/gemini-2.5-pro | input 1.25 output 10 cached 0.125 | $1.25, prompts <= 200k tokens $2.50, prompts > 200k … $10.00 … $0.125, prompts <= 200k tokens
`,
  },
  {
    title: 'Google: Gemini API changelog',
    url: 'https://ai.google.dev/gemini-api/docs/changelog',
    day: '2026-06-05',
    says: `
google/gemini-3-pro-preview | released 2025-11-18 | November 18, 2025: Launched the first Gemini 3 series model, gemini-3-pro-preview
google/gemini-3-flash-preview | released 2025-12-17 | December 17, 2025: Launched Gemini 3 Flash Preview, gemini-3-flash-preview
google/gemini-2.5-pro | released - | June 17, 2025: Released gemini-2.5-pro, the stable version of our most powerful model
google/gemini-2.5-flash | released - | June 17, 2025: Released gemini-2.5-flash, our first stable 2.5 Flash model
google/gemini-2.5-flash-lite | released - | July 22, 2025: Released gemini-2.5-flash-lite
google/gemini-2.5-flash-image | released - | October 2, 2025: Launched Gemini 2.5 Flash Image GA
google/gemini-embedding-001 | released - | July 14, 2025: Released gemini-embedding-001, the stable version of our text embedding model
google/gemini-flash-latest | input - output - released - | January 21, 2026: gemini-flash-latest switched to gemini-3-flash-preview
google/gemini-pro-latest | input - output - released - | January 21, 2026: gemini-pro-latest switched to gemini-3-pro-preview
`,
  },
  {
    title: 'llm-prices, kept by hand after the vendors',
    url: 'https://github.com/simonw/llm-prices',
    day: '2026-08-05',
    says: `
google/gemini-3-flash-preview | input 0.5 output 3 | gemini-3-flash-preview: input 0.5, output 3
google/gemini-3.1-pro-preview | input 2 output 12 | gemini-3-1-pro-preview: input 2, output 12; from 200k: 4, 18
google/gemini-3.5-flash | input 1.5 output 9 cached 0.15 | gemini-3.5-flash: input 1.5, output 9, input_cached 0.15
openrouter/google/gemini-3.1-flash-lite-preview | input 0.25 output 1.5 cached 0.025 | gemini-3.1-flash-lite-preview: input 0.25, output 1.5, input_cached 0.025
`,
  },
  {
    title: 'Mistral: Models',
    url: 'https://docs.mistral.ai/models',
    day: '2026-08-21',
    says: `
mistral/codestral-2508 | input 0.3 output 0.9 | codestral-2508 … releaseDate 2025-07-30 … input 0.3 output 0.9 /M Tokens … input text
mistral/codestral-latest | input 0.3 output 0.9 | codestral-latest … releaseDate 2025-07-30 … input 0.3 output 0.9 /M Tokens … input text
mistral/devstral-2512 | input 0.4 output 2 released 2025-12-09 reads text | devstral-2512 … releaseDate 2025-12-09 … input 0.4 output 2.0 /M Tokens … input text
mistral/devstral-latest | input 0.4 output 2 released 2025-12-09 reads text | devstral-latest … releaseDate 2025-12-09 … input 0.4 output 2.0 /M Tokens … input text
mistral/devstral-medium-latest | input 0.4 output 2 released 2025-12-09 reads text | devstral-medium-latest … releaseDate 2025-12-09 … input 0.4 output 2.0 /M Tokens … input text
mistral/devstral-medium-2507 | input 0.4 output 2 released 2025-07-10 reads text | devstral-medium-2507 … releaseDate 2025-07-10 … input 0.4 output 2.0 /M Tokens … input text
mistral/devstral-small-2507 | input 0.1 output 0.3 released 2025-07-10 reads text | devstral-small-2507 … releaseDate 2025-07-10 … input 0.1 output 0.3 /M Tokens … input text
mistral/labs-devstral-small-2512 | input 0.1 output 0.3 released 2025-12-09 reads text+image | labs-devstral-small-2512 … releaseDate 2025-12-09 … input 0.1 output 0.3 /M Tokens … input text, image
mistral/devstral-small-latest | input 0.1 output 0.3 released 2025-12-09 reads text+image | devstral-small-latest … releaseDate 2025-12-09 … input 0.1 output 0.3 /M Tokens … input text, image
mistral/magistral-medium-2509 | input 2 output 5 | magistral-medium-2509 … releaseDate 2025-09-18 … input 2.0 output 5.0 /M Tokens … input text, image
mistral/magistral-medium-latest | input 2 output 5 | magistral-medium-latest … releaseDate 2025-09-18 … input 2.0 output 5.0 /M Tokens … input text, image
mistral/magistral-small-2509 | input 0.5 output 1.5 | magistral-small-2509 … releaseDate 2025-09-18 … input 0.5 output 1.5 /M Tokens … input text, image
mistral/magistral-small-latest | input 0.5 output 1.5 | magistral-small-latest … releaseDate 2025-09-18 … input 0.5 output 1.5 /M Tokens … input text, image
mistral/ministral-14b-2512 | input 0.2 output 0.2 | ministral-14b-2512 … releaseDate 2025-12-02 … input 0.2 output 0.2 /M Tokens … input text, image
mistral/ministral-14b-latest | input 0.2 output 0.2 | ministral-14b-latest … releaseDate 2025-12-02 … input 0.2 output 0.2 /M Tokens … input text, image
mistral/ministral-3b-2512 | input 0.1 output 0.1 | ministral-3b-2512 … releaseDate 2025-12-02 … input 0.1 output 0.1 /M Tokens … input text, image
mistral/ministral-3b-latest | input 0.1 output 0.1 | ministral-3b-latest … releaseDate 2025-12-02 … input 0.1 output 0.1 /M Tokens … input text, image
mistral/ministral-8b-2512 | input 0.15 output 0.15 | ministral-8b-2512 … releaseDate 2025-12-02 … input 0.15 output 0.15 /M Tokens … input text, image
mistral/ministral-8b-latest | input 0.15 output 0.15 | ministral-8b-latest … releaseDate 2025-12-02 … input 0.15 output 0.15 /M Tokens … input text, image
mistral/mistral-embed-2312 | input 0.1 released 2023-12-11 reads text | mistral-embed-2312 … releaseDate 2023-12-11 … input 0.1 /M Tokens … input text
mistral/mistral-embed | input 0.1 released 2023-12-11 reads text | mistral-embed … releaseDate 2023-12-11 … input 0.1 /M Tokens … input text
mistral/mistral-large-2411 | input 2 output 6 reads text | mistral-large-2411 … releaseDate 2024-11-18 … input 2.0 output 6.0 /M Tokens … input text
mistral/mistral-large-2512 | input 0.5 output 1.5 reads text+image | mistral-large-2512 … releaseDate 2025-12-02 … input 0.5 output 1.5 /M Tokens … input text, image
mistral/mistral-large-latest | input 0.5 output 1.5 reads text+image | mistral-large-latest … releaseDate 2025-12-02 … input 0.5 output 1.5 /M Tokens … input text, image
mistral/mistral-medium-2508 | input 0.4 output 2 released 2025-08-12 reads text+image | mistral-medium-2508 … releaseDate 2025-08-12 … input 0.4 output 2.0 /M Tokens … input text, image
mistral/mistral-medium-2505 | input 0.4 output 2 released 2025-05-07 reads text+image | mistral-medium-2505 … releaseDate 2025-05-07 … input 0.4 output 2.0 /M Tokens … input text, image
mistral/mistral-small-2506 | input 0.1 output 0.3 released 2025-06-20 reads text+image | mistral-small-2506 … releaseDate 2025-06-20 … input 0.1 output 0.3 /M Tokens … input text, image
mistral/pixtral-large-2411 | input 2 output 6 reads text+image | pixtral-large-2411 … releaseDate 2024-11-18 … input 2.0 output 6.0 /M Tokens … input text, image
mistral/pixtral-large-latest | input 2 output 6 reads text+image | pixtral-large-latest … releaseDate 2024-11-18 … input 2.0 output 6.0 /M Tokens … input text, image
mistral/voxtral-small-2507 | input 0.1 output 0.4 | voxtral-small-2507 … releaseDate 2025-07-15 … input 0.1 output 0.4 /M Tokens … input audio, text
mistral/voxtral-small-latest | input 0.1 output 0.4 | voxtral-small-latest … releaseDate 2025-07-15 … input 0.1 output 0.4 /M Tokens … input audio, text
`,
  },
  {
    title: 'Groq: Pricing',
    url: 'https://groq.com/pricing',
    day: '2025-11',
    says: `
groq/llama-3.1-8b-instant | input 0.05 output 0.08 | Llama 3.1 8B Instant 128k | 840 | 0.05 | 0.08
groq/llama-3.3-70b-versatile | input 0.59 output 0.79 | Llama 3.3 70B Versatile 128k | 394 | 0.59 | 0.79
groq/meta-llama/llama-4-scout-17b-16e-instruct | input 0.11 output 0.34 | Llama 4 Scout (17Bx16E) 128k | 594 | 0.11 | 0.34
groq/meta-llama/llama-4-maverick-17b-128e-instruct | input 0.2 output 0.6 | Llama 4 Maverick (17Bx128E) 128k | 562 | 0.20 | 0.60
groq/qwen/qwen3-32b | input 0.29 output 0.59 | Qwen3 32B 131k | 662 | 0.29 | 0.59
groq/openai/gpt-oss-20b | input 0.075 output 0.3 | GPT-OSS 20B 128k | 1,000 | 0.075 | 0.30
groq/openai/gpt-oss-120b | input 0.15 output 0.6 | GPT-OSS 120B 128k | 500 | 0.15 | 0.60
groq/meta-llama/llama-guard-4-12b | input 0.2 | Llama Guard 4 12B 128k | 325 | 0.20 | 0.20
`,
  },
  {
    title: 'Together: Serverless models',
    url: 'https://docs.together.ai/docs/serverless-models',
    day: '2025-11-08',
    says: `
together/meta-llama/Llama-3.3-70B-Instruct-Turbo | window 131072 | meta-llama/Llama-3.3-70B-Instruct-Turbo | 131072 | FP8
together/Qwen/Qwen3-235B-A22B-Thinking-2507 | window 262144 | Qwen/Qwen3-235B-A22B-Thinking-2507 | 262144 | FP8
together/Qwen/Qwen3-235B-A22B-Instruct-2507-tput | window 262144 | Qwen/Qwen3-235B-A22B-Instruct-2507-tput | 262144 | FP8
together/Qwen/Qwen3-Next-80B-A3B-Instruct | window 262144 | Qwen/Qwen3-Next-80B-A3B-Instruct | 262144 | BF16
together/meta-llama/Llama-4-Scout-17B-16E-Instruct | window 1048576 | meta-llama/Llama-4-Scout-17B-16E-Instruct | 1048576 | FP16
together/deepseek-ai/DeepSeek-R1-Distill-Llama-70B | window 131072 | deepseek-ai/DeepSeek-R1-Distill-Llama-70B | 131072 | FP16
together/mistralai/Mistral-Small-24B-Instruct-2501 | window 32768 | mistralai/Mistral-Small-24B-Instruct-2501 | 32768 | FP16
together/google/gemma-3n-E4B-it | window 32768 | google/gemma-3n-E4B-it | 32768 | FP8
together/Qwen/Qwen2.5-VL-72B-Instruct | window 32768 | Qwen/Qwen2.5-VL-72B-Instruct | 32768 | FP8
`,
  },
  {
    title: 'Together: DeepSeek-R1-0528',
    url: 'https://www.together.ai/models/deepseek-r1',
    day: '2026',
    says: `
together/deepseek-ai/DeepSeek-R1 | input 3 output 7 | Pricing: $3 input / $7 output
`,
  },
  {
    title: 'Cohere: Command models',
    url: 'https://docs.cohere.com/docs/models',
    day: '2026-08-20',
    says: `
cohere/command-a-03-2025 | input 2.5 output 10 most 8000 | pricing: { input: 2.50, output: 10.0 } … maxOutputTokens: '8,000'
cohere/command-r-plus-08-2024 | input 2.5 output 10 most 4000 | pricing: { input: 2.50, output: 10.0 } … maxOutputTokens: '4,000'
cohere/command-r-08-2024 | input 0.15 output 0.6 most 4000 | pricing: { input: 0.15, output: 0.60 } … maxOutputTokens: '4,000'
cohere/command-r7b-12-2024 | input 0.0375 output 0.15 most 4000 | pricing: { input: 0.0375, output: 0.15 } … maxOutputTokens: '4,000'
cohere/command-a-vision-07-2025 | input - output - most 8000 reads text+image | no pricing … maxOutputTokens: '8,000' … Text, Images
cohere/command-a-reasoning-08-2025 | input - output - most 32000 reads text | no pricing … maxOutputTokens: '32,000' … Text
`,
  },
  {
    title: 'Cohere: Pricing',
    url: 'https://cohere.com/pricing',
    day: '2026',
    says: `
cohere/c4ai-aya-expanse-8b | input 0.5 output 1.5 | Aya Expanse models (8B and 32B) on the API are charged at $0.50/1M tokens for input and $1.50/1M tokens for output.
cohere/c4ai-aya-expanse-32b | input 0.5 output 1.5 | Aya Expanse models (8B and 32B) on the API are charged at $0.50/1M tokens for input and $1.50/1M tokens for output.
`,
  },
  {
    title: 'Cohere: Release notes',
    url: 'https://docs.cohere.com/changelog',
    day: '2026-08-20',
    says: `
cohere/command-r-08-2024 | released 2024-08-30 | 2024-08-30 Command models get an August refresh
cohere/command-r-plus-08-2024 | released 2024-08-30 | 2024-08-30 Command models get an August refresh
cohere/command-a-03-2025 | released 2025-03-13 | 2025-03-13 The new Command A
cohere/command-a-vision-07-2025 | released 2025-07-31 | 2025-07-31 Announcing Command A Vision
cohere/command-a-reasoning-08-2025 | released 2025-08-21 | 2025-08-21 Command A Reasoning
cohere/command-a-translate-08-2025 | released 2025-08-28 | 2025-08-28 Command A Translate
`,
  },
  {
    title: 'Fireworks: Serverless pricing',
    url: 'https://docs.fireworks.ai/serverless/pricing',
    day: '2026',
    says: `
fireworks/accounts/fireworks/models/kimi-k2p5 | input 0.6 output 3 cached 0.1 | Kimi K2.5 | $0.60 | $0.10 | $3.00
fireworks/accounts/fireworks/models/deepseek-v3p1 | input 0.56 output 1.68 | DeepSeek V3 family | $0.56 | $0.28 | $1.68
fireworks/accounts/fireworks/models/deepseek-v3p2 | input 0.56 output 1.68 cached 0.28 | DeepSeek V3 family | $0.56 | $0.28 | $1.68
fireworks/accounts/fireworks/models/glm-4p7 | input 0.6 output 2.2 cached 0.3 | GLM 4.7 | $0.60 | $0.30 | $2.20
fireworks/accounts/fireworks/models/gpt-oss-120b | input 0.15 output 0.6 cached - | OpenAI GPT OSS 120B | $0.15 | $0.015 | $0.60
fireworks/accounts/fireworks/models/gpt-oss-20b | input 0.07 output 0.3 cached 0.035 | OpenAI GPT OSS 20B | $0.07 | $0.035 | $0.30
`,
  },
  {
    title: 'OpenRouter: pages of its models',
    url: 'https://openrouter.ai/models',
    day: '2026',
    says: `
openrouter/anthropic/claude-opus-4.5 | input 5 output 25 window 200000 | Created Nov 24, 2025 200,000 context $5/M input tokens $25/M output tokens
openrouter/openai/gpt-5-pro | input 15 output 120 window 400000 | Created Oct 6, 2025 400,000 context $15/M input tokens $120/M output tokens
openrouter/cohere/command-r7b-12-2024 | input 0.0375 output 0.15 window 128000 | Created Dec 14, 2024 128,000 context $0.0375/M input tokens $0.15/M output tokens
openrouter/anthropic/claude-opus-4.7-fast | input 30 output 150 window 1000000 | $30 / $150 per 1M … Context 1M
openrouter/openai/gpt-5.4-pro | input 30 output 180 | $30 / $180 per 1M
`,
  },
]

/**
 * Figures of LiteLLM's `model_prices_and_context_window.json` of 2026-08-06 (MIT), which people keep by hand after the
 * providers' pages: a third source beside the two that are used. Per line: id, USD per million tokens for input, output
 * and cached input, context window, max output tokens; `-` where it says nothing, or what is set aside below.
 */
export const QUOTED_FIGURES = `
openai/gpt-4-0613 30 60 - 8192 -
openai/gpt-4 30 60 - 8192 -
openai/gpt-3.5-turbo 0.5 1.5 - 16385 4096
openai/gpt-5.2-codex 1.75 14 0.175 - 128000
openai/gpt-3.5-turbo-instruct 1.5 2 - - -
openai/gpt-3.5-turbo-instruct-0914 1.5 2 - - -
openai/gpt-4-1106-preview 10 30 - - -
openai/gpt-3.5-turbo-1106 1 2 - - -
openai/text-embedding-3-small 0.02 - - - -
openai/text-embedding-3-large 0.13 - - - -
openai/gpt-4-0125-preview 10 30 - - -
openai/gpt-4-turbo-preview 10 30 - - -
openai/gpt-3.5-turbo-0125 0.5 1.5 - - -
openai/gpt-4-turbo 10 30 - 128000 4096
openai/gpt-4-turbo-2024-04-09 10 30 - 128000 4096
openai/gpt-4o 2.5 10 1.25 128000 16384
openai/gpt-4o-2024-05-13 5 15 - 128000 4096
openai/gpt-4o-mini-2024-07-18 0.15 0.6 0.075 128000 16384
openai/gpt-4o-mini 0.15 0.6 0.075 128000 16384
openai/gpt-4o-2024-08-06 2.5 10 1.25 128000 16384
openai/chatgpt-4o-latest 5 15 - - -
openai/o1-2024-12-17 15 60 7.5 200000 100000
openai/o1 15 60 7.5 200000 100000
openai/o3-mini 1.1 4.4 0.55 200000 100000
openai/o3-mini-2025-01-31 1.1 4.4 0.55 200000 100000
openai/gpt-4o-2024-11-20 2.5 10 1.25 128000 16384
openai/gpt-4o-search-preview-2025-03-11 2.5 10 - - -
openai/gpt-4o-search-preview 2.5 10 - - -
openai/gpt-4o-mini-search-preview-2025-03-11 0.15 0.6 - - -
openai/gpt-4o-mini-search-preview 0.15 0.6 - - -
openai/o1-pro-2025-03-19 150 600 - 200000 100000
openai/o1-pro 150 600 - 200000 100000
openai/o3-2025-04-16 2 8 0.5 200000 100000
openai/o4-mini-2025-04-16 1.1 4.4 0.275 200000 100000
openai/o3 2 8 0.5 200000 100000
openai/o4-mini 1.1 4.4 0.275 200000 100000
openai/gpt-4.1-2025-04-14 2 8 0.5 1047576 32768
openai/gpt-4.1 2 8 0.5 1047576 32768
openai/gpt-4.1-mini-2025-04-14 0.4 1.6 0.1 1047576 32768
openai/gpt-4.1-mini 0.4 1.6 0.1 1047576 32768
openai/gpt-4.1-nano-2025-04-14 0.1 0.4 0.025 1047576 32768
openai/gpt-4.1-nano 0.1 0.4 0.025 1047576 32768
openai/codex-mini-latest 1.5 6 0.375 200000 100000
openai/o3-pro 20 80 - 200000 100000
openai/o3-pro-2025-06-10 20 80 - 200000 100000
openai/o4-mini-deep-research 2 8 0.5 200000 100000
openai/o3-deep-research 10 40 2.5 200000 100000
openai/o3-deep-research-2025-06-26 10 40 2.5 - -
openai/o4-mini-deep-research-2025-06-26 2 8 0.5 - -
openai/gpt-5-chat-latest 1.25 10 - - -
openai/gpt-5-2025-08-07 1.25 10 0.125 - 128000
openai/gpt-5 1.25 10 0.125 - 128000
openai/gpt-5-mini-2025-08-07 0.25 2 0.025 - 128000
openai/gpt-5-mini 0.25 2 0.025 - 128000
openai/gpt-5-nano-2025-08-07 0.05 0.4 0.005 - 128000
openai/gpt-5-nano 0.05 0.4 0.005 - 128000
openai/gpt-5-codex 1.25 10 0.125 - 128000
openai/gpt-5-pro-2025-10-06 15 120 - 400000 -
openai/gpt-5-pro 15 120 - 400000 -
openai/gpt-5.1-chat-latest 1.25 10 0.125 128000 16384
openai/gpt-5.1-2025-11-13 1.25 10 0.125 - 128000
openai/gpt-5.1 1.25 10 0.125 - 128000
openai/gpt-5.1-codex 1.25 10 0.125 - 128000
openai/gpt-5.1-codex-mini 0.25 2 0.025 - 128000
openai/gpt-5.1-codex-max 1.25 10 0.125 - 128000
openai/gpt-5.2-2025-12-11 1.75 14 0.175 - 128000
openai/gpt-5.2 1.75 14 0.175 - 128000
openai/gpt-5.2-pro-2025-12-11 21 168 - - 128000
openai/gpt-5.2-pro 21 168 - - 128000
openai/gpt-5.2-chat-latest 1.75 14 0.175 128000 16384
openai/gpt-3.5-turbo-16k 3 4 - - -
openai/text-embedding-ada-002 0.1 - - - -
anthropic/claude-opus-4-6 5 25 0.5 - 128000
anthropic/claude-opus-4-5-20251101 5 25 0.5 200000 64000
anthropic/claude-haiku-4-5-20251001 1 5 0.1 200000 64000
anthropic/claude-sonnet-4-5-20250929 3 15 0.3 200000 64000
anthropic/claude-opus-4-1-20250805 15 75 1.5 200000 32000
anthropic/claude-opus-4-20250514 15 75 1.5 200000 32000
anthropic/claude-sonnet-4-20250514 3 15 0.3 - 64000
anthropic/claude-3-7-sonnet-20250219 3 15 0.3 200000 64000
anthropic/claude-3-haiku-20240307 0.25 1.25 0.03 200000 4096
google/gemini-2.5-flash 0.3 2.5 0.03 - -
google/gemini-2.5-pro 1.25 10 0.125 - -
google/gemini-2.0-flash 0.1 0.4 0.025 - -
google/gemini-2.0-flash-lite 0.075 0.3 - - -
google/gemini-2.5-flash-lite 0.1 0.4 0.01 - -
google/gemini-3-pro-preview 2 12 0.2 - -
google/gemini-3-flash-preview 0.5 3 0.05 - -
google/gemini-3.1-pro-preview 2 12 0.2 - -
google/gemini-3.1-flash-lite 0.25 1.5 0.025 - -
google/gemini-3.5-flash 1.5 9 0.15 - -
google/gemini-embedding-001 0.15 - - - -
google/gemini-embedding-2 0.2 - - - -
mistral/mistral-medium-2505 0.4 2 - - -
mistral/mistral-medium-2508 0.4 2 - - -
mistral/mistral-large-2411 2 6 - - -
mistral/pixtral-large-2411 2 6 - - -
mistral/pixtral-large-latest 2 6 - - -
mistral/codestral-2508 0.3 0.9 - - -
mistral/devstral-small-2507 0.1 0.3 - - -
mistral/devstral-medium-2507 0.4 2 - - -
mistral/devstral-2512 0.4 2 - - -
mistral/devstral-medium-latest 0.4 2 - - -
mistral/devstral-latest 0.4 2 - - -
mistral/labs-devstral-small-2512 0.1 0.3 - - -
mistral/devstral-small-latest 0.1 0.3 - - -
mistral/magistral-medium-2509 2 5 - - -
mistral/magistral-medium-latest 2 5 - - -
mistral/magistral-small-latest 0.5 1.5 - - -
mistral/mistral-large-2512 0.5 1.5 - - -
mistral/mistral-large-latest 0.5 1.5 - - -
mistral/ministral-8b-2512 0.15 0.15 - - -
mistral/ministral-8b-latest 0.15 0.15 - - -
mistral/mistral-embed 0.1 - - - -
groq/llama-3.1-8b-instant 0.05 0.08 - - -
groq/meta-llama/llama-4-maverick-17b-128e-instruct 0.2 0.6 - - -
groq/moonshotai/kimi-k2-instruct-0905 1 3 0.5 - -
groq/llama-3.3-70b-versatile 0.59 0.79 - - -
groq/qwen/qwen3-32b 0.29 0.59 - - -
groq/meta-llama/llama-4-scout-17b-16e-instruct 0.11 0.34 - - -
groq/openai/gpt-oss-20b 0.075 0.3 0.0375 - -
groq/meta-llama/llama-guard-4-12b 0.2 - - - -
groq/openai/gpt-oss-120b 0.15 0.6 0.075 - -
cohere/command-r-08-2024 0.15 0.6 - - -
cohere/command-r7b-12-2024 0.0375 0.15 - - -
cohere/embed-v4.0 0.12 - - - -
cohere/command-a-03-2025 2.5 10 - - 8000
cohere/command-r-plus-08-2024 2.5 10 - - -
fireworks/accounts/fireworks/models/deepseek-r1-0528 3 8 - - -
fireworks/accounts/fireworks/models/deepseek-v3-0324 0.9 0.9 - - -
fireworks/accounts/fireworks/models/deepseek-v3p1 0.56 1.68 - - -
fireworks/accounts/fireworks/models/deepseek-v3p2 0.56 1.68 - - -
fireworks/accounts/fireworks/models/glm-4p5 0.55 2.19 - - -
fireworks/accounts/fireworks/models/glm-4p6 0.55 2.19 - - -
fireworks/accounts/fireworks/models/glm-4p7 0.6 2.2 0.3 - -
fireworks/accounts/fireworks/models/gpt-oss-120b 0.15 0.6 - - -
fireworks/accounts/fireworks/models/gpt-oss-20b 0.07 0.3 0.035 - -
fireworks/accounts/fireworks/models/kimi-k2-thinking 0.6 2.5 - - -
fireworks/accounts/fireworks/models/kimi-k2p5 0.6 3 0.1 - -
fireworks/accounts/fireworks/models/minimax-m2 0.3 1.2 - - -
fireworks/accounts/fireworks/models/minimax-m2p1 0.3 1.2 - - -
fireworks/accounts/fireworks/models/qwen3-235b-a22b 0.22 0.88 - - -
fireworks/accounts/fireworks/models/qwen3-coder-480b-a35b-instruct 0.45 1.8 - - -
together/Qwen/Qwen3.5-397B-A17B 0.6 3.6 - - -
together/moonshotai/Kimi-K2.5 0.5 2.8 - - -
together/openai/gpt-oss-120b 0.15 0.6 - - -
together/openai/gpt-oss-20b 0.05 0.2 - - -
together/deepseek-ai/DeepSeek-R1 3 7 - - -
together/deepseek-ai/DeepSeek-V3.1 0.6 1.7 - - -
together/Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8 2 2 - - -
together/meta-llama/Llama-3.3-70B-Instruct-Turbo 0.88 0.88 - - -
together/Qwen/Qwen3-235B-A22B-Thinking-2507 0.65 3 - - -
together/mistralai/Mixtral-8x7B-Instruct-v0.1 0.6 0.6 - - -
together/meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo 0.88 0.88 - - -
together/zai-org/GLM-4.7 0.45 2 - - -
together/Qwen/Qwen3-Next-80B-A3B-Thinking 0.15 1.5 - - -
together/zai-org/GLM-4.5-Air-FP8 0.2 1.1 - - -
together/Qwen/Qwen3-Next-80B-A3B-Instruct 0.15 1.5 - - -
together/meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8 0.27 0.85 - - -
together/zai-org/GLM-4.6 0.6 2.2 - - -
together/meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo 0.18 0.18 - - -
together/meta-llama/Llama-4-Scout-17B-16E-Instruct 0.18 0.59 - - -
openrouter/google/gemini-3.1-flash-lite 0.25 1.5 - - -
openrouter/anthropic/claude-opus-4.7 5 25 - - -
openrouter/google/gemini-3.1-flash-lite-preview 0.25 1.5 - - -
openrouter/google/gemini-3.1-pro-preview 2 12 - - -
openrouter/anthropic/claude-sonnet-4.6 3 15 - - -
openrouter/anthropic/claude-opus-4.6 5 25 - - -
openrouter/openai/gpt-5.2-codex 1.75 14 - - -
openrouter/google/gemini-3-flash-preview 0.5 3 - - -
openrouter/openai/gpt-5.2-chat 1.75 14 - - -
openrouter/openai/gpt-5.2-pro 21 168 - - -
openrouter/openai/gpt-5.2 1.75 14 - - -
openrouter/openai/gpt-5.1-codex-max 1.25 10 - - -
openrouter/mistralai/ministral-14b-2512 0.2 0.2 - - -
openrouter/mistralai/ministral-8b-2512 0.15 0.15 - - -
openrouter/mistralai/ministral-3b-2512 0.1 0.1 - - -
openrouter/mistralai/mistral-large-2512 0.5 1.5 - - -
openrouter/anthropic/claude-opus-4.5 5 25 - - -
openrouter/anthropic/claude-haiku-4.5 1 5 - - -
openrouter/anthropic/claude-sonnet-4.5 3 15 - - -
openrouter/openai/gpt-5 1.25 10 - - -
openrouter/openai/gpt-5-mini 0.25 2 - - -
openrouter/openai/gpt-5-nano 0.05 0.4 - - -
openrouter/anthropic/claude-opus-4.1 15 75 - - -
openrouter/google/gemini-2.5-flash 0.3 2.5 - - -
openrouter/google/gemini-2.5-pro 1.25 10 - - -
openrouter/anthropic/claude-opus-4 15 75 - - -
openrouter/anthropic/claude-sonnet-4 3 15 - - -
openrouter/openai/gpt-4.1 2 8 - - -
openrouter/openai/gpt-4.1-mini 0.4 1.6 - - -
openrouter/openai/gpt-4.1-nano 0.1 0.4 - - -
openrouter/openai/o3-mini-high 1.1 4.4 - - -
openrouter/openai/o3-mini 1.1 4.4 - - -
openrouter/openai/o1 15 60 - - -
openrouter/openai/gpt-4o 2.5 10 - - -
openrouter/openai/gpt-4o-2024-05-13 5 15 - - -
openrouter/anthropic/claude-3-haiku 0.25 1.25 - - -
openrouter/openai/gpt-3.5-turbo-16k 3 4 - - -
openrouter/openai/gpt-4 30 60 - - -
`

/**
 * Where that list says otherwise than we do: who is right, and by what. Per figure: id, field, theirs.
 */
export const SET_ASIDE: readonly { why: string; figures: string }[] = [
  {
    why: 'OpenAI’s pages say 400,000 context window; theirs is what may be read of it, less an answer of 128,000',
    figures: `
openai/gpt-5 window 272000
openai/gpt-5-2025-08-07 window 272000
openai/gpt-5-mini window 272000
openai/gpt-5-mini-2025-08-07 window 272000
openai/gpt-5-nano window 272000
openai/gpt-5-nano-2025-08-07 window 272000
openai/gpt-5-codex window 272000
openai/gpt-5.1 window 272000
openai/gpt-5.1-2025-11-13 window 272000
openai/gpt-5.1-codex window 272000
openai/gpt-5.1-codex-mini window 272000
openai/gpt-5.1-codex-max window 272000
openai/gpt-5.2 window 272000
openai/gpt-5.2-2025-12-11 window 272000
openai/gpt-5.2-pro window 272000
openai/gpt-5.2-pro-2025-12-11 window 272000
openai/gpt-5.2-codex window 272000`,
  },
  {
    why: 'OpenAI’s page of this very model says 272,000 max output tokens',
    figures: `
openai/gpt-5-pro most 128000
openai/gpt-5-pro-2025-10-06 most 128000`,
  },
  {
    why: 'They were right and models.dev wrong: unknown now, see known-mistakes.ts',
    figures: `
openai/gpt-5-chat-latest window 128000
openai/gpt-5-chat-latest most 16384
fireworks/accounts/fireworks/models/gpt-oss-120b cached 0.015
fireworks/accounts/fireworks/models/minimax-m2p1 cached 0.03
fireworks/accounts/fireworks/models/kimi-k2-thinking window 262144
openrouter/qwen/qwen3-235b-a22b-thinking-2507 most 262144`,
  },
  {
    why: 'Both wrong: OpenAI’s guide says 8192 for all three, and its prices of searching models none for cached input',
    figures: `
openai/text-embedding-3-small window 8191
openai/text-embedding-3-large window 8191
openai/text-embedding-ada-002 window 8191
openai/gpt-4o-mini-search-preview cached 0.075
openai/gpt-4o-mini-search-preview-2025-03-11 cached 0.075`,
  },
  {
    why: 'On the day of the list 200K was the window and 1M a beta behind a header, by Anthropic’s overview',
    figures: `
anthropic/claude-opus-4-6 window 1000000
anthropic/claude-sonnet-4-20250514 window 1000000`,
  },
  {
    why: 'The name moved on since the list, which says what it stood for: Medium 3.1, Codestral 2508, Small 3.2',
    figures: `
mistral/mistral-medium-latest input 1.5
mistral/mistral-medium-latest output 7.5
mistral/mistral-medium input 2.7
mistral/mistral-medium output 8.1
mistral/codestral-latest input 1
mistral/codestral-latest output 3
mistral/mistral-small-latest input 0.06
mistral/mistral-small-latest output 0.18`,
  },
  {
    why: 'Google pointed the name at another model in January 2026: unknown now',
    figures: `
google/gemini-flash-latest input 0.3
google/gemini-flash-lite-latest input 0.1`,
  },
  {
    why: 'Cohere’s pages of these say maxOutputTokens 4,000',
    figures: `
cohere/command-r-08-2024 most 4096
cohere/command-r7b-12-2024 most 4096
cohere/command-r-plus-08-2024 most 4096`,
  },
  {
    why: 'A slip of theirs: Together’s own list and models.dev say 0.60',
    figures: `
together/Qwen/Qwen3-235B-A22B-Instruct-2507-tput output 6`,
  },
  {
    why: 'OpenRouter’s own word of the day: what open weights cost there changes with who serves them',
    figures: `
openrouter/openai/gpt-oss-120b input 0.18
openrouter/openai/gpt-oss-20b input 0.02
openrouter/mistralai/mixtral-8x22b-instruct input 0.65
openrouter/mistralai/mistral-large input 8
openrouter/openai/gpt-3.5-turbo input 1.5`,
  },
]

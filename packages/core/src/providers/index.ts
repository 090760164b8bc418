import type { Provider } from '../provider.ts'
import { anthropic } from './anthropic.ts'
import { cohere } from './cohere.ts'
import { fireworks } from './fireworks.ts'
import { google } from './google.ts'
import { groq } from './groq.ts'
import { mistral } from './mistral.ts'
import { openai } from './openai.ts'
import { openrouter } from './openrouter.ts'
import { together } from './together.ts'

/** The registry. Its order is the order of every answer. */
export const PROVIDERS: readonly Provider[] = [
  openai,
  anthropic,
  google,
  mistral,
  groq,
  together,
  cohere,
  fireworks,
  openrouter,
]

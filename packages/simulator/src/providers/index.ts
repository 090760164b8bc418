import type { SimulatedProvider } from '../simulated-provider.ts'
import type { StandIn } from '../stand-in.ts'
import { anthropic } from './anthropic.ts'
import { cohere } from './cohere.ts'
import { fireworks } from './fireworks.ts'
import { google } from './google.ts'
import { groq } from './groq.ts'
import { mistral } from './mistral.ts'
import { openai } from './openai.ts'
import { openrouter } from './openrouter.ts'
import { together } from './together.ts'

export const standIns: Record<SimulatedProvider, StandIn> = {
  openai,
  anthropic,
  google,
  mistral,
  groq,
  together,
  cohere,
  fireworks,
  openrouter,
}

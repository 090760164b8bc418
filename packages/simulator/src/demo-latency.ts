import type { SimulatedProvider } from './simulated-provider.ts'

/** Milliseconds before a provider's first byte, as unequal as in real life: for showing, not for tests. */
export const DEMO_LATENCY_MS: Readonly<Record<SimulatedProvider, number>> = {
  openai: 420,
  anthropic: 310,
  google: 380,
  mistral: 250,
  groq: 140,
  together: 640,
  cohere: 290,
  fireworks: 520,
  openrouter: 870,
}

/** As models answer in real life: slowly enough to be watched, and stopped. */
export const DEMO_PACE = { firstTokenMs: 300, tokenMs: 15 }

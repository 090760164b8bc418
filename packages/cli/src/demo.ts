import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import { readEnvironment, type Settings } from './environment.ts'

/** As unequal as in real life. */
const DEMO_LATENCY_MS = {
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

/** The simulator in this very process, with keys that it accepts. */
export async function startDemo(): Promise<{ settings: Settings; close: () => Promise<void> }> {
  const { createSimulator } = await import('@rollcall/simulator')
  const simulator = await createSimulator({ latencyMs: DEMO_LATENCY_MS })
  const environment: Record<string, string> = {}
  for (const { key, keyVariables } of PROVIDERS) {
    const name = key as keyof typeof simulator.keys
    environment[keyVariables[0]] = simulator.keys[name]
    environment[baseUrlVariable(key)] = simulator.bases[name]
  }
  return { settings: readEnvironment(environment), close: () => simulator.close() }
}

import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import { readEnvironment, type Settings } from './environment.ts'

/** The simulator in this very process, with keys that it accepts. */
export async function startDemo(): Promise<{ settings: Settings; close: () => Promise<void> }> {
  const { createSimulator, DEMO_LATENCY_MS, DEMO_PACE } = await import('@rollcall/simulator')
  const simulator = await createSimulator({ latencyMs: DEMO_LATENCY_MS, ...DEMO_PACE })
  const environment: Record<string, string> = {}
  for (const { key, keyVariables } of PROVIDERS) {
    const name = key as keyof typeof simulator.keys
    environment[keyVariables[0]] = simulator.keys[name]
    environment[baseUrlVariable(key)] = simulator.bases[name]
  }
  environment.ROLLCALL_CATALOGUE_URL = simulator.catalogueUrl
  return { settings: readEnvironment(environment), close: () => simulator.close() }
}

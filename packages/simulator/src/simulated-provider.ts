export const SIMULATED_PROVIDERS = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'groq',
  'together',
  'cohere',
  'fireworks',
  'openrouter',
] as const

export type SimulatedProvider = (typeof SIMULATED_PROVIDERS)[number]

export function isSimulatedProvider(value: string): value is SimulatedProvider {
  return (SIMULATED_PROVIDERS as readonly string[]).includes(value)
}

/** One value per provider, in the order of SIMULATED_PROVIDERS. */
export function perProvider<Value>(
  make: (provider: SimulatedProvider) => Value,
): Record<SimulatedProvider, Value> {
  const pairs = SIMULATED_PROVIDERS.map((provider) => [provider, make(provider)] as const)
  return Object.fromEntries(pairs) as Record<SimulatedProvider, Value>
}

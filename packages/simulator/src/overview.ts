import { standIns } from './providers/index.ts'
import { SIMULATED_PROVIDERS } from './simulated-provider.ts'
import type { Simulator } from './simulator.ts'

/** What runs where, and the lines that point a shell at it. */
export function overview(simulator: Simulator): string {
  const lines = SIMULATED_PROVIDERS.map((provider) => `  ${provider.padEnd(11)}${simulator.bases[provider]}`)
  return [
    'Rollcall simulator: nine providers and their bad days. No real key is needed or wanted.',
    '',
    ...lines,
    `  ${'control'.padEnd(11)}${simulator.controlUrl}`,
    `  ${'catalogue'.padEnd(11)}${simulator.catalogueUrl}`,
    '',
    ...exportLines(simulator),
    '',
  ].join('\n')
}

export function exportLines(simulator: Simulator): string[] {
  return SIMULATED_PROVIDERS.flatMap((provider) => [
    `export ROLLCALL_${provider.toUpperCase()}_BASE_URL=${simulator.bases[provider]}`,
    `export ${standIns[provider].keyVariable}=${simulator.keys[provider]}`,
  ])
}

import type { Provider } from '@rollcall/core'

/** Nothing to ask is not a failure: it says which variables would change that. */
export function toNoKeysText(providers: readonly Provider[], areNamed: boolean): string {
  const variables = providers.map(({ keyVariables }) => keyVariables.join(' or '))
  const wide = Math.max(...variables.map((names) => names.length))
  return [
    `No API key is set${areNamed ? ` for ${providers.map(({ name }) => name).join(', ')}` : ''}, so no provider was asked. Set one or more of these and run it again:`,
    '',
    ...providers.map(({ keysUrl }, index) => `  ${(variables[index] ?? '').padEnd(wide)}  ${keysUrl}`),
    '',
    'Or look around without a key: rollcall models --demo',
    '',
  ].join('\n')
}

import { PROVIDERS, type Provider } from '@rollcall/core'
import { visible } from '@rollcall/core/visible-text'
import { knownProviders } from '../models-options.ts'
import { UsageError } from '../usage-error.ts'

/** Whose model it is; undefined where nobody is known by that name. */
export function findProvider(modelId: string): Provider | undefined {
  return PROVIDERS.find(({ key }) => modelId.startsWith(`${key}/`))
}

export function providerOf(modelId: string): Provider {
  const provider = findProvider(modelId)
  if (provider) return provider
  throw new UsageError(`The provider of ${visible(modelId)} is not known. ${knownProviders()}`)
}

/** Names the variable that would change it. */
export function noKeySentence({ name, keyVariables, keysUrl }: Provider): string {
  return `No ${name} API key is set: set ${keyVariables.join(' or ')} (${keysUrl}).`
}

import { type ProviderInfo, problemOfModelId } from '@rollcall/core/schema'
import type { ListedKey } from './listed-keys.ts'

/** Why no list has a model, and what can be done about it. */
export interface NotListed {
  sentence: string
  isAsking: boolean
  /** Of the provider a key can be added for, or replaced. */
  addKeyOf?: string
}

export function whyNotListed(
  id: string,
  {
    keys,
    providers,
    isLoading,
  }: {
    keys: readonly ListedKey[]
    providers: readonly ProviderInfo[]
    /** It is not even known which keys there are. */
    isLoading: boolean
  },
): NotListed {
  const problem = problemOfModelId(id)
  if (problem !== undefined) return { sentence: `This is no model id: it ${problem}.`, isAsking: false }
  if (isLoading) return { sentence: 'Models are being loaded.', isAsking: true }
  const prefix = id.slice(0, id.indexOf('/'))
  const provider = providers.find(({ provider_key }) => provider_key === prefix)
  if (!provider) return { sentence: 'No provider of that name is known here.', isAsking: false }
  const own = keys.filter(({ provider_key }) => provider_key === prefix)
  if (own.length === 0) {
    return { sentence: `You have no ${provider.name} key.`, isAsking: false, addKeyOf: prefix }
  }
  if (own.some((key) => key.isAsking)) {
    return { sentence: `${provider.name} is still being asked.`, isAsking: true }
  }
  const failed = own.find(({ state }) => state.status?.status === 'failed')
  if (failed) {
    const sentence = failed.state.sentence ?? `${provider.name}: ${failed.state.words}.`
    const isRejected = failed.state.status?.code === 'key_rejected'
    return { sentence, isAsking: false, ...(isRejected ? { addKeyOf: prefix } : {}) }
  }
  return { sentence: `${provider.name} does not list it for your key now.`, isAsking: false }
}

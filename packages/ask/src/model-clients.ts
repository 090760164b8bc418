import { AsyncLocalStorage } from 'node:async_hooks'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Provider } from '@rollcall/core'
import { chatClientOf } from './chat-clients.ts'

/** The clients want one; the real key meets the request in guarded-fetch.ts, and they never hold it. */
const NO_KEY = 'set-elsewhere'
/** Ids of models are whatever people type. */
const MOST_CLIENTS = 200

type CallOptions = Parameters<LanguageModelV4['doStream']>[0]

/** One client for each model that is asked: making one compiles its schemas. What it fetches with is each call's own. */
export function createModelClients() {
  const clients = new Map<string, Promise<LanguageModelV4>>()
  const fetchOfCall = new AsyncLocalStorage<typeof fetch>()
  const fetchOnce: typeof fetch = async (...request) => {
    const guarded = fetchOfCall.getStore()
    if (!guarded) throw new Error('a client fetches outside of a call')
    return guarded(...request)
  }

  return {
    /** Of a model under a provider's base, or the one in its place. */
    get(provider: Provider, ownBase: string | undefined, nativeModelId: string) {
      const { base, load, providerOptions } = chatClientOf(provider, ownBase)
      const id = `${provider.key} ${base} ${nativeModelId}`
      const known = clients.get(id)
      const client =
        known ??
        load().then((create) => create({ baseURL: base, apiKey: NO_KEY, fetch: fetchOnce }, nativeModelId))
      if (!known) {
        if (clients.size >= MOST_CLIENTS) clients.clear()
        clients.set(id, client)
        client.catch(() => clients.delete(id))
      }
      return {
        base,
        async stream(guarded: typeof fetch, options: CallOptions) {
          const made = await client
          const call = { ...options, ...(providerOptions ? { providerOptions } : {}) }
          return fetchOfCall.run(guarded, () => made.doStream(call))
        },
      }
    },
  }
}

export type ModelClients = ReturnType<typeof createModelClients>

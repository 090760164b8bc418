import type { ApiKey } from '@rollcall/core'
import type { Model, RunFailure } from '@rollcall/core/schema'
import { LRUCache } from 'lru-cache'
import type { EnrichedLists } from '../facts/enriched-lists.ts'
import { openKey } from '../keys/open-key.ts'
import type { Vault } from '../keys/vault.ts'
import type { AvailableModelsPath } from '../models/available-models.ts'
import type { KeyState } from '../models/list-store.ts'
import type { AskedProvider } from '../models/provider-config.ts'
import type { ReadKeys } from './remembered-keys.ts'

/** Of lists that were read to find a model; in memory they are some five times as large. */
const MEMORY_CHARS = 8 * 1024 * 1024

export interface ChooseKeyPorts {
  path: Pick<AvailableModelsPath, 'partOf'>
  facts: Pick<EnrichedLists, 'ofModels'>
  readKeys: ReadKeys
  vault: Vault
  providers: ReadonlyMap<string, AskedProvider>
}

export interface ChosenKey {
  asked: AskedProvider
  /** Being opened; this waits for nobody. */
  key: Promise<ApiKey | RunFailure>
  /** The model as its provider knows it. */
  nativeModelId: string
  /** Reads what is known of it: where no list holds it, as of a key that was just saved, what others say of this id. */
  readKnown(): Promise<Model | undefined>
}

/** With which of a user's keys a model is asked. Nobody is asked for a list: what is known by now decides. */
export function createChooseKey({ path, facts, readKeys, vault, providers }: ChooseKeyPorts) {
  const read = new LRUCache<string, ReadonlyMap<string, Model>>({
    maxSize: MEMORY_CHARS,
    sizeCalculation: (_, text) => text.length,
  })

  function modelsOf(text: string): ReadonlyMap<string, Model> {
    const before = read.get(text)
    if (before) return before
    const models = new Map((JSON.parse(text) as Model[]).map((model) => [model.id, model]))
    read.set(text, models)
    return models
  }

  async function modelWith(state: KeyState | undefined, id: string): Promise<Model | undefined> {
    const part = state && (await path.partOf(state, false))
    return part && modelsOf(part.models).get(id)
  }

  async function modelWithoutList(id: string): Promise<Model | undefined> {
    const [model] = JSON.parse(await facts.ofModels([{ id, name: id }])) as Model[]
    return model
  }

  /** The key whose list offers the model, else one that was not rejected: the one without a label, or the first. */
  async function choose(states: readonly KeyState[], id: string): Promise<KeyState | undefined> {
    if (states.length > 1) {
      const models = await Promise.all(states.map((state) => modelWith(state, id)))
      const offering = states.find((_, index) => models[index])
      if (offering) return offering
    }
    const good = states.filter(({ known }) => known.trouble?.code !== 'key_rejected')
    const usable = good.length > 0 ? good : states
    return usable.find(({ label }) => label === null) ?? usable[0]
  }

  async function open(state: KeyState): Promise<ApiKey | RunFailure> {
    const key = await openKey(vault, state)
    return (
      key ??
      failure(
        'key_unreadable',
        `The saved ${state.asked.provider.name} key cannot be opened with this server's master key: save it again in Settings.`,
      )
    )
  }

  return async (userId: string, modelId: string): Promise<ChosenKey | RunFailure> => {
    const slash = modelId.indexOf('/')
    const name = modelId.slice(0, slash)
    const asked = providers.get(name)
    if (!asked) {
      const known = [...providers.keys()].join(', ')
      return failure('no_key', `"${name}" is no provider that can be asked; there are: ${known}.`)
    }
    const states = (await readKeys(userId)).filter((one) => one.asked === asked)
    const state = await choose(states, modelId)
    if (!state) return failure('no_key', `No ${asked.provider.name} API key is saved: add one in Settings.`)
    const key = open(state)
    key.catch(() => {}) // whoever waits for it hears of it; nobody does where the run is refused
    return {
      asked,
      key,
      nativeModelId: modelId.slice(slash + 1),
      readKnown: async () => (await modelWith(state, modelId)) ?? modelWithoutList(modelId),
    }
  }
}

export type ChooseKey = ReturnType<typeof createChooseKey>

function failure(code: RunFailure['code'], message: string): RunFailure {
  return { code, message, http_status: null, retry_at: null }
}

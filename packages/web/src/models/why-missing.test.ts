import type {
  FailureCode,
  ListStatus,
  Model,
  ModelMark,
  ProviderStatus,
  StoredKey,
} from '@rollcall/core/schema'
import { createModelIndex } from '@rollcall/core/select-models'
import { describe, expect, it } from 'vitest'
import type { KnownModels } from './known-models.ts'
import { listedKeys, summaryOfKeys } from './listed-keys.ts'
import { readView } from './model-view.ts'
import { whyMissing } from './why-missing.ts'

const NAMES = { openai: 'OpenAI', groq: 'Groq', mistral: 'Mistral', google: 'Google', cohere: 'Cohere' }
type Key = keyof typeof NAMES

function status(provider_key: Key, state: ListStatus, code: FailureCode | null = null): ProviderStatus {
  return {
    provider_key,
    name: NAMES[provider_key],
    label: null,
    status: state,
    code,
    message: code === null ? null : `${NAMES[provider_key]} has a sentence.`,
    http_status: 200,
    fetched_at: null,
    expires_at: null,
    retry_at: null,
    model_count: 0,
    dropped_count: 0,
  }
}

function stored(provider: Key): StoredKey {
  return {
    provider,
    name: NAMES[provider],
    label: null,
    preview: null,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    is_refreshing: false,
    status: null,
  }
}

const models: Record<'openai' | 'groq', Model[]> = {
  openai: [
    { id: 'openai/gpt-4o', name: 'GPT-4o', kind: 'chat' },
    { id: 'openai/dall-e-3', name: 'DALL·E 3', kind: 'image' },
  ],
  groq: [{ id: 'groq/llama-3.3-70b', name: 'Llama', kind: 'chat' }],
}
const known: KnownModels = {
  providers: (['openai', 'groq'] as const).map((key) => ({
    provider_key: key,
    name: NAMES[key],
    models: models[key],
  })),
  statuses: [
    status('openai', 'fresh'),
    status('groq', 'stale', 'timeout'),
    status('mistral', 'failed', 'key_rejected'),
  ],
  asking: new Map([['google ', 1]]),
  streams: 1,
}
const keys = listedKeys(known, [stored('openai'), stored('groq'), stored('mistral'), stored('google')])
const providers = Object.entries(NAMES).map(([provider_key, name]) => ({ provider_key, name }))
const why = (query: string, marks: readonly ModelMark[] = []) =>
  whyMissing({ index: createModelIndex(known.providers), view: readView(query), marks, keys, providers })
const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name)

describe('why a model is missing', () => {
  it('tells apart who failed, who is being asked, who has no key and who lists nothing like it', () => {
    const reasons = why('?q=claude')
    expect(namesOf(reasons.failed)).toEqual(['Mistral'])
    expect(reasons.failed[0]?.state.sentence).toBe('Mistral has a sentence.')
    expect(namesOf(reasons.asking)).toEqual(['Google'])
    expect(namesOf(reasons.withoutKey)).toEqual(['Cohere'])
    expect(reasons.withoutIt).toEqual([
      { provider_key: 'openai', name: 'OpenAI', count: 2 },
      { provider_key: 'groq', name: 'Groq', count: 1 },
    ])
    expect(reasons.hiddenByFilters).toBe(0)
  })

  it('counts what only the filters exclude, and then blames nobody for not listing it', () => {
    const reasons = why('?q=dall-e&kind=chat')
    expect(reasons.hiddenByFilters).toBe(1)
    expect(reasons.withoutIt).toEqual([])
    expect(reasons.similar).toEqual([])
  })

  it('speaks only of the providers that were chosen', () => {
    const reasons = why('?q=claude&provider=groq,cohere')
    expect(reasons.failed).toEqual([])
    expect(reasons.asking).toEqual([])
    expect(namesOf(reasons.withoutKey)).toEqual(['Cohere'])
    expect(namesOf(reasons.withoutIt)).toEqual(['Groq'])
  })

  it('names what is written alike', () => {
    const reasons = why('?q=gtp-4o')
    expect(reasons.similar).toEqual(['openai/gpt-4o'])
    // whoever lists something alike is not said to list nothing like it
    expect(namesOf(reasons.withoutIt)).toEqual(['Groq'])
  })
})

describe('the keys of the strip', () => {
  it('are all stored ones, or those that were asked as long as the stored are not known', () => {
    expect(namesOf(keys)).toEqual(['OpenAI', 'Groq', 'Mistral', 'Google'])
    expect(namesOf(listedKeys(known, undefined))).toEqual(['OpenAI', 'Groq', 'Mistral'])
    expect(listedKeys(undefined, undefined)).toEqual([])
  })

  it('are worth another try where they failed or are older, not while they are being asked', () => {
    expect(keys.map((key) => key.isWorthRetrying)).toEqual([false, true, true, false])
  })

  it('are summed up', () => {
    expect(summaryOfKeys(keys)).toBe('3 of 4 answered')
    const settled = { ...known, asking: new Map(), streams: 0 }
    expect(summaryOfKeys(listedKeys(settled, undefined))).toBe('2 of 3 have a problem')
    expect(summaryOfKeys(listedKeys(settled, [stored('openai')]))).toBe('The provider answered')
    expect(summaryOfKeys(listedKeys(settled, [stored('openai'), stored('groq')]))).toBe(
      '1 of 2 has a problem',
    )
  })

  it('tells what its reader has hidden from what filters leave out', () => {
    const hidden = { id: 'groq/llama-3.3-70b', is_favourite: false, is_hidden: true, correction: null }
    const count = (query: string) => {
      const { hiddenByYou, hiddenByFilters, similar } = why(query, [hidden])
      return { hiddenByYou, hiddenByFilters, similar }
    }
    expect(count('?q=llama')).toEqual({ hiddenByYou: 1, hiddenByFilters: 0, similar: [] })
    expect(count('?q=llama&kind=image')).toEqual({ hiddenByYou: 0, hiddenByFilters: 0, similar: [] })
    expect(count('?q=dall&hidden=true')).toEqual({ hiddenByYou: 0, hiddenByFilters: 1, similar: [] })
  })
})

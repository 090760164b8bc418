import { type Catalogue, readCatalogue } from '../catalogue.ts'
import { readJsonPage } from '../json-page.ts'
import { PROVIDERS } from '../providers/index.ts'
import type { ProviderModels } from '../schema/available-models.ts'
import { createModelList } from '../to-model-list.ts'

/** The day on which the recorded lists are read again. */
export const READ_ON = Date.parse('2026-11-24')

/** The newest recorded list of each provider, each one page. */
const LISTS = [
  'openai/models_2026-02-19_rubyllm.json',
  'anthropic/models_2026-02-19_rubyllm.json',
  'google/models_2026-05-29_maruel.json',
  'mistral/models_2026-02-19_rubyllm.json',
  'groq/models_2025-12-14_maruel.json',
  'together/models_2026-04-16_maruel.json',
  'cohere/models_2025-12-12_maruel.json',
  'fireworks/RECONSTRUCTED_accounts_models_2026-03.json',
  'openrouter/models_2026-08-01_tokentariff.json',
]

type ReadFile = (name: string) => Uint8Array

/** Every recorded list, with the bytes it was read from. */
export function readRecordedLists(read: ReadFile): (ProviderModels & { bytes: Uint8Array })[] {
  return LISTS.map((file) => {
    const provider = PROVIDERS.find(({ key }) => file.startsWith(`${key}/`))
    if (!provider) throw new Error(`no provider for ${file}`)
    const bytes = read(file)
    return { name: provider.name, provider_key: provider.key, models: readList(provider.key, bytes), bytes }
  })
}

/** One page as our models. */
export function readList(key: string, bytes: Uint8Array): ProviderModels['models'] {
  const provider = PROVIDERS.find((one) => one.key === key)
  const read = provider && readJsonPage(bytes, 'application/json', provider.entriesAt)
  if (!provider || !read || !('page' in read)) throw new Error(`the list of ${key} cannot be read`)
  const { entries } = read.page
  const list = createModelList(provider, READ_ON)
  for (let index = 0; index < (entries?.count ?? 0); index++) list.add(entries?.at(index))
  return list.finish().models
}

/** The recorded catalogue among these files, of the day in its name. */
export function readRecordedCatalogue(names: readonly string[], read: ReadFile): Catalogue {
  const name = names.find((file) => /^models\.dev-api-\d{4}-\d{2}-\d{2}\.json$/.test(file)) ?? ''
  const catalogue = readCatalogue(read(name), name.slice(-15, -5))
  if (!catalogue) throw new Error('the recorded catalogue cannot be read')
  return catalogue
}

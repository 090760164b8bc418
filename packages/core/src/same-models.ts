import type { Catalogue } from './catalogue.ts'
import { findEntry, namesOf } from './find-entry.ts'
import type { ProviderModels } from './schema/available-models.ts'
import type { Model } from './schema/model.ts'

/** Whom OpenRouter names before the slash, by our keys. */
const AUTHORS: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  mistralai: 'mistral',
  cohere: 'cohere',
}

type Groups = ReadonlyMap<string, readonly string[]>

/** The last ones of an answer that is kept. */
const known = new WeakMap<readonly ProviderModels[], { catalogue: Catalogue | undefined; groups: Groups }>()

/**
 * Which models of an answer are one and the same at several providers: by model id, the ids of all of them, in the order
 * of the answer. It goes by what somebody says (the catalogue's `base_model`, Hugging Face ids, a provider's aliases,
 * OpenRouter's `author/id`), never by names that look alike. Models that only one provider serves are absent. Of the
 * same answer and catalogue it is worked out once: do not change them afterwards.
 */
export function sameModels(providers: readonly ProviderModels[], catalogue: Catalogue | undefined): Groups {
  const before = known.get(providers)
  if (before && before.catalogue === catalogue) return before.groups
  const groups = groupModels(providers, catalogue)
  known.set(providers, { catalogue, groups })
  return groups
}

function groupModels(providers: readonly ProviderModels[], catalogue: Catalogue | undefined): Groups {
  const names = createNames()
  const models = providers.flatMap((group) => {
    const own = namesOf(group.models)
    return group.models.map((model, index) => {
      const found = catalogue && own[index] && findEntry(catalogue, own[index])
      names.unite([...identitiesOf(model), ...(found?.base ? [`base:${found.base}`] : [])])
      return model.id
    })
  })
  const groups = Map.groupBy(models, (id) => names.groupOf(`id:${id}`))
  const shared = [...groups.values()].filter((ids) => new Set(ids.map(providerOf)).size > 1)
  return new Map(shared.flatMap((ids) => ids.map((id) => [id, ids])))
}

/** Names of which some are said to mean the same: each leads to another one of its group, the last to none. */
function createNames() {
  const leads = new Map<string, string>()
  const groupOf = (name: string): string => {
    let last = name
    for (let next = leads.get(last); next !== undefined; next = leads.get(last)) last = next
    if (last !== name) leads.set(name, last)
    return last
  }
  return {
    groupOf,
    unite(all: readonly string[]): void {
      const [first, ...rest] = all.map(groupOf)
      for (const other of rest)
        if (first !== undefined && groupOf(other) !== groupOf(first))
          leads.set(groupOf(other), groupOf(first))
    },
  }
}

function identitiesOf({ id, name, aliases = [], hugging_face_id: weights }: Model): string[] {
  const provider = providerOf(id)
  const native = id.slice(provider.length + 1)
  const identities = [id, ...aliases].map((name) => `id:${name}`)
  if (weights) identities.push(`weights:${weights.toLowerCase()}`)
  // Together calls its models by their weights, but for those that it exchanged since and only calls by another date
  if (provider === 'together' && isDatedAs(name, native)) identities.push(`weights:${native.toLowerCase()}`)
  if (provider === 'openrouter') {
    const [author = '', name] = native.split('/')
    const first = Object.hasOwn(AUTHORS, author) ? AUTHORS[author] : undefined
    // the same model, for nothing and with limits
    if (first && name) identities.push(`id:${first}/${name.replace(/:free$/, '')}`)
    identities.push(`id:openrouter/${native.replace(/:free$/, '')}`)
  }
  return identities
}

/** `DeepSeek R1-0528` is not `DeepSeek-R1`. */
function isDatedAs(name: string, id: string): boolean {
  return (name.match(/\b\d{4}\b/g) ?? []).every((date) => id.includes(date))
}

function providerOf(id: string): string {
  return id.slice(0, Math.max(id.indexOf('/'), 0))
}

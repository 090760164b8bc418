import type { AvailableModels, ProviderModels } from './schema/available-models.ts'
import { Kind, type Modality, type Model } from './schema/model.ts'
import { hasWords, relevanceOf, searchable, wordsOf } from './search-text.ts'
import { type Sort, sortedBy, sortModels } from './sort-models.ts'

export { foldSnapshots } from './fold-snapshots.ts'
export { folded, wordsOf } from './search-text.ts'
export { fitsMarks, selectionOf } from './selection-of.ts'
export { similarIds } from './similar-ids.ts'
export { isSortKey, SORT_KEYS, type Sort, type SortKey, sortModels, usualSort } from './sort-models.ts'

export const KINDS: readonly Kind[] = Kind.options

export function isKind(name: string): name is Kind {
  return (KINDS as readonly string[]).includes(name)
}

/**
 * What is looked for. Of each list, none means all. Where the words ask for a fact ("context of at least", "free",
 * "can use tools"), a model of which it is not known does not fit; where they exclude one ("not deprecated"), it does.
 */
export interface Filter {
  /** Every word of it is in the id, the name or the provider's name, in any case and without diacritics. */
  search?: string | undefined
  /** By `provider_key`. */
  providers?: readonly string[] | undefined
  /** A model whose kind is not stated is of kind `unknown`. */
  kinds?: readonly Kind[] | undefined
  /** It has all of them. */
  capabilities?: readonly string[] | undefined
  /** It takes all of them. */
  input?: readonly Modality[] | undefined
  /** It gives all of them. */
  output?: readonly Modality[] | undefined
  /** USD per million tokens */
  mostInputPrice?: number | undefined
  /** USD per million tokens */
  mostOutputPrice?: number | undefined
  /** Both prices are known, and nothing. */
  isFree?: boolean | undefined
  /** tokens */
  leastContext?: number | undefined
  /** tokens */
  leastOutput?: number | undefined
  /** A date, `2026-01-31`. */
  releasedSince?: string | undefined
  deprecated?: 'hide' | 'only' | undefined
}

export interface Selection extends Filter {
  /** None: the best match first where something is searched, else as the providers gave them. */
  sort?: Sort | undefined
}

/** A model with what is needed to find it quickly. */
export interface ListedModel {
  model: Model
  provider: Pick<ProviderModels, 'provider_key' | 'name'>
  /** Id, name and provider's name as they are searched. */
  text: string
}

/** All models of an answer but the custom one, in its order, with what was worked out of them. */
export interface ModelIndex {
  listed: readonly ListedModel[]
  byId: ReadonlyMap<string, ListedModel>
  /** In the order of a sort; sorted when it is first asked for. */
  sorted(sort: Sort): readonly ListedModel[]
}

const listedByGroup = new WeakMap<ProviderModels, readonly ListedModel[]>()
const indexByGroups = new WeakMap<readonly ProviderModels[], ModelIndex>()

/** Made once per list of groups; of a group that was there before, nothing is worked out again. */
export function createModelIndex(groups: readonly ProviderModels[]): ModelIndex {
  const known = indexByGroups.get(groups)
  if (known) return known
  const listed = groups.filter(isListed).flatMap(listedOf)
  const sorted = new Map<string, readonly ListedModel[]>()
  const index: ModelIndex = {
    listed,
    byId: new Map(listed.map((entry) => [entry.model.id, entry])),
    sorted(sort) {
      const key = `${sort.by} ${sort.isDescending}`
      const before = sorted.get(key)
      if (before) return before
      const now = sortedBy(listed, sort, ({ model }) => model)
      sorted.set(key, now)
      return now
    },
  }
  indexByGroups.set(groups, index)
  return index
}

/** The models that fit, in order. Nothing is sorted anew: 10,000 models take a few milliseconds. */
export function findModels(index: ModelIndex, { sort, ...filter }: Selection): readonly ListedModel[] {
  const fits = toPredicate(filter)
  const words = wordsOf(filter.search ?? '')
  if (words.length === 0) return (sort ? index.sorted(sort) : index.listed).filter(fits)
  if (sort) return index.sorted(sort).filter((entry) => hasWords(entry.text, words) && fits(entry))
  const byRelevance: ListedModel[][] = []
  for (const entry of index.listed) {
    const relevance = relevanceOf(entry.text, words)
    if (relevance === -1 || !fits(entry)) continue
    // of two that fit as well, the one that is about to go comes second
    const place = relevance * 2 + Number(isDeprecated(entry.model))
    const alike = byRelevance[place]
    if (alike) alike.push(entry)
    else byRelevance[place] = [entry]
  }
  return byRelevance.flat()
}

/** Narrows the lists, and only them: statuses speak of what the providers said. Custom is always there. */
export function selectModels(answer: AvailableModels, { sort, ...filter }: Selection): AvailableModels {
  const fits = toPredicate(filter)
  const words = wordsOf(filter.search ?? '')
  const providers = answer.providers.flatMap((group) => {
    if (!isListed(group)) return [group]
    const entries = listedOf(group).filter((entry) => hasWords(entry.text, words) && fits(entry))
    const models = entries.map(({ model }) => model)
    return models.length > 0 ? [{ ...group, models: [...sortModels(models, sort)] }] : []
  })
  return { providers, statuses: answer.statuses }
}

/** It is deprecated, or its end has been announced. */
export function isDeprecated({ deprecated, deprecated_at, retires_at }: Model): boolean {
  return deprecated === true || deprecated_at !== undefined || retires_at !== undefined
}

function isListed({ provider_key }: ProviderModels): boolean {
  return provider_key !== 'custom'
}

function listedOf(group: ProviderModels): readonly ListedModel[] {
  const known = listedByGroup.get(group)
  if (known) return known
  const provider = { provider_key: group.provider_key, name: group.name }
  const listed = group.models.map((model) => ({
    model,
    provider,
    text: searchable(model.id, model.name, group.name),
  }))
  listedByGroup.set(group, listed)
  return listed
}

/** Everything but the search. */
function toPredicate(filter: Filter): (entry: ListedModel) => boolean {
  const { providers = [], kinds = [], capabilities = [], input = [], output = [] } = filter
  const { mostInputPrice, mostOutputPrice, leastContext, leastOutput } = filter
  const { releasedSince, deprecated } = filter
  const tests: ((model: Model) => boolean)[] = []
  if (kinds.length > 0) tests.push(({ kind }) => kinds.includes(kind ?? 'unknown'))
  if (capabilities.length > 0) tests.push((model) => capabilities.every((name) => can(model, name)))
  if (input.length > 0) tests.push(({ modalities }) => hasAll(modalities?.input, input))
  if (output.length > 0) tests.push(({ modalities }) => hasAll(modalities?.output, output))
  if (mostInputPrice !== undefined) tests.push(({ pricing }) => isAtMost(pricing?.input, mostInputPrice))
  if (mostOutputPrice !== undefined) tests.push(({ pricing }) => isAtMost(pricing?.output, mostOutputPrice))
  if (filter.isFree) tests.push(({ pricing }) => pricing?.input === 0 && pricing.output === 0)
  if (leastContext !== undefined) tests.push((model) => isAtLeast(model.context_window, leastContext))
  if (leastOutput !== undefined) tests.push((model) => isAtLeast(model.max_output_tokens, leastOutput))
  // both are RFC 3339, where the earlier is the smaller text
  if (releasedSince !== undefined) tests.push(({ released_at = '' }) => released_at >= releasedSince)
  if (deprecated) tests.push((model) => isDeprecated(model) === (deprecated === 'only'))
  return ({ model, provider }) =>
    (providers.length === 0 || providers.includes(provider.provider_key)) &&
    tests.every((test) => test(model))
}

function can({ capabilities }: Model, name: string): boolean {
  return capabilities !== undefined && Object.hasOwn(capabilities, name) && capabilities[name] === true
}

function hasAll(known: readonly Modality[] | undefined, wanted: readonly Modality[]): boolean {
  return known !== undefined && wanted.every((one) => known.includes(one))
}

function isAtMost(known: number | undefined, most: number): boolean {
  return known !== undefined && known <= most
}

function isAtLeast(known: number | undefined, least: number): boolean {
  return known !== undefined && known >= least
}

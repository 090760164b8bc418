import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { monthsApart } from './dated-id.ts'
import {
  completeOwn,
  type FilledPrices,
  mergeQuotes,
  NOTHING,
  pricedParts,
  type Quote,
  quoteOf,
} from './fill-pricing.ts'
import { findEntry, type Names, namesOf } from './find-entry.ts'
import type { FactSource, Kind, Model } from './schema/model.ts'

/** Prices that need no network, as `@rollcall/core/known-prices` has them. */
export interface PriceList {
  quote(names: Names): Quote | undefined
}

export interface Facts {
  catalogue?: Catalogue | undefined
  prices?: PriceList | undefined
}

/** A release that is further than this from the month in the id belongs to another model. */
const MOST_MONTHS_APART = 3
const TALKS: readonly Kind[] = ['chat', 'completion', 'other', 'unknown']
/** Here an answer may fill what the prompt leaves of the window; what catalogues write instead differs widely. */
const WITHOUT_OUTPUT_LIMIT: readonly string[] = ['mistral', 'together', 'fireworks']
/** They name a price for whatever they sell by the token: where there is none, another list's is of the past. */
const NAME_ALL_PRICES: readonly string[] = ['together', 'openrouter']
const CAPABILITIES_OF_ALL: readonly string[] = ['open_weights']

/**
 * The models with their holes filled, each filled field with its source (see `sourceOf`). What is already said of a
 * model is never changed; a model to which nothing is added is given back as it is. Give it the whole list of a
 * provider: which of several snapshots an undated name means can only be seen there.
 */
export function enrich(models: readonly Model[], facts: Facts): Model[] {
  const names = namesOf(models)
  return models.map((model, index) => {
    const own = names[index]
    return own ? fill(model, own, facts) : model
  })
}

const NOWHERE: FactSource = { from: '', date: '' }

function fill(model: Model, names: Names, { catalogue, prices: list }: Facts): Model {
  const entry = catalogue && findEntry(catalogue, names)
  if (!entry && (model.pricing || !list)) return model
  const source = catalogue?.source ?? NOWHERE
  const filling: Filling = { model, sources: undefined }
  if (entry) {
    if ((model.kind ?? 'unknown') === 'unknown' && isChat(entry)) put(filling, 'kind', 'chat', source)
    const kind = filling.model.kind ?? 'unknown'
    if (model.context_window === undefined) put(filling, 'context_window', entry.context_window, source)
    if (model.max_output_tokens === undefined && hasOutputLimit(filling.model, names, entry)) {
      put(filling, 'max_output_tokens', entry.max_output_tokens, source)
    }
    if (model.released_at === undefined && !isOfAnotherTime(entry, names)) {
      put(filling, 'released_at', entry.released_at, source)
    }
    const hasDays = model.deprecated_at !== undefined || model.retires_at !== undefined
    if (model.deprecated === undefined && !hasDays) put(filling, 'deprecated', entry.deprecated, source)
    addParts(filling, 'modalities', modalitiesFor(model, kind, entry), source)
    addParts(filling, 'capabilities', capabilitiesFor(model, kind, entry), source)
  }
  const prices = pricingFor(filling.model, names, quoteOf(entry, source), list)
  addParts(filling, 'pricing', prices.pricing, prices.source ?? source, prices.sources)
  return filling.model
}

/** A model as it is, until something is added to it: then it is a copy with sources. */
interface Filling {
  model: Model
  sources: Record<string, FactSource> | undefined
}

/** The copy's sources. */
function change(filling: Filling): Record<string, FactSource> {
  if (!filling.sources) {
    filling.sources = { ...filling.model.sources }
    filling.model = { ...filling.model, sources: filling.sources }
  }
  return filling.sources
}

function put<Field extends keyof Model>(
  filling: Filling,
  field: Field,
  value: Model[Field],
  source: FactSource,
): void {
  if (value === undefined) return
  change(filling)[field] = source
  filling.model[field] = value
}

/** Only what talks can call tools; classifiers too read and write text. */
function isChat({ capabilities, modalities }: CatalogueEntry): boolean {
  return capabilities?.tools === true && modalities?.output?.includes('text') === true
}

function hasOutputLimit(
  { kind = 'unknown', context_window: contextWindow }: Model,
  { provider }: Names,
  { max_output_tokens: output }: CatalogueEntry,
): boolean {
  return (
    TALKS.includes(kind) &&
    !WITHOUT_OUTPUT_LIMIT.includes(provider) &&
    output !== undefined &&
    (contextWindow === undefined || output < contextWindow)
  )
}

function isOfAnotherTime({ released_at: released }: CatalogueEntry, { month }: Names): boolean {
  return released !== undefined && month !== undefined && monthsApart(released, month) > MOST_MONTHS_APART
}

/** Nothing, where the provider says of pictures something else than the catalogue. */
function modalitiesFor(model: Model, kind: Kind, { modalities }: CatalogueEntry): Model['modalities'] {
  const sees = model.capabilities?.vision
  if (sees !== undefined && modalities?.input && modalities.input.includes('image') !== sees) return undefined
  // an embedding is no text, though catalogues say so
  return TALKS.includes(kind) || kind === 'audio' || kind === 'image' || kind === 'video'
    ? modalities
    : modalities?.input && { input: modalities.input }
}

function capabilitiesFor(model: Model, kind: Kind, { capabilities }: CatalogueEntry): Model['capabilities'] {
  if (!capabilities) return undefined
  const reads = model.modalities?.input
  const isContradicted = reads !== undefined && reads.includes('image') !== capabilities.vision
  if (TALKS.includes(kind) && !isContradicted) return capabilities
  const said = Object.entries(capabilities).filter(([name]) =>
    TALKS.includes(kind) ? name !== 'vision' : CAPABILITIES_OF_ALL.includes(name),
  )
  return said.length > 0 ? Object.fromEntries(said) : undefined
}

function pricingFor(
  model: Model,
  names: Names,
  quote: Quote | undefined,
  prices: PriceList | undefined,
): FilledPrices {
  const parts = pricedParts(model.kind ?? 'unknown')
  if (model.pricing) return completeOwn(model.pricing, quote, parts)
  const isUnpriced = parts.length === 0 || NAME_ALL_PRICES.includes(names.provider)
  return isUnpriced ? NOTHING : mergeQuotes(quote, prices?.quote(names), parts)
}

/** Adds what is missing of a field with parts. Where all of it comes from one place, that is said once for the field. */
function addParts<Field extends 'pricing' | 'modalities' | 'capabilities'>(
  filling: Filling,
  field: Field,
  parts: Model[Field],
  source: FactSource,
  sourcesOfParts?: Readonly<Record<string, FactSource>>,
): void {
  if (!parts) return
  const own = filling.model[field]
  if (!own && !sourcesOfParts) {
    put(filling, field, parts, source)
    return
  }
  let isAdded = false
  for (const part in parts) {
    if (own && Object.hasOwn(own, part)) continue
    const sources = change(filling)
    const from = sourcesOfParts?.[part] ?? source
    if (!own) sources[field] ??= from
    if (sources[field] !== from) sources[`${field}.${part}`] = from
    isAdded = true
  }
  if (isAdded) filling.model[field] = own ? { ...parts, ...own } : parts
}

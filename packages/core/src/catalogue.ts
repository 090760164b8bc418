import { z } from 'zod'
import { scanJson } from './json-scan.ts'
import { withoutMistakes } from './known-mistakes.ts'
import { LIMITS } from './limits.ts'
import { PROVIDERS } from './providers/index.ts'
import { FactSource, Model } from './schema/model.ts'
import { isUsableId, toModel } from './to-model.ts'
import { count, flag, maybe, member, text, texts, withoutFloatNoise } from './wire-values.ts'

/** Where the catalogue is unless a setting says otherwise. */
export const CATALOGUE_URL = 'https://models.dev/api.json'
/** Decoded. The real one is 1 MB in early 2026, some 5 MB at its end. */
export const CATALOGUE_BYTES = 32 * 1024 * 1024
const MOST_VALUES = 2_000_000
const SOURCE_NAME = 'models.dev'

/** What the catalogue says of one model of one provider; a field that it does not plausibly say is absent. */
const CatalogueEntry = Model.pick({
  context_window: true,
  max_output_tokens: true,
  pricing: true,
  modalities: true,
  capabilities: true,
  released_at: true,
  deprecated: true,
}).extend({
  /** As the provider writes it. */
  id: z.string(),
  /** `2026-02-19` or `2026-02`: when the entry was last true of its model. */
  updated: z.string().optional(),
  /** One name for the same model at all providers. */
  base: z.string().optional(),
})
export type CatalogueEntry = z.infer<typeof CatalogueEntry>

/** The catalogue as far as we use it: some hundred kilobytes that can be stored as JSON. */
export const Catalogue = z.object({
  source: FactSource,
  /** By our provider keys. */
  providers: z.record(z.string(), z.array(CatalogueEntry)),
})
export type Catalogue = z.infer<typeof Catalogue>

const cost = maybe(z.object({ input: count, output: count, cache_read: count }))
/** Only what we use; all of it tolerant. */
const WireEntry = z.object({
  reasoning: flag,
  tool_call: flag,
  structured_output: flag,
  open_weights: flag,
  release_date: text,
  last_updated: text,
  modalities: maybe(z.object({ input: texts, output: texts })),
  limit: maybe(z.object({ context: count, output: count })),
  cost,
  status: text,
  base_model: text,
})

/**
 * The body of models.dev, or a mirror of it, as our catalogue; undefined where it is none. `date` (`2026-02-19`) is the
 * day on which it was fetched. Entries that cannot be read cost themselves alone.
 */
export function readCatalogue(body: Uint8Array, date: string): Catalogue | undefined {
  const json = parseBounded(body)
  const providers: Catalogue['providers'] = {}
  for (const { key, catalogueId = key } of PROVIDERS) {
    const entries = readShelf(key, member(member(json, catalogueId), 'models'), date)
    if (entries.length > 0) providers[key] = entries
  }
  if (Object.keys(providers).length === 0) return undefined
  return { source: { from: SOURCE_NAME, date }, providers }
}

/** JSON.parse would take millions of values and levels, and minutes: that is seen before. */
function parseBounded(body: Uint8Array): unknown {
  if (body.length > CATALOGUE_BYTES) return undefined
  const scan = scanJson(body, [], 0)
  if (scan.isOpen || scan.depth > LIMITS.depth || scan.valuesOutside > MOST_VALUES) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

function readShelf(provider: string, models: unknown, date: string): CatalogueEntry[] {
  if (typeof models !== 'object' || models === null || Array.isArray(models)) return []
  return Object.entries(models)
    .slice(0, LIMITS.models)
    .flatMap(([id, wire]) => {
      const entry = readEntry(id, wire, date)
      return entry ? [withoutMistakes(`${provider}/${id}`, entry)] : []
    })
}

function readEntry(id: string, wire: unknown, date: string): CatalogueEntry | undefined {
  const parsed = WireEntry.safeParse(wire)
  if (!parsed.success || !isUsableId(id)) return undefined
  const { limit, modalities, cost, base_model: base, last_updated: updated, ...said } = parsed.data
  // 0 stands for free as well as for unknown, and only an id can say which
  const price = (usd: number | null | undefined) =>
    usd == null || (usd === 0 && !id.endsWith(':free')) ? undefined : withoutFloatNoise(usd)
  const {
    id: _,
    name: __,
    kind: ___,
    ...facts
  } = toModel(
    ANYBODY,
    {
      id,
      kind: 'unknown',
      context_window: limit?.context,
      // an output as long as the window is what is written where nobody knows
      max_output_tokens: (limit?.output ?? 0) < (limit?.context ?? 0) ? limit?.output : undefined,
      pricing: {
        input: price(cost?.input),
        output: price(cost?.output),
        cached_input: price(cost?.cache_read),
      },
      modalities: modalities ?? {},
      capabilities: {
        tools: said.tool_call,
        vision: modalities?.input?.includes('image'),
        reasoning: said.reasoning,
        structured_output: said.structured_output,
        open_weights: said.open_weights,
      },
      // `2025-03` is no day, and the first of a month is how that is written where a day is wanted
      released_at: said.release_date?.endsWith('-01') ? undefined : said.release_date,
      deprecated: said.status === 'deprecated',
    },
    Date.parse(date),
  )
  return {
    id,
    ...facts,
    ...(updated && /^\d{4}-\d{2}(-\d{2})?$/.test(updated) ? { updated } : {}),
    ...(isUsableId(base) ? { base } : {}),
  }
}

/** The same rules of plausibility as for what providers say themselves; ids are kept apart. */
const ANYBODY = { key: 'catalogue' }

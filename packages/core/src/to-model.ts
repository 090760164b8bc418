import { LIMITS } from './limits.ts'
import type { ModelFacts, Provider } from './provider.ts'
import { readableName } from './readable-name.ts'
import { Modality, type Model, type Pricing } from './schema/model.ts'
import { toSeconds } from './wire-values.ts'

/** Controls, invisible formatting (bidi, zero-width), line separators, lone surrogates: not in an id one can trust. */
const UNUSABLE_IN_ID = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
/** A repository as `owner/name`, or a link to one. */
const HUGGING_FACE =
  /^(?:https:\/\/huggingface\.co\/(?:api\/models\/)?)?((?!models\/)[\w.-]{1,96}\/[\w.-]{1,96})\/?$/
const MOST_TOKENS = 1_000_000_000
const MOST_USD_PER_MILLION = 100_000
const DAY_MS = 86_400_000
const MODALITIES: ReadonlyMap<string, Modality> = new Map<string, Modality>([
  ...Modality.options.map((name) => [name, name] as const),
  ['file', 'pdf'],
  ['speech', 'audio'],
  ['transcription', 'text'],
])
const FIRST_YEAR = 2000
const LAST_YEAR = 2090
const FIRST_SECOND = Date.UTC(FIRST_YEAR) / 1000
const LAST_SECOND = Date.UTC(LAST_YEAR + 1) / 1000
const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(?:[01]\d|2[0-3]):\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i

/** Whether the native id can be shown and sent as it is. */
export function isUsableId(id: unknown): id is string {
  if (typeof id !== 'string') return false
  // almost all are plain ASCII
  if (/^[\x21-\x7e]+$/.test(id)) return id.length <= LIMITS.idChars
  return (
    id.trim() !== '' &&
    id.length <= LIMITS.idChars * 2 &&
    codePoints(id) <= LIMITS.idChars &&
    !UNUSABLE_IN_ID.test(id)
  )
}

/**
 * A provider's facts as our model: prefixed, and with everything left out that is not plausible
 * (negative windows, epoch and sentinel dates, prices that are no prices). Needs `facts.id` to be usable.
 */
export function toModel(provider: Pick<Provider, 'key'>, facts: ModelFacts, nowMs: number): Model {
  const prefixed = (id: string) => `${provider.key}/${id}`
  const model: Model = { id: prefixed(facts.id), name: cleanName(facts.name) ?? readableName(facts.id) }
  const description = cut(facts.description, LIMITS.descriptionChars)
  if (description) model.description = description
  model.kind = facts.kind

  const contextWindow = tokens(facts.context_window)
  if (contextWindow !== undefined) model.context_window = contextWindow
  const maxOutputTokens = tokens(facts.max_output_tokens)
  if (maxOutputTokens !== undefined) model.max_output_tokens = maxOutputTokens

  const pricing = prices(facts.pricing)
  if (pricing) model.pricing = pricing
  const modalities = knownModalities(facts.modalities)
  if (modalities) model.modalities = modalities
  const capabilities = saidCapabilities(facts.capabilities)
  if (capabilities) model.capabilities = capabilities

  const released =
    typeof facts.released_at === 'number' ? unixMoment(facts.released_at) : moment(facts.released_at)
  // in one form, times sort as text
  if (released && released <= toSeconds(nowMs + DAY_MS)) model.released_at = released
  if (facts.deprecated) model.deprecated = true
  const deprecated = moment(facts.deprecated_at)
  if (deprecated) model.deprecated_at = deprecated
  const retires = moment(facts.retires_at)
  if (retires) model.retires_at = retires

  if (isUsableId(facts.replacement)) model.replacement = prefixed(facts.replacement)
  const aliases = facts.aliases?.filter((alias) => isUsableId(alias) && alias !== facts.id)
  if (aliases?.length) model.aliases = [...new Set(aliases)].slice(0, LIMITS.aliases).map(prefixed)
  const weights = HUGGING_FACE.exec(facts.hugging_face_id ?? '')?.[1]
  if (weights) model.hugging_face_id = weights
  return model
}

function cleanName(name: string | null | undefined): string | undefined {
  const trimmed = name?.trim()
  return trimmed ? cut(trimmed, LIMITS.nameChars) : undefined
}

function cut(text: string | null | undefined, mostChars: number): string | undefined {
  if (!text) return undefined
  const wellFormed = text.toWellFormed()
  if (wellFormed.length <= mostChars) return wellFormed
  // far fewer code units than a hostile megabyte, and never half a surrogate pair
  const points = [...wellFormed.slice(0, mostChars * 2)]
  const isWhole = points.length <= mostChars && wellFormed.length <= mostChars * 2
  return isWhole ? wellFormed : `${points.slice(0, mostChars).join('')}…`
}

function codePoints(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

function tokens(value: number | null | undefined): number | undefined {
  // one vendor documents its window as a double
  const whole = typeof value === 'number' ? Math.trunc(value) : 0
  return whole > 0 && whole <= MOST_TOKENS ? whole : undefined
}

function prices(said: ModelFacts['pricing']): Pricing | undefined {
  const pricing: Pricing = {}
  for (const name of ['input', 'output', 'cached_input'] as const) {
    const usd = said?.[name]
    if (usd !== undefined && usd >= 0 && usd <= MOST_USD_PER_MILLION) pricing[name] = usd
  }
  return Object.keys(pricing).length > 0 ? pricing : undefined
}

function knownModalities(said: ModelFacts['modalities']): Model['modalities'] {
  const modalities: Model['modalities'] = {}
  for (const side of ['input', 'output'] as const) {
    const known = (said?.[side] ?? []).flatMap((name) => MODALITIES.get(name) ?? [])
    if (known.length > 0) modalities[side] = [...new Set(known)]
  }
  return Object.keys(modalities).length > 0 ? modalities : undefined
}

function saidCapabilities(said: ModelFacts['capabilities']): Record<string, boolean> | undefined {
  const capabilities: Record<string, boolean> = {}
  for (const name in said) if (typeof said[name] === 'boolean') capabilities[name] = said[name]
  return Object.keys(capabilities).length > 0 ? capabilities : undefined
}

/** Zero is what APIs send for "unknown". */
function unixMoment(seconds: number): string | undefined {
  return seconds >= FIRST_SECOND && seconds < LAST_SECOND ? toSeconds(seconds * 1000) : undefined
}

/** An RFC 3339 date or time, in UTC; years out of all reason are the epoch or another "never". */
function moment(said: string | null | undefined): string | undefined {
  const parts = said ? MOMENT.exec(said) : null
  if (!said || !parts) return undefined
  const [year = 0, month = 0, day = 0] = parts.slice(1, 4).map(Number)
  // Date.parse takes 30 February for 2 March
  const isRealDay = month >= 1 && month <= 12 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
  if (!isRealDay || year < FIRST_YEAR || year > LAST_YEAR) return undefined
  if (said.length === 10) return said
  const time = Date.parse(parts[4] ? said : `${said}Z`)
  return Number.isNaN(time) ? undefined : toSeconds(time)
}

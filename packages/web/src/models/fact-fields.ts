import { day, usd } from '@rollcall/core/figures'
import type { Corrected, CorrectedFacts, Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { CAPABILITIES } from './model-view.ts'

export type FactValue = NonNullable<Corrected['value']>

/** What a fact is made of: how it is written and read. */
export type FactForm = 'kind' | 'tokens' | 'price' | 'modalities' | 'yes-no' | 'day' | 'id'

export interface FactField {
  title: string
  /** As `sources` name it, also a part: `pricing.input`. */
  field: string
  form: FactForm
}

const BEFORE_CAPABILITIES: readonly FactField[] = [
  { title: 'Kind', field: 'kind', form: 'kind' },
  { title: 'Context window', field: 'context_window', form: 'tokens' },
  { title: 'Max output', field: 'max_output_tokens', form: 'tokens' },
  { title: 'Input price', field: 'pricing.input', form: 'price' },
  { title: 'Output price', field: 'pricing.output', form: 'price' },
  { title: 'Cached input price', field: 'pricing.cached_input', form: 'price' },
  { title: 'Takes', field: 'modalities.input', form: 'modalities' },
  { title: 'Gives', field: 'modalities.output', form: 'modalities' },
]
const AFTER_CAPABILITIES: readonly FactField[] = [
  { title: 'Released', field: 'released_at', form: 'day' },
  { title: 'Deprecated', field: 'deprecated', form: 'yes-no' },
  { title: 'Deprecated since', field: 'deprecated_at', form: 'day' },
  { title: 'Retires', field: 'retires_at', form: 'day' },
  { title: 'Replaced by', field: 'replacement', form: 'id' },
]

/** Every fact of a model that may be set right; of capabilities those one filters by, then whatever else is stated. */
export function factFieldsOf({ capabilities = {} }: Pick<Model, 'capabilities'>): FactField[] {
  const named = CAPABILITIES.map(({ capability, words }) => [capability, words] as const)
  const usual = new Set<string>(named.map(([capability]) => capability))
  const further = Object.keys(capabilities)
    .filter((name) => !usual.has(name))
    .map((name) => [name, inWords(name)] as const)
  return [
    ...BEFORE_CAPABILITIES,
    ...[...named, ...further].map(([capability, title]) => ({
      title,
      field: `capabilities.${capability}`,
      form: 'yes-no' as const,
    })),
    ...AFTER_CAPABILITIES,
  ]
}

/** What stands in a field; undefined where nothing does. */
export function factOf(facts: CorrectedFacts, field: string): FactValue | undefined {
  const [whole, part] = split(field)
  const value: unknown = Object.hasOwn(facts, whole) ? facts[whole as keyof CorrectedFacts] : undefined
  if (part === undefined) return value as FactValue | undefined
  return value && Object.hasOwn(value, part) ? (value as Record<string, FactValue>)[part] : undefined
}

/** Some facts with others in their place, by field; undefined takes one away. Null: none are left. */
export function withChanges(
  facts: CorrectedFacts,
  changes: ReadonlyMap<string, FactValue | undefined>,
): CorrectedFacts | null {
  let result: Record<string, unknown> = facts
  for (const [field, value] of changes) {
    const [whole, part] = split(field)
    result = withEntry(
      result,
      whole,
      part === undefined ? value : withEntry(result[whole] as object | undefined, part, value),
    )
  }
  return Object.keys(result).length > 0 ? (result as CorrectedFacts) : null
}

function withEntry(before: object | undefined, name: string, value: unknown): Record<string, unknown> {
  const others = Object.entries(before ?? {}).filter(([other]) => other !== name)
  const isNothing =
    value === undefined || (Object(value) === value && Object.keys(value as object).length === 0)
  return Object.fromEntries(isNothing ? others : [...others, [name, value]])
}

/** A fact as people read it: "128,000 tokens"; undefined: unknown. */
export function factWords(form: FactForm, value: FactValue | undefined): string | undefined {
  if (value === undefined) return undefined
  switch (form) {
    case 'tokens':
      return `${value.toLocaleString('en')} tokens`
    case 'price':
      return value === 0 ? 'free' : `${usd(Number(value))} per million tokens`
    case 'modalities':
      return Array.isArray(value) ? value.join(', ') : undefined
    case 'yes-no':
      return value ? 'yes' : 'no'
    case 'day':
      return day(String(value))
    case 'kind':
      return value === 'unknown' ? undefined : String(value)
    case 'id':
      return String(value)
  }
}

/** The name of a capability may hold a dot. */
function split(field: string): [whole: string, part?: string] {
  const dot = field.indexOf('.')
  return dot < 0 ? [field] : [field.slice(0, dot), field.slice(dot + 1)]
}

/** "json_mode" as people write it. */
function inWords(name: string): string {
  const words = visible(name).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

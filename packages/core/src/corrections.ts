import type { Corrected, Corrections } from './schema/facts.ts'
import { sourceOf } from './schema/facts.ts'
import type { FactSource, Model } from './schema/model.ts'

/** Whose word a correction is, in `sources`. */
const FROM_YOU = 'you'
const WITH_PARTS: readonly string[] = ['pricing', 'modalities', 'capabilities']

/**
 * The models with a person's corrections in place, each with its source `you`; and by model id what would stand there
 * without them, where that differs. A correction of a model that is not in the list waits for it.
 */
export function applyCorrections(
  models: readonly Model[],
  corrections: Corrections,
): { models: Model[]; differs: ReadonlyMap<string, readonly Corrected[]> } {
  const differs = new Map<string, Corrected[]>()
  const corrected = models.map((model) => {
    const correction = Object.hasOwn(corrections, model.id) ? corrections[model.id] : undefined
    if (!correction) return model
    const result: Model = { ...model }
    const sources: Record<string, FactSource> = { ...model.sources }
    for (const { field, value } of flatten(correction.facts)) {
      const before = saidOf(model, field)
      sources[field] = { from: FROM_YOU, date: correction.date }
      put(result, field, value)
      if (JSON.stringify(before) === JSON.stringify(value)) continue
      const source = sourceOf(model, field)
      const list = differs.get(model.id) ?? []
      list.push({ field, ...(before === undefined ? {} : { value: before }), ...(source ? { source } : {}) })
      differs.set(model.id, list)
    }
    return { ...result, sources }
  })
  return { models: corrected, differs }
}

type Value = NonNullable<Corrected['value']>

/** Every fact by its field, a field with parts by each of them. */
function flatten(facts: object): { field: string; value: Value }[] {
  return Object.entries(facts).flatMap(([field, value]) => {
    if (value === undefined) return []
    if (!WITH_PARTS.includes(field)) return [{ field, value }]
    return Object.entries(value as object).flatMap(([part, inner]) =>
      inner === undefined ? [] : [{ field: `${field}.${part}`, value: inner }],
    )
  })
}

function saidOf(model: Model, field: string): Value | undefined {
  const [whole = '', part] = split(field)
  const value: unknown = Object.hasOwn(model, whole) ? model[whole as keyof Model] : undefined
  if (part === undefined) return value as Value | undefined
  return value && Object.hasOwn(value, part) ? (value as Record<string, Value>)[part] : undefined
}

function put(model: Model, field: string, value: Value): void {
  const [whole = '', part] = split(field)
  const before = model[whole as keyof Model] as object | undefined
  Object.assign(model, { [whole]: part === undefined ? value : { ...before, [part]: value } })
}

/** The name of a capability may hold a dot. */
function split(field: string): [string, string?] {
  const dot = field.indexOf('.')
  return dot < 0 ? [field] : [field.slice(0, dot), field.slice(dot + 1)]
}

import { z } from 'zod'
import { FactSource, Model } from './model.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const Moment = z
  .union([z.iso.date(), z.iso.datetime()], 'is no day of the calendar, as 2026-01-31')
  .optional()

/** What a person may set right of a model. */
export const CorrectedFacts = Model.pick({
  kind: true,
  context_window: true,
  max_output_tokens: true,
  pricing: true,
  modalities: true,
  capabilities: true,
  deprecated: true,
  replacement: true,
})
  .extend({ released_at: Moment, deprecated_at: Moment, retires_at: Moment })
  .strict()
export type CorrectedFacts = z.infer<typeof CorrectedFacts>

/** A person's own word on one model, and the day it was given. */
export const Correction = z.strictObject({ date: Day, facts: CorrectedFacts })
export type Correction = z.infer<typeof Correction>

/** By model id. */
export const Corrections = z.record(z.string(), Correction)
export type Corrections = z.infer<typeof Corrections>

/** What would be shown of a fact without its correction; `value` and `source` are absent where nothing is known. */
export const Corrected = z.object({
  /** As in `sources`: `context_window`, or `pricing.input` for a part. */
  field: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  source: FactSource.optional(),
})
export type Corrected = z.infer<typeof Corrected>

/**
 * Where a fact of a model comes from; undefined: from its provider, or it is not known. `sources` names a field
 * (`pricing`) for all its parts, and a part (`pricing.cached_input`) that comes from elsewhere than the rest.
 */
export function sourceOf(model: Pick<Model, 'sources'>, field: string): FactSource | undefined {
  const { sources } = model
  if (!sources) return undefined
  const whole = field.split('.', 1)[0] ?? field
  return [field, whole]
    .map((name) => (Object.hasOwn(sources, name) ? sources[name] : undefined))
    .find(Boolean)
}

import { z } from 'zod'

/** What a model is for. `unknown`: the provider does not say and nothing is known about its id. */
export const Kind = z.enum([
  'chat',
  'completion',
  'embedding',
  'image',
  'audio',
  'video',
  'rerank',
  'moderation',
  'other',
  'unknown',
])
export type Kind = z.infer<typeof Kind>

export const Modality = z.enum(['text', 'image', 'audio', 'video', 'pdf'])
export type Modality = z.infer<typeof Modality>

/** USD per million tokens. 0 means free; a price that is not known is absent. */
export const Pricing = z.object({
  input: z.number().nonnegative().optional(),
  output: z.number().nonnegative().optional(),
  cached_input: z.number().nonnegative().optional(),
})
export type Pricing = z.infer<typeof Pricing>

/** An RFC 3339 date (`2026-03-31`) or UTC time (`2026-03-31T12:00:00Z`). */
export const Moment = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/)

/** Where a filled-in fact comes from, and the day it was true there. */
export const FactSource = z.object({ from: z.string(), date: z.string() })
export type FactSource = z.infer<typeof FactSource>

/**
 * A model as everybody here speaks of it, also on the wire: snake_case, and a field that is not known is absent.
 * Ids are `provider_key/native-id`, split at the first slash only.
 */
export const Model = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  kind: Kind.optional(),
  /** tokens */
  context_window: z.int().positive().optional(),
  /** tokens */
  max_output_tokens: z.int().positive().optional(),
  pricing: Pricing.optional(),
  modalities: z
    .object({ input: z.array(Modality).optional(), output: z.array(Modality).optional() })
    .optional(),
  capabilities: z.record(z.string(), z.boolean()).optional(),
  released_at: Moment.optional(),
  /** The provider calls it deprecated without (or as well as) naming the day. */
  deprecated: z.boolean().optional(),
  deprecated_at: Moment.optional(),
  retires_at: Moment.optional(),
  /** The id, with its provider, that the provider names as successor. */
  replacement: z.string().optional(),
  /** Other ids of the same model at the same provider. */
  aliases: z.array(z.string()).optional(),
  /** The undated id, in the same list, of which this is a dated snapshot. */
  snapshot_of: z.string().optional(),
  /** The repository of its weights at Hugging Face, where the provider names it. */
  hugging_face_id: z.string().optional(),
  /** Of facts that are not the provider's own: by field, or by `field.part` for a part that comes from elsewhere. */
  sources: z.record(z.string(), FactSource).optional(),
})
export type Model = z.infer<typeof Model>

import { z } from 'zod'
import { Corrected, CorrectedFacts, Correction } from './facts.ts'
import { Model } from './model.ts'
import { ModelId } from './model-id.ts'

/** What somebody has noted on a model, be it that none of their keys can use it now. */
export const ModelMark = z.object({
  id: z.string(),
  is_favourite: z.boolean(),
  is_hidden: z.boolean(),
  correction: Correction.nullable().meta({ description: 'what they set right, and the day' }),
})
export type ModelMark = z.infer<typeof ModelMark>
export const ModelMarks = z.object({ marks: z.array(ModelMark).meta({ description: 'by model id' }) })

/** Only what is given is changed. */
export const ModelMarkChange = z
  .strictObject({
    id: ModelId,
    is_favourite: z.boolean().optional(),
    is_hidden: z.boolean().optional(),
    facts: CorrectedFacts.nullable()
      .optional()
      .meta({ description: 'in place of all that was set right before; null takes it back' }),
  })
  .refine((change) => Object.keys(change).length > 1, 'names nothing to change')
export type ModelMarkChange = z.infer<typeof ModelMarkChange>

/** One model with all that concerns its reader. */
export const ShownModel = z.object({
  model: Model,
  is_favourite: z.boolean(),
  is_hidden: z.boolean(),
  differs: z.array(Corrected).meta({ description: 'what would stand in place of your corrections' }),
  same: z
    .array(Model)
    .meta({ description: 'the same model through your other providers, never by its looks' }),
})
export type ShownModel = z.infer<typeof ShownModel>

import { z } from 'zod'
import { countCharacters } from './character-name.ts'
import { ModelId, ProviderPart } from './model-id.ts'
import { RunAnswer, RunAnswerFacts } from './run-answers.ts'
import { Text } from './text.ts'

/** What one run may hold; characters are code points. */
export const RUN_LIMITS = { models: 4, promptChars: 200_000 } as const

/** Of each parameter, both included. */
export const RUN_PARAMETER_LIMITS = {
  temperature: { least: 0, most: 2 },
  top_p: { least: 0, most: 1 },
  max_output_tokens: { least: 1, most: 1_000_000 },
  timeout_ms: { least: 1_000, most: 600_000 },
} as const
export type RunParameterName = keyof typeof RUN_PARAMETER_LIMITS

const MOST_QUERY_CHARS = 500
/** Of the prompt, in the list of runs. */
export const RUN_SUMMARY_CHARS = 300

const Time = z.string().meta({ description: 'RFC 3339, UTC' })
const Prompt = Text.refine(
  (text) => text.length <= RUN_LIMITS.promptChars || countCharacters(text) <= RUN_LIMITS.promptChars,
  `is longer than ${RUN_LIMITS.promptChars.toLocaleString('en')} characters`,
).meta({ maxLength: RUN_LIMITS.promptChars })

function within(name: RunParameterName, schema: z.ZodNumber): z.ZodOptional<z.ZodNumber> {
  const { least, most } = RUN_PARAMETER_LIMITS[name]
  const [lowest, highest] = [least.toLocaleString('en'), most.toLocaleString('en')]
  return schema.min(least, `is less than ${lowest}`).max(most, `is more than ${highest}`).optional()
}

/** Only what was set; whatever is left out is the provider's own. */
export const RunParameters = z.strictObject({
  temperature: within('temperature', z.number()),
  top_p: within('top_p', z.number()),
  max_output_tokens: within('max_output_tokens', z.int()),
  timeout_ms: within('timeout_ms', z.int()),
})
export type RunParameters = z.infer<typeof RunParameters>

export const NewRun = z.strictObject({
  models: z
    .array(ModelId)
    .min(1, 'names no model')
    .max(RUN_LIMITS.models, `names more than ${RUN_LIMITS.models} models`)
    .refine((ids) => new Set(ids).size === ids.length, 'names a model twice'),
  prompt: Prompt.refine((text) => text.trim() !== '', 'is empty').meta({
    minLength: 1,
    maxLength: RUN_LIMITS.promptChars,
  }),
  system_prompt: Prompt.optional(),
  parameters: RunParameters.optional(),
})
export type NewRun = z.infer<typeof NewRun>

/**
 * `running` until every model has ended · `finished`: all answered · `partial`: some answered · `failed`: none ·
 * `cancelled`: all that did not answer were stopped by its owner · `interrupted`: the server ended meanwhile ·
 * `not_started`: written down by an earlier version, which asked nobody.
 */
export const RunStatus = z.enum([
  'running',
  'finished',
  'partial',
  'failed',
  'cancelled',
  'interrupted',
  'not_started',
])
export type RunStatus = z.infer<typeof RunStatus>

export const Run = z.object({
  id: z.string(),
  created_at: Time,
  models: z.array(z.string()),
  prompt: z.string(),
  system_prompt: z.string().nullable(),
  parameters: z.object(RunParameters.shape).meta({ description: 'only what was set' }),
  status: RunStatus,
  finished_at: Time.nullable().meta({ description: 'when the last answer ended' }),
  answers: z.array(RunAnswer).meta({ description: 'one per model, in their order; none where not started' }),
})
export type Run = z.infer<typeof Run>

export const RunSummary = Run.extend({
  prompt: z.string().meta({ description: `its first ${RUN_SUMMARY_CHARS} characters` }),
  prompt_length: z.int().meta({ description: 'characters of the whole prompt' }),
  answers: z.array(RunAnswerFacts).meta({ description: 'without their words' }),
}).omit({ system_prompt: true })
export type RunSummary = z.infer<typeof RunSummary>
export const Runs = z.object({
  runs: z.array(RunSummary).meta({ description: 'the newest first' }),
  next: z.string().nullable().meta({ description: 'give it as `after` to read on; null at the end' }),
})
export type Runs = z.infer<typeof Runs>

const QueryText = Text.max(MOST_QUERY_CHARS, `is longer than ${MOST_QUERY_CHARS} characters`)
/** Which runs are wanted; together they all count. */
export const RunsWanted = z.strictObject({
  search: QueryText.optional().meta({ description: 'words; each must stand in the prompt or in a model id' }),
  provider: ProviderPart.optional(),
  model: ModelId.optional(),
  status: RunStatus.optional(),
})

export const RunsQuery = RunsWanted.extend({
  after: z
    .uuid('is not the `next` of a page: leave it out to begin with the newest run')
    .optional()
    .meta({ description: 'the `next` of the page before' }),
  limit: z.coerce
    .number('is no whole number')
    .pipe(z.int('is no whole number').min(1, 'is less than 1').max(200, 'is more than 200'))
    .optional()
    .meta({ description: '50 where it is left out' }),
})

export const ExportedRuns = z.object({ exported_at: Time, runs: z.array(Run) })

import { z } from 'zod'
import { FailureCode } from './available-models.ts'
import { FactSource, Pricing } from './model.ts'

const Count = z.int().nonnegative()
const Milliseconds = z.number().nonnegative().nullable()

/** Tokens; absent is not said, which is not zero. */
export const RunUsage = z.object({
  input: Count.optional(),
  output: Count.optional().meta({ description: 'with reasoning' }),
  cached_input: Count.optional().meta({ description: 'of the input' }),
  reasoning: Count.optional().meta({ description: 'of the output' }),
})
export type RunUsage = z.infer<typeof RunUsage>

/** Why an answer ended; `other` is a reason that only its provider knows. */
export const FinishReason = z.enum(['stop', 'length', 'content_filter', 'tool_call', 'other'])
export type FinishReason = z.infer<typeof FinishReason>

/** The codes of lists, and what can only happen to a question. */
export const RunFailureCode = z.enum([
  ...FailureCode.options,
  'no_key',
  'model_not_found',
  'request_refused',
  'prompt_too_long',
  'cancelled',
  'interrupted',
])
export type RunFailureCode = z.infer<typeof RunFailureCode>

/** Why a model did not answer, or not to the end; `message` is one sentence of ours. */
export const RunFailure = z.object({
  code: RunFailureCode,
  message: z.string(),
  http_status: z.int().nullable(),
  retry_at: z.string().nullable(),
})
export type RunFailure = z.infer<typeof RunFailure>

/** `interrupted`: the server ended while it was under way; what came before is kept. */
export const RunAnswerStatus = z.enum(['running', 'finished', 'failed', 'cancelled', 'interrupted'])
export type RunAnswerStatus = z.infer<typeof RunAnswerStatus>

/** All about one model's answer but its words. */
export const RunAnswerFacts = z.object({
  model: z.string(),
  status: RunAnswerStatus,
  finish_reason: FinishReason.nullable(),
  failure: RunFailure.nullable(),
  usage: RunUsage,
  adjusted: z
    .array(z.enum(['temperature', 'top_p', 'max_output_tokens']))
    .meta({ description: 'parameters that were set and sent otherwise, or not at all' }),
  first_token_ms: Milliseconds,
  duration_ms: Milliseconds,
  tokens_per_second: z.number().nonnegative().nullable().meta({
    description:
      'output tokens after the first one, without reasoning that was not shown; null where they were not counted, or are none',
  }),
  pricing: Pricing.nullable().meta({ description: 'USD per million tokens, as known when it was asked' }),
  pricing_source: FactSource.nullable().meta({ description: 'null: the provider itself, or no price' }),
  cost: z.number().nonnegative().nullable().meta({ description: 'USD; null where it is not known' }),
})
export type RunAnswerFacts = z.infer<typeof RunAnswerFacts>

/** What is kept of an ended answer beyond its run. */
export const AnswerUsage = RunAnswerFacts.pick({
  model: true,
  status: true,
  usage: true,
  cost: true,
  first_token_ms: true,
  duration_ms: true,
}).extend({ ended_at: z.string(), code: RunFailureCode.nullable() })
export type AnswerUsage = z.infer<typeof AnswerUsage>

export const RunAnswer = RunAnswerFacts.extend({
  text: z.string().meta({ description: 'as the model gave it: untrusted, to be shown as text' }),
  reasoning: z.string(),
})
export type RunAnswer = z.infer<typeof RunAnswer>

/** Events of `GET /api/runs/{id}/events`, in the order in which they may come: `run`, then `text` and `answer`, then `done`. */
export const RunEvents = {
  /** How each answer stands; their words follow. */
  run: z.object({ status: z.string(), answers: z.array(RunAnswerFacts) }),
  /** The next words of the answer at `index` of the run's models; with the first ones, how long they took. */
  text: z.object({
    index: Count,
    part: z.enum(['text', 'reasoning']),
    text: z.string(),
    first_token_ms: Milliseconds.optional(),
  }),
  /** An answer that has ended. */
  answer: z.object({ index: Count, answer: RunAnswerFacts }),
  /** All have ended. */
  done: z.object({ status: z.string() }),
} as const
export type RunEvent<Name extends keyof typeof RunEvents> = z.infer<(typeof RunEvents)[Name]>

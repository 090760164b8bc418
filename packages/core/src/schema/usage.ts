import { z } from 'zod'
import { ModelId, ProviderPart } from './model-id.ts'

/** Of one answer of the server, in days. */
export const MOST_USAGE_DAYS = 366
/** Where no range is asked for. */
export const USUAL_USAGE_DAYS = 30

const Count = z.int().nonnegative()
const Tokens = Count.nullable()
const Day = z.iso.date('is no day, as 2026-01-31').meta({ description: 'UTC' })
const Spread = z
  .object({ median: z.number().nonnegative(), p95: z.number().nonnegative() })
  .nullable()
  .meta({ description: 'milliseconds, each as one finished answer took them; null where none was timed' })

/** What became of answers, what they took and what they cost. An answer is one model's share of a run. */
export const UsageFigures = z.object({
  runs: Count.meta({ description: 'of which an answer has ended' }),
  answers: Count.meta({ description: 'that have ended; a run that asks three models counts three' }),
  finished: Count,
  failed: Count.meta({ description: 'the provider refused, failed or took too long' }),
  cancelled: Count.meta({ description: 'stopped by you' }),
  interrupted: Count.meta({ description: 'the server ended meanwhile' }),
  not_asked: Count.meta({ description: 'there was no key that could be used' }),
  error_rate: z.number().min(0).max(1).nullable().meta({
    description: 'failed ones among finished and failed; null where there are neither',
  }),
  tokens: z
    .object({ input: Tokens, output: Tokens, cached_input: Tokens, reasoning: Tokens })
    .meta({ description: 'of the answers of which they are known; null where of none' }),
  tokens_unknown: Count.meta({ description: 'answers of which input or output is not known' }),
  cost: z.number().nonnegative().nullable().meta({
    description: 'USD, of the answers of which it is known; null where of none',
  }),
  cost_unknown: Count.meta({
    description:
      'answers that may have cost something, but not known what; not those that failed before the first word',
  }),
  first_token_ms: Spread,
  duration_ms: Spread,
})
export type UsageFigures = z.infer<typeof UsageFigures>

const DayFigures = UsageFigures.extend({ day: Day })
const ProviderFigures = UsageFigures.extend({ provider: z.string() })
const ModelFigures = UsageFigures.extend({ provider: z.string(), model: z.string() })

export const Usage = z.object({
  from: Day,
  to: Day.meta({ description: 'included' }),
  totals: UsageFigures,
  days: z.array(DayFigures).meta({ description: 'every one of the range, the earliest first' }),
  providers: z.array(ProviderFigures).meta({ description: 'the one with the most answers first' }),
  models: z.array(ModelFigures).meta({ description: 'the one with the most answers first' }),
})
export type Usage = z.infer<typeof Usage>

export const UsageQuery = z.strictObject({
  days: z.coerce
    .number('is no whole number')
    .pipe(
      z
        .int('is no whole number')
        .min(1, 'is less than 1')
        .max(MOST_USAGE_DAYS, `is more than ${MOST_USAGE_DAYS}`),
    )
    .optional()
    .meta({
      description: `that many up to \`to\`; ${USUAL_USAGE_DAYS} where neither it nor \`from\` is given`,
    }),
  from: Day.optional(),
  to: Day.optional().meta({ description: 'included; today where it is left out' }),
  provider: ProviderPart.optional(),
  model: ModelId.optional(),
})
export type UsageQuery = z.input<typeof UsageQuery>

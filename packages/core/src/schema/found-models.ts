import { z } from 'zod'
import { ProviderStatus } from './available-models.ts'
import { Kind, Modality, Model } from './model.ts'
import { ModelId } from './model-id.ts'
import { isSortKey, SORT_KEYS, type SortKey } from './sort-key.ts'
import { Text } from './text.ts'

const MOST_QUERY_CHARS = 500
const MOST_FIGURE = 1_000_000_000

export const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const Some = Text.max(MOST_QUERY_CHARS, `is longer than ${MOST_QUERY_CHARS} characters`)

/** Several of a closed list, separated by commas. */
export const someOf = <Name extends z.ZodEnum>(name: Name) =>
  Some.transform((text, context): z.output<Name>[] => {
    const some = z.array(name).safeParse(list(text))
    if (some.success) return some.data
    context.addIssue(`is not one of ${name.options.join(', ')}`)
    return z.NEVER
  })
const figure = (words: string) =>
  z
    .string()
    .refine((text) => /^\d{1,10}(\.\d{1,10})?$/.test(text) && Number(text) <= MOST_FIGURE, `is no ${words}`)
    .transform(Number)
const Price = figure('price in USD per million tokens, as 2.5')

/** Whoever asks for a fact gets only models of which it is known; see `Filter`. */
export const ModelsSearch = z.strictObject({
  q: Some.optional().meta({
    description: 'words; each must stand in the id, the name or the provider’s name',
  }),
  provider: Some.transform(list).optional().meta({ description: 'only these, separated by commas' }),
  kind: someOf(Kind).optional().meta({ description: 'of one of these kinds' }),
  capability: Some.transform(list).optional().meta({
    description: 'has all of these, such as `tools,vision,reasoning,structured_output,open_weights`',
  }),
  modality: someOf(Modality).optional().meta({ description: 'takes all of these' }),
  output_modality: someOf(Modality).optional().meta({ description: 'gives all of these' }),
  min_context: figure('number of tokens').optional().meta({ description: 'tokens' }),
  min_output: figure('number of tokens').optional().meta({ description: 'max output tokens' }),
  max_input_price: Price.optional().meta({ description: 'USD per million tokens' }),
  max_output_price: Price.optional().meta({ description: 'USD per million tokens' }),
  released_since: z.iso.date('is no day, as 2026-01-31').optional(),
  free: z.enum(['true']).optional().meta({ description: 'both prices are known, and nothing' }),
  deprecated: Flag.optional().meta({ description: '`true`: only those; `false`: none of them' }),
  favourite: Flag.optional().meta({ description: '`true`: only those; `false`: none of them' }),
  hidden: Flag.optional().meta({
    description: '`true`: only what you have hidden, which is left out otherwise',
  }),
  sort: z
    .string()
    .transform((text, context): { by: SortKey; isDescending: boolean } => {
      const isDescending = text.startsWith('-')
      const by = isDescending ? text.slice(1) : text
      if (isSortKey(by)) return { by, isDescending }
      context.addIssue(`is not one of ${SORT_KEYS.join(', ')}, or one of them behind a minus`)
      return z.NEVER
    })
    .optional()
    .meta({
      description: `${SORT_KEYS.join(', ')}: the least first, or behind a minus the most. Without it the best match of \`q\` comes first, else as the providers list them`,
    }),
  limit: z.coerce
    .number()
    .pipe(z.int().min(1).max(500))
    .optional()
    .meta({ description: '50 where it is left out' }),
  after: ModelId.optional().meta({ description: 'the `next` of the page before' }),
})
export type ModelsSearch = z.output<typeof ModelsSearch>

/** A page of what was looked for. `statuses` say which providers the answer lacks, and why. */
export const FoundModels = z.object({
  models: z.array(Model),
  total: z.int().nonnegative().meta({ description: 'on all pages together' }),
  next: z.string().nullable().meta({ description: 'give it as `after` to read on; null at the end' }),
  statuses: z.array(ProviderStatus),
})
export type FoundModels = z.infer<typeof FoundModels>

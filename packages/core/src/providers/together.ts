import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import type { Kind } from '../schema/model.ts'
import { count, maybe, text, withoutFloatNoise } from '../wire-values.ts'

/** The wire has more types than the SDK names. */
const KINDS: Readonly<Record<string, Kind>> = {
  chat: 'chat',
  language: 'completion',
  code: 'completion',
  embedding: 'embedding',
  image: 'image',
  video: 'video',
  audio: 'audio',
  transcribe: 'audio',
  rerank: 'rerank',
  moderation: 'moderation',
}

function kindOf(type: string): Kind {
  return (Object.hasOwn(KINDS, type) && KINDS[type]) || 'unknown'
}

/** Speech, pictures and films are paid by the character, pixel, minute …, whatever `input` says. */
const PAID_BY_TOKEN: readonly Kind[] = ['chat', 'completion', 'embedding', 'rerank', 'moderation']

/**
 * A bare array. Prices are USD per million tokens with float noise, and 0/0 is not free: it marks models that are only
 * rented whole ("dedicated") or paid another way. `created` is 0 where unknown. `running` is always false, and `link` at times
 * leads to another model's weights.
 */
export const together = defineProvider({
  key: 'together',
  name: 'Together',
  keysUrl: 'https://api.together.ai/settings/api-keys',
  statusUrl: 'https://status.together.ai',
  catalogueId: 'togetherai',
  keyVariables: ['TOGETHER_API_KEY'],
  auth: 'bearer',
  lists: [{ base: 'https://api.together.ai/v1', path: '/models' }],
  entriesAt: [''],
  entry: z.object({
    id: z.string(),
    created: count,
    type: text,
    display_name: text,
    context_length: count,
    pricing: maybe(z.object({ input: count, output: count, cached_input: count })),
  }),
  model: (entry) => {
    const kind = kindOf(entry.type ?? '')
    const { input, output, cached_input: cached } = entry.pricing ?? {}
    const price = (usd: number | null | undefined) => (usd && usd > 0 ? withoutFloatNoise(usd) : undefined)
    return {
      id: entry.id,
      name: entry.display_name,
      kind,
      context_window: entry.context_length,
      pricing: PAID_BY_TOKEN.includes(kind)
        ? { input: price(input), output: price(output), cached_input: price(cached) }
        : {},
      released_at: entry.created,
    }
  },
})

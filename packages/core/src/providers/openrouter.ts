import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import type { Kind } from '../schema/model.ts'
import { count, listed, maybe, member, perMillion, text, texts, token, undated, usd } from '../wire-values.ts'

const ALL_KINDS = { output_modalities: 'all' }

/** A model that can answer in text is for talking, whatever else it makes. */
const KINDS: readonly [output: string, kind: Kind][] = [
  ['text', 'chat'],
  ['embeddings', 'embedding'],
  ['rerank', 'rerank'],
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['speech', 'audio'],
  ['transcription', 'audio'],
]

/**
 * `/models` is a public list from a cache that answers any key with 200, so the key's own list is asked first and the
 * public one only with the word of `/key` beside it. Without `output_modalities=all` only text models are listed.
 * Prices are USD per token in strings; "-1" is "varies", and "0" is only free where the id says so (pictures and Lyria
 * are paid per piece). `expiration_date` 2098-12-31 means never. Ids with a leading ~ are aliases of `alias_target`.
 * Pages by `links.next`.
 */
export const openrouter = defineProvider({
  key: 'openrouter',
  name: 'OpenRouter',
  keysUrl: 'https://openrouter.ai/settings/keys',
  statusUrl: 'https://status.openrouter.ai',
  keyVariables: ['OPENROUTER_API_KEY'],
  auth: 'bearer',
  lists: [
    { base: 'https://openrouter.ai/api/v1', path: '/models/user', query: ALL_KINDS },
    { base: 'https://openrouter.ai/api/v1', path: '/models', query: ALL_KINDS, isPublic: true },
  ],
  keyCheck: { base: 'https://openrouter.ai/api/v1', path: '/key' },
  entriesAt: ['data'],
  nextPage: (envelope) => {
    const link = token(member(envelope, 'links'), 'next')
    return link === undefined ? undefined : { link }
  },
  entry: z.object({
    id: z.string(),
    name: text,
    hugging_face_id: text,
    created: count,
    description: text,
    context_length: count,
    architecture: maybe(z.object({ input_modalities: texts, output_modalities: texts })),
    pricing: maybe(z.object({ prompt: usd, completion: usd, input_cache_read: usd })),
    top_provider: maybe(z.object({ max_completion_tokens: count })),
    supported_parameters: texts,
    expiration_date: text,
    alias_target: maybe(z.object({ slug: text })),
  }),
  model: (entry) => {
    const { input_modalities: input, output_modalities: output } = entry.architecture ?? {}
    const isFree = entry.id.endsWith(':free') || entry.id === 'openrouter/free'
    const price = (usdPerToken: string | null | undefined) => {
      const perMillionTokens = perMillion(usdPerToken)
      return perMillionTokens === 0 && !isFree ? undefined : perMillionTokens
    }
    return {
      id: entry.id,
      name: entry.name,
      description: entry.description,
      kind:
        KINDS.find(([modality]) => output?.includes(modality))?.[1] ?? (output?.length ? 'other' : 'unknown'),
      context_window: entry.context_length,
      max_output_tokens: entry.top_provider?.max_completion_tokens,
      pricing: {
        input: price(entry.pricing?.prompt),
        output: price(entry.pricing?.completion),
        cached_input: price(entry.pricing?.input_cache_read),
      },
      modalities: { input, output },
      capabilities: {
        ...listed(input, { vision: 'image' }),
        ...listed(entry.supported_parameters, {
          tools: 'tools',
          reasoning: 'reasoning',
          structured_output: 'structured_outputs',
          json_mode: 'response_format',
        }),
      },
      released_at: entry.created,
      retires_at: entry.expiration_date?.startsWith('2098') ? undefined : entry.expiration_date,
      aliases: entry.alias_target?.slug ? [entry.alias_target.slug] : [],
      snapshot_of: undated(entry.id, '-2024-08-06', '-20250514'),
      hugging_face_id: entry.hugging_face_id,
    }
  },
})

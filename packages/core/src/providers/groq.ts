import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import type { Kind } from '../schema/model.ts'
import { count, listed, maybe, perMillion, text, texts, usd } from '../wire-values.ts'

/** The same second on models that are a year apart: a placeholder, not a date. */
const PLACEHOLDER_CREATED = 1_693_721_698

function kindOf(id: string, input: readonly string[] | null | undefined, output: typeof input): Kind {
  // classifiers look like chat models in every field
  if (/prompt-guard|llama-guard|safeguard/.test(id)) return 'moderation'
  if (/(^|\/)whisper/.test(id)) return 'audio'
  if (!output) return /(^|[-/])tts(-|$)|orpheus/.test(id) ? 'audio' : 'unknown'
  if (output.includes('speech') || output.includes('transcription')) return 'audio'
  return output.includes('text') && input?.includes('text') ? 'chat' : 'other'
}

/**
 * Prices are USD per token in strings; a speech model's is per character, and so left out. Windows are sent under two
 * names each. Names, modalities, features and prices came in 2026 and may be absent. A 403 with a web page is
 * Cloudflare's word, not Groq's.
 */
export const groq = defineProvider({
  key: 'groq',
  name: 'Groq',
  keysUrl: 'https://console.groq.com/keys',
  statusUrl: 'https://groqstatus.com',
  keyVariables: ['GROQ_API_KEY'],
  auth: 'bearer',
  lists: [{ base: 'https://api.groq.com/openai/v1', path: '/models' }],
  entriesAt: ['data'],
  entry: z.object({
    id: z.string(),
    created: count,
    name: text,
    hugging_face_id: text,
    context_window: count,
    context_length: count,
    max_completion_tokens: count,
    max_output_length: count,
    input_modalities: texts,
    output_modalities: texts,
    supported_features: texts,
    pricing: maybe(z.object({ prompt: usd, completion: usd, input_cache_read: usd })),
  }),
  model: (entry) => {
    const kind = kindOf(entry.id, entry.input_modalities, entry.output_modalities)
    const isPricedPerToken = kind !== 'audio'
    return {
      id: entry.id,
      name: entry.name,
      kind,
      context_window: entry.context_window ?? entry.context_length,
      max_output_tokens: entry.max_completion_tokens ?? entry.max_output_length,
      pricing: isPricedPerToken
        ? {
            input: perMillion(entry.pricing?.prompt),
            output: perMillion(entry.pricing?.completion),
            cached_input: perMillion(entry.pricing?.input_cache_read),
          }
        : {},
      modalities: { input: entry.input_modalities, output: entry.output_modalities },
      capabilities: {
        ...listed(entry.input_modalities, { vision: 'image' }),
        ...listed(entry.supported_features, {
          tools: 'tools',
          reasoning: 'reasoning',
          structured_output: 'structured_outputs',
          json_mode: 'json_mode',
        }),
      },
      released_at: entry.created === PLACEHOLDER_CREATED ? undefined : entry.created,
      hugging_face_id: entry.hugging_face_id,
    }
  },
})

import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import type { Kind } from '../schema/model.ts'
import { count, flag, maybe, text, texts, undated } from '../wire-values.ts'

const Capabilities = z.object({
  completion_chat: flag,
  function_calling: flag,
  reasoning: flag,
  completion_fim: flag,
  vision: flag,
  ocr: flag,
  classification: flag,
  moderation: flag,
  audio: flag,
  audio_transcription: flag,
  audio_transcription_realtime: flag,
  audio_speech: flag,
})

function kindOf(id: string, can: z.infer<typeof Capabilities> | null | undefined): Kind {
  // no capability names embeddings: such entries have every flag off
  if (/embed/.test(id)) return 'embedding'
  if (!can) return 'unknown'
  if (can.completion_chat) return 'chat'
  if (can.ocr) return 'other'
  if (can.moderation || can.classification) return 'moderation'
  if (can.audio_transcription || can.audio_transcription_realtime || can.audio_speech) return 'audio'
  return can.completion_fim ? 'completion' : 'unknown'
}

/**
 * `created` is the time of the request, so there is no release date. `name` is the canonical id, not a display name:
 * where it differs, the entry is an alias. `deprecation` is the day of retirement. Some ids are listed twice.
 * The documentation shows a bare array, the wire has an envelope: both are read. A bad key has no error code.
 */
export const mistral = defineProvider({
  key: 'mistral',
  name: 'Mistral',
  keysUrl: 'https://console.mistral.ai/api-keys',
  statusUrl: 'https://status.mistral.ai',
  keyVariables: ['MISTRAL_API_KEY'],
  auth: 'bearer',
  lists: [{ base: 'https://api.mistral.ai/v1', path: '/models' }],
  entriesAt: ['data', ''],
  entry: z.object({
    id: z.string(),
    name: text,
    aliases: texts,
    description: text,
    max_context_length: count,
    capabilities: maybe(Capabilities),
    deprecation: text,
    deprecation_replacement_model: text,
  }),
  model: (entry) => {
    const can = entry.capabilities
    return {
      id: entry.id,
      description: entry.description,
      kind: kindOf(entry.id, can),
      context_window: entry.max_context_length,
      capabilities: {
        tools: can?.function_calling,
        vision: can?.vision,
        reasoning: can?.reasoning,
        fill_in_the_middle: can?.completion_fim,
        audio: can?.audio,
      },
      retires_at: entry.deprecation,
      replacement: entry.deprecation_replacement_model,
      aliases: [...(entry.name ? [entry.name] : []), ...(entry.aliases ?? [])],
      snapshot_of: undated(entry.id, '-2508'),
    }
  },
})

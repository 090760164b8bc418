import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import type { Kind } from '../schema/model.ts'
import { count, flag, nextByToken, text, texts } from '../wire-values.ts'

/** `generateContent` is what chat models answer, but not they alone: these families do something else with it. */
const NOT_CHAT: readonly [pattern: RegExp, kind: Kind, reason: string][] = [
  [/-tts(-|$)/, 'audio', 'speaks'],
  [/^lyria/, 'audio', 'makes music'],
  [/-image(-|$)|^nano-banana/, 'image', 'makes pictures'],
  [/^deep-research|^antigravity/, 'other', 'agents with an API of their own'],
  [/computer-use/, 'other', 'answers with mouse and key actions'],
]

function kindOf(id: string, methods: readonly string[] | null | undefined): Kind {
  if (!methods) return 'unknown'
  if (methods.includes('generateContent'))
    return NOT_CHAT.find(([pattern]) => pattern.test(id))?.[1] ?? 'chat'
  if (methods.includes('bidiGenerateContent')) return 'audio' // live models: speech over a socket
  if (methods.includes('embedContent')) return 'embedding'
  if (methods.includes('predictLongRunning')) return 'video' // Veo
  if (methods.includes('predict')) return 'image' // Imagen
  return methods.length > 0 ? 'other' : 'unknown'
}

/**
 * Asked at v1beta, a superset of v1 with the preview models. The key goes in a header, never in `?key=`.
 * A bad key is a 400. 50 entries a page unless asked for more. Names are `models/<id>`.
 * No price, date, modality or tool flag; `thinking` absent means not stated. Embeddings claim an output limit of 1.
 */
export const google = defineProvider({
  key: 'google',
  name: 'Google',
  keysUrl: 'https://aistudio.google.com/apikey',
  statusUrl: 'https://aistudio.google.com/status',
  keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  auth: { header: 'x-goog-api-key' },
  lists: [
    {
      base: 'https://generativelanguage.googleapis.com/v1beta',
      path: '/models',
      query: { pageSize: '1000' },
    },
  ],
  entriesAt: ['models'],
  nextPage: nextByToken('nextPageToken', 'pageToken'),
  entry: z.object({
    name: z.string(),
    displayName: text,
    description: text,
    inputTokenLimit: count,
    outputTokenLimit: count,
    supportedGenerationMethods: texts,
    thinking: flag,
  }),
  model: (entry) => {
    const id = entry.name.replace(/^models\//, '')
    const kind = kindOf(id, entry.supportedGenerationMethods)
    return {
      id,
      name: entry.displayName,
      description: entry.description,
      kind,
      context_window: entry.inputTokenLimit,
      max_output_tokens: kind === 'embedding' ? undefined : entry.outputTokenLimit,
      capabilities: { reasoning: entry.thinking },
    }
  },
})

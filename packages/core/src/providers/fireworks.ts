import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import type { Kind } from '../schema/model.ts'
import { count, flag, maybe, nextByToken, text } from '../wire-values.ts'

/** Chat is claimed by embedding models and rerankers too, so `kind` decides before any chat flag. */
function kindOf(id: string, kind: string | null | undefined, talks: boolean): Kind {
  if (kind === 'EMBEDDING_MODEL') return /rerank/.test(id) ? 'rerank' : 'embedding'
  if (kind === 'FLUMINA_BASE_MODEL' || kind === 'FLUMINA_ADDON') return 'image'
  return talks ? 'chat' : 'unknown'
}

/**
 * Two lists of two shapes. The documented one is the account list of the control plane, filtered to what runs without
 * a deployment of one's own; `/inference/v1/models` is undocumented and incomplete, and so only the fallback.
 * Ids are `accounts/fireworks/models/…`. A bad key is a 403 with the code UNAUTHORIZED. No price anywhere.
 */
export const fireworks = defineProvider({
  key: 'fireworks',
  name: 'Fireworks',
  keysUrl: 'https://app.fireworks.ai/settings/users/api-keys',
  statusUrl: 'https://status.fireworks.ai',
  catalogueId: 'fireworks-ai',
  keyVariables: ['FIREWORKS_API_KEY'],
  auth: 'bearer',
  lists: [
    {
      base: 'https://api.fireworks.ai/v1',
      path: '/accounts/fireworks/models',
      query: { filter: 'supports_serverless=true', pageSize: '200' },
    },
    { base: 'https://api.fireworks.ai/inference/v1', path: '/models' },
  ],
  entriesAt: ['models', 'data'],
  nextPage: nextByToken('nextPageToken', 'pageToken'),
  entry: z
    .object({
      name: text,
      id: text,
      displayName: text,
      description: text,
      huggingFaceUrl: text,
      createTime: text,
      created: count,
      state: text,
      kind: text,
      conversationConfig: maybe(z.object({})),
      supports_chat: flag,
      contextLength: count,
      context_length: count,
      supportsImageInput: flag,
      supports_image_input: flag,
      supportsTools: flag,
      supports_tools: flag,
      deprecationDate: maybe(z.object({ year: z.int(), month: z.int(), day: z.int() })),
    })
    .refine(({ name, id }) => name != null || id != null),
  model: (entry) => {
    const id = entry.name ?? entry.id ?? ''
    const ends = entry.deprecationDate
    return {
      id,
      name: entry.displayName,
      description: entry.description,
      kind: kindOf(id, entry.kind, entry.conversationConfig != null || entry.supports_chat === true),
      context_window: entry.contextLength ?? entry.context_length,
      capabilities: {
        tools: entry.supportsTools ?? entry.supports_tools,
        vision: entry.supportsImageInput ?? entry.supports_image_input,
      },
      released_at: entry.createTime ?? entry.created,
      deprecated: entry.state === 'DEPRECATED',
      hugging_face_id: entry.huggingFaceUrl,
      deprecated_at: ends && `${ends.year}-${two(ends.month)}-${two(ends.day)}`,
    }
  },
})

function two(number: number): string {
  return String(number).padStart(2, '0')
}

import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import type { Kind } from '../schema/model.ts'
import { count, flag, listed, nextByToken, texts, undated } from '../wire-values.ts'

/** In this order: chat models also answer `generate` and `summarize`. */
const KINDS: readonly [endpoint: string, kind: Kind][] = [
  ['chat', 'chat'],
  ['embed', 'embedding'],
  ['embed_image', 'embedding'],
  ['rerank', 'rerank'],
  ['transcriptions', 'audio'],
  ['generate', 'completion'],
]

/**
 * 20 entries a page unless asked for more; an empty token ends as an absent one. `context_length` is a double, and 0
 * for image embeddings. `features` may be null. No date, price, output limit or display name.
 */
export const cohere = defineProvider({
  key: 'cohere',
  name: 'Cohere',
  keysUrl: 'https://dashboard.cohere.com/api-keys',
  statusUrl: 'https://status.cohere.com',
  keyVariables: ['COHERE_API_KEY', 'CO_API_KEY'],
  auth: 'bearer',
  lists: [{ base: 'https://api.cohere.com/v1', path: '/models', query: { page_size: '1000' } }],
  entriesAt: ['models'],
  nextPage: nextByToken('next_page_token', 'page_token'),
  entry: z.object({
    name: z.string(),
    is_deprecated: flag,
    endpoints: texts,
    context_length: count,
    features: texts,
  }),
  model: (entry) => {
    const { endpoints, features } = entry
    const known = KINDS.find(([endpoint]) => endpoints?.includes(endpoint))
    return {
      id: entry.name,
      kind: known?.[1] ?? (endpoints?.length ? 'other' : 'unknown'),
      context_window: entry.context_length,
      capabilities: listed(features, {
        tools: 'tools',
        vision: 'vision',
        reasoning: 'reasoning',
        structured_output: 'json_schema',
        json_mode: 'json_mode',
      }),
      deprecated: entry.is_deprecated,
      snapshot_of: undated(entry.name, '-08-2024'),
    }
  },
})

import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import { count, maybe, member, text, token, undated } from '../wire-values.ts'

const supported = maybe(z.object({ supported: z.boolean() }))

/**
 * Insists on `anthropic-version`. Pages with `has_more` and `after_id`; 20 entries unless asked for more. All listed
 * models talk. `created_at` is the release date, or an epoch value where unknown; `max_input_tokens` is the window.
 * No price, no flag for tools. Never sends a link between `claude-x` and `claude-x-20250514`.
 */
export const anthropic = defineProvider({
  key: 'anthropic',
  name: 'Anthropic',
  keysUrl: 'https://console.anthropic.com/settings/keys',
  statusUrl: 'https://status.claude.com',
  keyVariables: ['ANTHROPIC_API_KEY'],
  auth: { header: 'x-api-key' },
  headers: { 'anthropic-version': '2023-06-01' },
  lists: [{ base: 'https://api.anthropic.com/v1', path: '/models', query: { limit: '1000' } }],
  entriesAt: ['data'],
  nextPage: (envelope) => {
    const last = member(envelope, 'has_more') === true ? token(envelope, 'last_id') : undefined
    return last === undefined ? undefined : { query: { after_id: last } }
  },
  entry: z.object({
    id: z.string(),
    display_name: text,
    created_at: text,
    max_input_tokens: count,
    max_tokens: count,
    capabilities: maybe(
      z.object({
        image_input: supported,
        pdf_input: supported,
        structured_outputs: supported,
        thinking: supported,
      }),
    ),
    lifecycle: text,
    deprecated_at: text,
    retires_at: text,
  }),
  model: (entry) => {
    const can = entry.capabilities
    const image = can?.image_input?.supported
    return {
      id: entry.id,
      name: entry.display_name,
      kind: 'chat',
      context_window: entry.max_input_tokens,
      max_output_tokens: entry.max_tokens,
      modalities: can
        ? {
            input: ['text', ...(image ? ['image'] : []), ...(can.pdf_input?.supported ? ['pdf'] : [])],
            output: ['text'],
          }
        : {},
      capabilities: {
        vision: image,
        reasoning: can?.thinking?.supported,
        structured_output: can?.structured_outputs?.supported,
      },
      released_at: entry.created_at,
      deprecated: entry.lifecycle === 'deprecated' || entry.lifecycle === 'retired',
      deprecated_at: entry.deprecated_at,
      retires_at: entry.retires_at,
      snapshot_of: undated(entry.id, '-20250514'),
    }
  },
  // what Anthropic itself listed on that day
  staticList: {
    asOf: '2026-02-19',
    models: [
      { id: 'claude-opus-4-6', name: 'Claude Opus 4.6', kind: 'chat', released_at: '2026-02-04' },
      { id: 'claude-opus-4-5-20251101', name: 'Claude Opus 4.5', kind: 'chat', released_at: '2025-11-24' },
      { id: 'claude-haiku-4-5-20251001', name: 'Claude Haiku 4.5', kind: 'chat', released_at: '2025-10-15' },
      {
        id: 'claude-sonnet-4-5-20250929',
        name: 'Claude Sonnet 4.5',
        kind: 'chat',
        released_at: '2025-09-29',
      },
      { id: 'claude-opus-4-1-20250805', name: 'Claude Opus 4.1', kind: 'chat', released_at: '2025-08-05' },
      { id: 'claude-opus-4-20250514', name: 'Claude Opus 4', kind: 'chat', released_at: '2025-05-22' },
      { id: 'claude-sonnet-4-20250514', name: 'Claude Sonnet 4', kind: 'chat', released_at: '2025-05-22' },
      {
        id: 'claude-3-7-sonnet-20250219',
        name: 'Claude Sonnet 3.7',
        kind: 'chat',
        released_at: '2025-02-24',
      },
      { id: 'claude-3-5-haiku-20241022', name: 'Claude Haiku 3.5', kind: 'chat', released_at: '2024-10-22' },
      { id: 'claude-3-haiku-20240307', name: 'Claude Haiku 3', kind: 'chat', released_at: '2024-03-07' },
    ],
  },
})

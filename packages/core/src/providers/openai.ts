import { z } from 'zod'
import { defineProvider } from '../provider.ts'
import { count, text, undated } from '../wire-values.ts'
import { openaiKind } from './openai-kinds.ts'

/**
 * The list says ids, a creation time and, since 2026, a shutdown date: no kind, context, price or modality.
 * No paging. Aliases and dated snapshots are separate entries without a link. A 401 echoes the key.
 */
export const openai = defineProvider({
  key: 'openai',
  name: 'OpenAI',
  keysUrl: 'https://platform.openai.com/api-keys',
  statusUrl: 'https://status.openai.com',
  keyVariables: ['OPENAI_API_KEY'],
  auth: 'bearer',
  lists: [{ base: 'https://api.openai.com/v1', path: '/models' }],
  entriesAt: ['data'],
  entry: z.object({ id: z.string(), created: count, shutdown_date: text }),
  model: (entry) => ({
    id: entry.id,
    kind: openaiKind(entry.id),
    released_at: entry.created,
    retires_at: entry.shutdown_date,
    snapshot_of: undated(entry.id, '-2024-08-06', '-0613'),
  }),
})

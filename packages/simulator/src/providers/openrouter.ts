import { openrouterDialect } from '../chat/dialects.ts'
import { openaiChat } from '../chat/openai-chat.ts'
import { openrouterFiller, openrouterKeyDetails, openrouterModels } from '../lists/openrouter.ts'
import { hexadecimal } from '../seeded.ts'
import type { Entry, ListRoute, RequestView, StandIn } from '../stand-in.ts'
import { bearerKey } from '../stand-in.ts'

function failure(code: number, message: string, metadata?: Record<string, unknown>) {
  return { status: code, body: { error: metadata ? { message, code, metadata } : { message, code } } }
}

function ofModality(models: Entry[], request: RequestView): Entry[] {
  const asked = request.query.get('output_modalities') ?? 'text'
  if (asked === 'all') return models
  const wanted = asked.split(',')
  return models.filter((model) => {
    const { output_modalities: outputs } = model.architecture as { output_modalities: string[] }
    return outputs.some((modality) => wanted.includes(modality))
  })
}

function nextLink(cursor: string, request: RequestView): string {
  const query = new URLSearchParams(request.query)
  query.delete('offset')
  const kept = query.toString()
  return `${request.origin}${request.path}?${kept ? `${kept}&` : ''}offset=${cursor}`
}

const list: Omit<ListRoute, 'path'> = {
  kind: 'list',
  listField: 'data',
  idField: 'id',
  nameField: 'name',
  select: ofModality,
  paging: {
    sizeParameter: 'limit',
    cursorParameter: 'offset',
    defaultSize: Number.POSITIVE_INFINITY,
    maxSize: 1000,
    cursorFor: (offset) => String(offset),
    offsetOf: (cursor) => (/^\d+$/.test(cursor) ? Number(cursor) : undefined),
    render: nextLink,
  },
  envelope: (page) => ({
    data: page.entries,
    total_count: page.total,
    links: { next: page.next ?? null },
  }),
}

export const openrouter: StandIn = {
  id: 'openrouter',
  basePath: '/api/v1',
  key: 'sk-or-v1-sim-not-a-real-key-0009',
  keyVariable: 'OPENROUTER_API_KEY',
  catalogueId: 'openrouter',
  readKey: bearerKey,
  successHeaders: (n) => ({
    'content-type': 'application/json',
    'cf-ray': `${hexadecimal(n, 16)}-SIM`,
    'x-content-type-options': 'nosniff',
  }),
  models: openrouterModels,
  filler: openrouterFiller,
  routes: [
    { ...list, path: '/api/v1/models/user' },
    {
      ...list,
      path: '/api/v1/models',
      isPublic: true,
      headers: {
        age: '45',
        'cache-control': 'public, max-age=300, stale-while-revalidate=3600',
        'cf-cache-status': 'HIT',
      },
    },
    { kind: 'fixed', path: '/api/v1/key', body: { data: openrouterKeyDetails } },
  ],
  chats: [openaiChat(openrouterDialect((status, message) => failure(status, message)))],
  errors: {
    shape: (status, message) => failure(status, message).body,
    missingKey: () => failure(401, 'Missing Authentication header'),
    badKey: () => failure(401, 'User not found.'),
    permission: () => failure(403, 'This key has no permission to list models.'),
    region: () => failure(403, 'Access from your country or region is not supported.'),
    credit: () => failure(402, 'This request requires more credits. Add credits to go on.'),
    leakedKey: () => failure(403, 'This API key was reported as leaked and is disabled.'),
    rateLimit: () => failure(429, 'Rate limit exceeded', { provider_name: null }),
  },
}

import { mistralDialect } from '../chat/dialects.ts'
import { openaiChat } from '../chat/openai-chat.ts'
import { mistralFiller, mistralModels } from '../lists/mistral.ts'
import { hexadecimal } from '../seeded.ts'
import type { StandIn } from '../stand-in.ts'
import { bearerKey } from '../stand-in.ts'

function failure(status: number, message: string, type: string, code: string) {
  return { status, body: { object: 'error', message, type, param: null, code } }
}

export const mistral: StandIn = {
  id: 'mistral',
  basePath: '/v1',
  key: 'sim-mistral-not-a-real-key-0004',
  keyVariable: 'MISTRAL_API_KEY',
  catalogueId: 'mistral',
  readKey: bearerKey,
  successHeaders: (n) => ({
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    'x-kong-request-id': hexadecimal(n, 32),
  }),
  models: mistralModels,
  filler: mistralFiller,
  routes: [
    {
      kind: 'list',
      path: '/v1/models',
      listField: 'data',
      idField: 'id',
      nameField: undefined,
      // Mistral gives the second of the request as every model's birth.
      select: (models, request) => models.map((model) => ({ ...model, created: request.now })),
      changesEverySecond: true,
      envelope: (page) => ({ object: 'list', data: page.entries }),
    },
  ],
  chats: [openaiChat(mistralDialect(failure))],
  errors: {
    shape: (status, message) =>
      status === 404
        ? { detail: 'Not Found' }
        : failure(status, message, status >= 500 ? 'internal_server_error' : 'invalid_request', '1000').body,
    missingKey: () => ({ status: 401, body: { detail: 'Unauthorized' } }),
    badKey: () => ({ status: 401, body: { detail: 'Invalid API Key' } }),
    permission: () => failure(403, 'This key has no permission to list models.', 'permission_error', '1400'),
    region: () => failure(403, 'This service is not offered in your region.', 'forbidden', '1401'),
    credit: () => failure(402, 'Your account has no credit left.', 'payment_required', '1402'),
    leakedKey: () =>
      failure(403, 'This API key was reported as leaked and is disabled.', 'forbidden', '1403'),
    rateLimit: () => failure(429, 'Rate limit exceeded', 'rate_limited', '1300'),
  },
}

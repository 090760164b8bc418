import { groqDialect } from '../chat/dialects.ts'
import { openaiChat } from '../chat/openai-chat.ts'
import { groqFiller, groqModels } from '../lists/groq.ts'
import { hexadecimal } from '../seeded.ts'
import type { StandIn } from '../stand-in.ts'
import { bearerKey } from '../stand-in.ts'

function failure(status: number, message: string, type: string, code?: string) {
  return { status, body: { error: code === undefined ? { message, type } : { message, type, code } } }
}

export const groq: StandIn = {
  id: 'groq',
  basePath: '/openai/v1',
  key: 'gsk_sim_groq_not_a_real_key_0005',
  keyVariable: 'GROQ_API_KEY',
  catalogueId: 'groq',
  readKey: bearerKey,
  successHeaders: (n) => ({
    'content-type': 'application/json',
    'cache-control': 'private, max-age=0, no-store, no-cache, must-revalidate',
    vary: 'Origin',
    'x-request-id': `req_${hexadecimal(n, 26)}`,
  }),
  models: groqModels,
  filler: groqFiller,
  routes: [
    {
      kind: 'list',
      path: '/openai/v1/models',
      listField: 'data',
      idField: 'id',
      nameField: 'name',
      select: (models) => models,
      envelope: (page) => ({ object: 'list', data: page.entries }),
    },
  ],
  chats: [openaiChat(groqDialect(failure))],
  errors: {
    shape: (status, message) =>
      failure(status, message, status >= 500 ? 'internal_server_error' : 'invalid_request_error').body,
    missingKey: () => failure(401, 'Invalid API Key', 'invalid_request_error', 'invalid_api_key'),
    badKey: () => failure(401, 'Invalid API Key', 'invalid_request_error', 'invalid_api_key'),
    permission: () =>
      failure(
        403,
        'This key has no permission to list models.',
        'permissions_error',
        'insufficient_permission',
      ),
    region: () =>
      failure(403, 'Access from your region is not supported.', 'forbidden', 'region_not_supported'),
    credit: () => failure(402, 'Your account has no credit left.', 'billing_error', 'blocked_api_access'),
    leakedKey: () =>
      failure(403, 'This API key was reported as leaked and is disabled.', 'invalid_request_error'),
    rateLimit: () => failure(429, 'Rate limit reached.', 'requests', 'rate_limit_exceeded'),
  },
}

import { togetherDialect } from '../chat/dialects.ts'
import { openaiChat } from '../chat/openai-chat.ts'
import { togetherFiller, togetherModels } from '../lists/together.ts'
import { hexadecimal } from '../seeded.ts'
import type { StandIn } from '../stand-in.ts'
import { bearerKey } from '../stand-in.ts'

function failure(status: number, message: string, type: string, code: string | null = null) {
  return { status, body: { id: 'osim000-2kFHot-sim', error: { message, type, param: null, code } } }
}

export const together: StandIn = {
  id: 'together',
  basePath: '/v1',
  key: 'tgp_v1_sim_together_not_a_real_key_0006',
  keyVariable: 'TOGETHER_API_KEY',
  catalogueId: 'togetherai',
  readKey: bearerKey,
  successHeaders: (n) => ({
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': hexadecimal(n, 24),
  }),
  models: togetherModels,
  filler: togetherFiller,
  routes: [
    {
      kind: 'list',
      path: '/v1/models',
      listField: undefined,
      idField: 'id',
      nameField: 'display_name',
      // Nothing here runs on endpoints of the caller's own, so that filter leaves nothing.
      select: (models, request) => (request.query.get('dedicated') === 'true' ? [] : models),
      envelope: (page) => page.entries,
    },
  ],
  chats: [openaiChat(togetherDialect(failure))],
  errors: {
    shape: (status, message) =>
      failure(status, message, status >= 500 ? 'server_error' : 'invalid_request_error').body,
    missingKey: () => ({ status: 401, body: { error: { message: 'Unauthorized' } } }),
    badKey: () => ({ status: 401, body: { error: { message: 'Unauthorized' } } }),
    permission: () => failure(403, 'This key has no permission to list models.', 'permission_error'),
    region: () => failure(403, 'Access from your region is not supported.', 'forbidden'),
    credit: () => failure(402, 'Credit limit exceeded. Please add credit.', 'credit_limit'),
    leakedKey: () =>
      failure(403, 'This API key was reported as leaked and is disabled.', 'invalid_request_error'),
    rateLimit: () =>
      failure(429, 'You have been rate limited. Your rate limit is 60 queries per minute.', 'credit_limit'),
  },
}

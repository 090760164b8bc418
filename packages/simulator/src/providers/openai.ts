import { openaiDialect } from '../chat/dialects.ts'
import { openaiChat } from '../chat/openai-chat.ts'
import { openaiResponses } from '../chat/openai-responses.ts'
import { openaiFiller, openaiModels } from '../lists/openai.ts'
import { hexadecimal } from '../seeded.ts'
import type { StandIn } from '../stand-in.ts'
import { bearerKey } from '../stand-in.ts'

const keysPage = 'You can find your API key at https://platform.openai.com/account/api-keys.'

function failure(status: number, message: string, type: string, code: string | null) {
  return { status, body: { error: { message, type, param: null, code } } }
}

function unknownModel(model: string) {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`
  return failure(404, message, 'invalid_request_error', 'model_not_found')
}

function masked(key: string): string {
  return key.length <= 12 ? key : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`
}

export const openai: StandIn = {
  id: 'openai',
  basePath: '/v1',
  key: 'sk-sim-openai-not-a-real-key-0001',
  keyVariable: 'OPENAI_API_KEY',
  catalogueId: 'openai',
  readKey: bearerKey,
  successHeaders: (n) => ({
    'content-type': 'application/json',
    'openai-processing-ms': '148',
    'x-content-type-options': 'nosniff',
    'x-request-id': `req_${hexadecimal(n, 32)}`,
  }),
  models: openaiModels,
  filler: openaiFiller,
  routes: [
    {
      kind: 'list',
      path: '/v1/models',
      listField: 'data',
      idField: 'id',
      nameField: undefined,
      select: (models) => models,
      envelope: (page) => ({ object: 'list', data: page.entries }),
    },
  ],
  chats: [
    openaiResponses('/v1/responses', (model) => ({ ...unknownModel(model), status: 400 })),
    openaiChat(openaiDialect(failure, unknownModel)),
  ],
  errors: {
    shape: (status, message) =>
      failure(status, message, status >= 500 ? 'server_error' : 'invalid_request_error', null).body,
    missingKey: () =>
      failure(
        401,
        `You didn't provide an API key. Send it in an Authorization header. ${keysPage}`,
        'invalid_request_error',
        null,
      ),
    badKey: (key) => ({
      ...failure(
        401,
        `Incorrect API key provided: ${masked(key)}. ${keysPage}`,
        'invalid_request_error',
        'invalid_api_key',
      ),
      headers: { 'www-authenticate': 'Bearer realm="OpenAI API"' },
    }),
    permission: () =>
      failure(
        403,
        'You have insufficient permissions for this operation. Missing scopes: api.model.read.',
        'invalid_request_error',
        null,
      ),
    region: () =>
      failure(
        403,
        'Country, region, or territory not supported',
        'request_forbidden',
        'unsupported_country_region_territory',
      ),
    credit: () =>
      failure(402, 'Your account has no credit left.', 'insufficient_quota', 'insufficient_quota'),
    leakedKey: () =>
      failure(403, 'This API key was reported as leaked and is disabled.', 'invalid_request_error', null),
    rateLimit: () => failure(429, 'Rate limit reached for requests.', 'requests', 'rate_limit_exceeded'),
  },
}

import { fireworksDialect } from '../chat/dialects.ts'
import { openaiChat } from '../chat/openai-chat.ts'
import { fireworksFiller, fireworksModels } from '../lists/fireworks.ts'
import { hexadecimal } from '../seeded.ts'
import type { Entry, ListRoute, RequestView, StandIn } from '../stand-in.ts'
import { bearerKey, opaqueCursor } from '../stand-in.ts'

function failure(status: number, message: string, code: string) {
  return {
    status,
    body: {
      error: { message, param: null, code, type: 'error' },
      request_id: '51a751a7-51a7-4a7e-8d00-51a751a751a7',
    },
  }
}

/** gRPC codes, as the control plane answers everything that is not about the key. */
const grpcCodes: Record<number, number> = {
  400: 3,
  403: 7,
  404: 5,
  409: 10,
  429: 8,
  500: 13,
  501: 12,
  503: 14,
  504: 4,
}

function filtered(models: Entry[], request: RequestView): Entry[] {
  const filter = request.query.get('filter') ?? ''
  if (!/supports_?serverless\s*=\s*true/i.test(filter)) return models
  return models.filter((model) => model.supportsServerless === true)
}

/** The inference list knows only what runs, in OpenAI's shape. */
function running(models: Entry[]): Entry[] {
  return models
    .filter((model) => model.supportsServerless === true)
    .map((model) => ({
      id: model.name,
      object: 'model',
      owned_by: 'fireworks',
      created: Math.floor(Date.parse(String(model.createTime)) / 1000),
      kind: model.kind,
      supports_chat: model.conversationConfig !== null,
      supports_image_input: model.supportsImageInput,
      supports_tools: model.supportsTools,
      ...(model.contextLength === 0 ? {} : { context_length: model.contextLength }),
    }))
}

function accountList(path: string): ListRoute {
  return {
    kind: 'list',
    path,
    listField: 'models',
    idField: 'name',
    idPrefix: 'accounts/fireworks/models/',
    nameField: 'displayName',
    select: filtered,
    badKeyStatus: 403,
    paging: {
      sizeParameter: 'pageSize',
      cursorParameter: 'pageToken',
      defaultSize: 50,
      maxSize: 200,
      ...opaqueCursor('fireworks'),
    },
    envelope: (page) => ({
      models: page.entries,
      nextPageToken: page.next ?? '',
      totalSize: page.total,
    }),
  }
}

export const fireworks: StandIn = {
  id: 'fireworks',
  basePath: '/inference/v1',
  key: 'fw_sim_fireworks_not_a_real_key_0008',
  keyVariable: 'FIREWORKS_API_KEY',
  catalogueId: 'fireworks-ai',
  readKey: bearerKey,
  successHeaders: (n) => ({
    'content-type': 'application/json',
    'x-request-id': hexadecimal(n, 32),
  }),
  models: fireworksModels,
  filler: fireworksFiller,
  routes: [
    accountList('/v1/accounts/fireworks/models'),
    accountList('/inference/v1/accounts/fireworks/models'),
    {
      kind: 'list',
      path: '/inference/v1/models',
      listField: 'data',
      idField: 'id',
      idPrefix: 'accounts/fireworks/models/',
      nameField: undefined,
      select: running,
      envelope: (page) => ({ object: 'list', data: page.entries }),
    },
  ],
  chats: [openaiChat(fireworksDialect((status, message, _type, code) => failure(status, message, code)))],
  errors: {
    shape: (status, message) => ({ code: grpcCodes[status] ?? 2, details: [], message }),
    missingKey: () => failure(401, 'Missing API key.', 'UNAUTHORIZED'),
    badKey: () => failure(401, 'The API key you provided is invalid.', 'UNAUTHORIZED'),
    permission: () => failure(403, 'This key has no permission to list models.', 'FORBIDDEN'),
    region: () => failure(403, 'Access from your region is not supported.', 'FORBIDDEN'),
    credit: () => failure(402, 'Your account has no credit left.', 'PAYMENT_REQUIRED'),
    leakedKey: () => failure(403, 'This API key was reported as leaked and is disabled.', 'FORBIDDEN'),
    rateLimit: () => failure(429, 'Rate limit exceeded.', 'RATE_LIMIT_EXCEEDED'),
  },
}

import { cohereChat } from '../chat/cohere-chat.ts'
import { cohereFiller, cohereModels } from '../lists/cohere.ts'
import { hexadecimal } from '../seeded.ts'
import type { Entry, RequestView, StandIn } from '../stand-in.ts'
import { bearerKey, opaqueCursor } from '../stand-in.ts'

function failure(status: number, message: string) {
  return { status, body: { id: '5e0c51a7-51a7-4a7e-8d00-51a751a751a7', message } }
}

function forEndpoint(models: Entry[], request: RequestView): Entry[] {
  const endpoint = request.query.get('endpoint')
  if (!endpoint) return models
  const field = request.query.get('default_only') === 'true' ? 'default_endpoints' : 'endpoints'
  return models.filter((model) => (model[field] as string[]).includes(endpoint))
}

export const cohere: StandIn = {
  id: 'cohere',
  basePath: '/v1',
  key: 'sim-cohere-not-a-real-key-0007',
  keyVariable: 'COHERE_API_KEY',
  catalogueId: 'cohere',
  readKey: bearerKey,
  successHeaders: (n) => ({
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store, no-transform, must-revalidate, private, max-age=0',
    'x-debug-trace-id': hexadecimal(n, 32),
  }),
  models: cohereModels,
  filler: cohereFiller,
  routes: [
    {
      kind: 'list',
      path: '/v1/models',
      listField: 'models',
      idField: 'name',
      nameField: undefined,
      select: forEndpoint,
      paging: {
        sizeParameter: 'page_size',
        cursorParameter: 'page_token',
        defaultSize: 20,
        maxSize: 1000,
        ...opaqueCursor('cohere'),
      },
      envelope: (page) =>
        page.next === undefined
          ? { models: page.entries }
          : { models: page.entries, next_page_token: page.next },
    },
  ],
  chats: [cohereChat('/v2/chat', failure)],
  errors: {
    shape: (status, message) => failure(status, message).body,
    missingKey: () => failure(401, 'no api key supplied'),
    badKey: () => failure(401, 'invalid api token'),
    permission: () => failure(403, 'this api key has no permission to list models'),
    region: () => failure(403, 'your country or region is not supported'),
    credit: () => failure(402, 'your account has no credit left, please add a payment method'),
    leakedKey: () => failure(403, 'this api key was reported as leaked and is disabled'),
    rateLimit: () => failure(429, 'you are past the per minute request limit, please wait and try again'),
  },
}

import { googleGenerate } from '../chat/google-generate.ts'
import { googleFiller, googleModels } from '../lists/google.ts'
import type { StandIn } from '../stand-in.ts'
import { opaqueCursor } from '../stand-in.ts'

const statusNames: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

function errorInfo(reason: string) {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service: 'generativelanguage.googleapis.com' },
  }
}

function failure(code: number, message: string, details?: unknown[], status?: string) {
  const error = { code, message, status: status ?? statusNames[code] ?? 'UNKNOWN' }
  return { status: code, body: { error: details ? { ...error, details } : error } }
}

export const google: StandIn = {
  id: 'google',
  basePath: '/v1beta',
  key: 'AIza-sim-google-not-a-real-key-0003',
  keyVariable: 'GEMINI_API_KEY',
  catalogueId: 'google',
  readKey: (headers) => headers['x-goog-api-key']?.toString().trim() || undefined,
  successHeaders: () => ({
    'content-type': 'application/json; charset=UTF-8',
    vary: 'Origin, X-Origin, Referer',
    'x-content-type-options': 'nosniff',
  }),
  models: googleModels,
  filler: googleFiller,
  routes: [
    {
      kind: 'list',
      path: '/v1beta/models',
      listField: 'models',
      idField: 'name',
      idPrefix: 'models/',
      nameField: 'displayName',
      select: (models) => models,
      paging: {
        sizeParameter: 'pageSize',
        cursorParameter: 'pageToken',
        defaultSize: 50,
        maxSize: 1000,
        ...opaqueCursor('google'),
      },
      envelope: (page) =>
        page.next === undefined
          ? { models: page.entries }
          : { models: page.entries, nextPageToken: page.next },
    },
  ],
  chats: [googleGenerate(failure)],
  errors: {
    shape: (status, message) => failure(status, message).body,
    missingKey: () =>
      failure(
        403,
        "Method doesn't allow unregistered callers. Please use an API key or another form of identity.",
      ),
    badKey: () =>
      failure(400, 'API key not valid. Please pass a valid API key.', [errorInfo('API_KEY_INVALID')]),
    permission: () =>
      failure(403, 'Requests to this API are blocked for this key.', [errorInfo('API_KEY_SERVICE_BLOCKED')]),
    region: () =>
      failure(400, 'User location is not supported for the API use.', undefined, 'FAILED_PRECONDITION'),
    credit: () => failure(402, 'Billing is not set up for this project.'),
    leakedKey: () => failure(403, 'Your API key was reported as leaked. Please use another API key.'),
    rateLimit: () => failure(429, 'You exceeded your current quota.'),
  },
}

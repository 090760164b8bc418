import { anthropicMessages } from '../chat/anthropic-messages.ts'
import { anthropicFiller, anthropicModels } from '../lists/anthropic.ts'
import { hexadecimal } from '../seeded.ts'
import type { Entry, RequestView, StandIn } from '../stand-in.ts'
import { trailingIndex } from '../stand-in.ts'

function failure(status: number, type: string, message: string, details?: Record<string, string>) {
  const error = details ? { type, message, details } : { type, message }
  return {
    status,
    headers: { 'x-should-retry': status >= 500 || status === 429 ? 'true' : 'false' },
    body: { type: 'error', error, request_id: 'req_011CSimulatedRequest0001' },
  }
}

const errorTypes: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

function asked(models: Entry[], request: RequestView): Entry[] {
  const lifecycles = request.query
    .getAll('lifecycle')
    .concat(request.query.getAll('lifecycle[]'))
    .flatMap((value) => value.split(','))
  const wanted = lifecycles.length > 0 ? lifecycles : ['active', 'deprecated']
  return models.filter((model) => wanted.includes(String(model.lifecycle)))
}

export const anthropic: StandIn = {
  id: 'anthropic',
  basePath: '/v1',
  key: 'sk-ant-sim-not-a-real-key-0002',
  keyVariable: 'ANTHROPIC_API_KEY',
  catalogueId: 'anthropic',
  readKey: (headers) => headers['x-api-key']?.toString().trim() || undefined,
  refuse: (request) =>
    request.headers['anthropic-version'] === undefined
      ? failure(400, 'invalid_request_error', 'anthropic-version: header is required')
      : undefined,
  successHeaders: (n) => ({
    'content-type': 'application/json',
    'request-id': `req_011C${hexadecimal(n, 20)}`,
  }),
  models: anthropicModels,
  filler: anthropicFiller,
  routes: [
    {
      kind: 'list',
      path: '/v1/models',
      listField: 'data',
      idField: 'id',
      nameField: 'display_name',
      select: asked,
      paging: {
        sizeParameter: 'limit',
        cursorParameter: 'after_id',
        defaultSize: 20,
        maxSize: 1000,
        refusesLargerSize: true,
        cursorFor: (_offset, idBefore) => idBefore,
        offsetOf: (cursor, indexOfId) => {
          const index = indexOfId(cursor)
          if (index >= 0) return index + 1
          return cursor.startsWith('claude-generated-') ? trailingIndex(cursor) + 1 : undefined
        },
      },
      envelope: (page) => ({
        data: page.entries,
        has_more: page.next !== undefined,
        first_id: page.entries[0]?.id ?? null,
        last_id: page.next ?? page.entries.at(-1)?.id ?? null,
      }),
    },
  ],
  chats: [anthropicMessages('/v1/messages', failure)],
  errors: {
    shape: (status, message) => failure(status, errorTypes[status] ?? 'api_error', message).body,
    missingKey: () => failure(401, 'authentication_error', 'x-api-key header is required'),
    badKey: () => failure(401, 'authentication_error', 'invalid x-api-key'),
    permission: () =>
      failure(403, 'permission_error', 'Your API key has no permission for this resource.', {
        error_code: 'claude_code_key_creator_not_member',
      }),
    region: () => failure(403, 'permission_error', 'Access from your country or region is not supported.'),
    credit: () => failure(402, 'billing_error', 'Your credit balance is too low.'),
    leakedKey: () => failure(403, 'permission_error', 'This API key was reported as leaked and is disabled.'),
    rateLimit: () =>
      failure(429, 'rate_limit_error', "This request would exceed your organization's rate limit."),
  },
}

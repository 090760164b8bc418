import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Refusal, toErrorBody } from '../refusal.ts'
import type { AppContext } from './bind.ts'

export function toErrorResponse(context: AppContext, refusal: Refusal): Response {
  const { status, retryAfterSeconds } = refusal
  if (status === 401) context.header('www-authenticate', 'Bearer realm="Rollcall"')
  if (retryAfterSeconds !== undefined)
    context.header('retry-after', `${Math.max(1, Math.ceil(retryAfterSeconds))}`)
  return toJsonResponse(context, toErrorBody(refusal), status)
}

/** Its length is told, so that short ones are not compressed. */
export function toJsonResponse(context: AppContext, value: unknown, status: ContentfulStatusCode): Response {
  const text = JSON.stringify(value)
  return context.body(text, status, {
    'content-type': 'application/json',
    'content-length': `${Buffer.byteLength(text)}`,
    'cache-control': 'no-store',
  })
}

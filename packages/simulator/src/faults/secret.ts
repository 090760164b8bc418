import type { Exchange } from '../exchange.ts'
import { sendFixed, sentKey } from '../exchange.ts'
import type { Entry, ListRoute } from '../stand-in.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'
import { entries } from './list-fault.ts'
import { cursorInstead, paged } from './paging.ts'

function echo(exchange: Exchange): void {
  const { errors } = exchange.standIn
  const key = sentKey(exchange)
  const body = worded(errors.badKey(key).body, `Incorrect API key provided: ${key}.`)
  sendFixed(exchange, { status: 401, body })
}

/** The same error with another message, wherever this provider has its message. */
function worded(body: unknown, message: string): unknown {
  const error = body as Record<string, unknown>
  if (typeof error.error === 'object') return { ...error, error: { ...error.error, message } }
  return 'detail' in error ? { detail: message } : { ...error, message }
}

/** The list and one entry that carries a secret in its id and, where there is one, its name. */
function carrying(
  models: Entry[],
  { idField, nameField, idPrefix = '' }: ListRoute,
  secret: string,
): Entry[] {
  const name = nameField ? { [nameField]: `Model of ${secret}` } : {}
  return [...models, { ...models[0], [idField]: `${idPrefix}echo-${secret}`, ...name }]
}

/** J: the key comes back. */
export const secretFaults = {
  J2: http('J2', '401 whose body repeats the key', echo),
  J3: entries('J3', 'an entry whose id and name carry the key', (models, route, exchange) =>
    carrying(models, route, sentKey(exchange)),
  ),
  'J3-base64': entries('J3', 'an entry that carries the key in base64', (models, route, exchange) =>
    carrying(models, route, Buffer.from(sentKey(exchange)).toString('base64')),
  ),
  'J3-cursor': paged('J3', 'a page cursor that is the key', cursorInstead(sentKey)),
} satisfies Record<string, HttpFault>

import type { IncomingMessage, ServerResponse } from 'node:http'
import { ENDPOINTS } from '@rollcall/core/schema'
import type { Authenticator } from '../accounts/authenticate.ts'
import { bearerOf } from '../http/bearer.ts'
import type { ReadClientAddress } from '../http/client-address.ts'
import { createEncodingChoice, isKnownToCaller } from '../http/negotiation.ts'
import { securityHeaders } from '../http/security-headers.ts'
import { refuseAccess } from '../http/who.ts'
import { ENCODINGS, type PreparedAnswer, type PreparedAnswers } from './prepared-answers.ts'

const { path, alsoAt, access } = ENDPOINTS.availableModels

/** The smallest that the caller takes; undefined: plain. */
export const chooseEncoding = createEncodingChoice(ENCODINGS)

/** Private, and asked for anew each time, which costs a 304. Nobody else compresses it: that is done once, here. */
export function answerHeaders(answer: PreparedAnswer): [string, string][] {
  return [
    ['etag', answer.etag],
    ['cache-control', 'private, no-cache, no-transform'],
    ['vary', 'authorization, accept-encoding'],
  ]
}

/**
 * The shortest way for what is asked most: a prepared answer to a known token is sent without a look at anything else.
 * Returns whether it was; all other requests go the long way.
 */
export function createReadyPath(
  authenticator: Authenticator,
  answers: PreparedAnswers,
  clientAddress: ReadClientAddress,
  nextRequestId: () => string,
) {
  const flatSecurity = new Map(
    [true, false].map((isSecure) => [isSecure, securityHeaders({ isSecure }).flat()] as const),
  )

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'GET' || (request.url !== path && request.url !== alsoAt)) return false
    const token = bearerOf(request.headers.authorization)
    const who = token === undefined ? undefined : authenticator.known(token)
    if (!who || refuseAccess(who, access)) return false
    const answer = answers.ready(who.userId)
    if (!answer) return false
    const headers = [...answerHeaders(answer).flat(), 'x-request-id', nextRequestId()]
    if (isKnownToCaller(request.headers['if-none-match'], answer.etag)) {
      response.writeHead(304, headers).end()
      return true
    }
    const encoding = chooseEncoding(request.headers['accept-encoding'] as string | undefined)
    const body = encoding === undefined ? answer.plain : answer.encoded[encoding]
    if (!body) return false
    headers.push(...(flatSecurity.get(clientAddress(request).isSecure) ?? []))
    headers.push('content-type', 'application/json', 'content-length', `${body.length}`)
    if (encoding !== undefined) headers.push('content-encoding', encoding)
    response.writeHead(200, headers).end(body)
    return true
  }
}

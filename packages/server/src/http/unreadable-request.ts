import { RequestError } from '@hono/node-server'
import { Refusal, toErrorBody } from '../refusal.ts'
import type { HttpPorts } from './bind.ts'
import { securityHeaders } from './security-headers.ts'

/** Answers what cannot even be handed on as a request: its address or its host is none. */
export function createUnreadableAnswer({ log, nextRequestId }: Pick<HttpPorts, 'log' | 'nextRequestId'>) {
  return (error: unknown): Response => {
    const requestId = nextRequestId()
    const isCallers = error instanceof RequestError
    if (!isCallers) log.bug(error, { event: 'bug', request_id: requestId })
    const refusal = isCallers
      ? new Refusal(
          'bad_request',
          'The address or the Host header of this request cannot be read: check them.',
        )
      : Refusal.ofBug(requestId)
    return new Response(JSON.stringify(toErrorBody(refusal)), {
      status: refusal.status,
      headers: [
        ...securityHeaders({ isSecure: false }).map(([name, value]): [string, string] => [name, value]),
        ['content-type', 'application/json'],
        ['cache-control', 'no-store'],
        ['x-request-id', requestId],
      ],
    })
  }
}

import type { Failure } from '@rollcall/core'
import type { GetRequest, HttpAnswer, HttpGet } from '@rollcall/core/transport'
import type { Dispatcher } from 'undici'
import type { NetworkOptions } from './agent.ts'
import { createAgentWhenAsked } from './agent-when-asked.ts'
import { discard, readBeginning, readWhole } from './read-body.ts'
import { toTransportFailure } from './transport-failure.ts'

const HEADER_COUNT = 256
/** How many dead kept connections one call may stumble over. */
const STALE_CONNECTIONS = 5

/**
 * The one way out: GET without redirects, with every limit of the port, over connections that are kept.
 * `close` frees every socket at once.
 */
export function createHttpGet(options: NetworkOptions = {}): { get: HttpGet; close: () => Promise<void> } {
  const agents = createAgentWhenAsked(options)
  const inFlight = new Map<string, number>()
  const count = (origin: string, change: 1 | -1): number => {
    const left = (inFlight.get(origin) ?? 0) + change
    if (left > 0) inFlight.set(origin, left)
    else inFlight.delete(origin)
    return left
  }

  const get: HttpGet = async (request) => {
    const { origin } = new URL(request.url)
    const agent = await agents.get()
    count(origin, 1)
    try {
      for (let staleConnections = 0; ; staleConnections++) {
        const before = agent.openedFor(origin)
        const result = await getOnce(agent.for(origin), request)
        // cut before any answer, on a connection kept from earlier: it had died meanwhile, and nobody saw the request
        const wasStale =
          'failure' in result &&
          result.failure.detail === 'reset' &&
          before > 0 &&
          agent.openedFor(origin) === before
        if (!wasStale || staleConnections >= STALE_CONNECTIONS || request.signal.aborted) return result
      }
    } finally {
      // nobody waits for what is still being connected
      if (count(origin, -1) === 0) agent.dropConnecting(origin)
    }
  }
  return { get, close: agents.destroy }
}

async function getOnce(
  agent: Dispatcher,
  { url, headers, signal, mostBytes, mostErrorBytes }: GetRequest,
): Promise<{ answer: HttpAnswer } | { failure: Failure }> {
  const { origin, pathname, search } = new URL(url)
  let stage: 'before answer' | 'in body' = 'before answer'
  try {
    const pending = agent.request({
      origin,
      path: pathname + search,
      method: 'GET',
      headers: { ...headers, 'accept-encoding': 'gzip' },
      signal,
    })
    const response = await orAborted(pending, signal)
    if (!response) return { failure: { code: 'timeout' } }
    stage = 'in body'
    const { statusCode: status, body } = response
    const joined = joinHeaders(response.headers)
    if (!joined) {
      discard(body)
      return { failure: { code: 'bad_response', detail: 'headers', httpStatus: status } }
    }
    const encoding = (joined['content-encoding'] ?? '').trim().toLowerCase()
    if (status < 200 || status > 299) {
      return {
        answer: { status, headers: joined, body: await readBeginning(body, encoding, mostErrorBytes) },
      }
    }
    const whole = await readWhole(body, encoding, mostBytes)
    if ('failure' in whole) return { failure: { ...whole.failure, httpStatus: status } }
    return { answer: { status, headers: joined, body: whole.bytes } }
  } catch (error) {
    return { failure: signal.aborted ? { code: 'timeout' } : toTransportFailure(error, stage) }
  }
}

/** The answer, or undefined as soon as the signal fires: the client itself listens to it only once it is connected. */
export function orAborted<T extends Dispatcher.ResponseData>(
  pending: Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      resolve(undefined)
      pending.then(({ body }) => discard(body)).catch(() => {}) // nobody waits for it any more
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    pending.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Undefined where there are more fields than an answer may have. */
export function joinHeaders(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> | undefined {
  const entries = Object.entries(headers)
  const fields = entries.reduce((sum, [, value]) => sum + (Array.isArray(value) ? value.length : 1), 0)
  if (fields > HEADER_COUNT) return undefined
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

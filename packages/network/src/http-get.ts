import type { Failure } from '@rollcall/core'
import type { GetRequest, HttpAnswer, HttpGet } from '@rollcall/core/transport'
import { buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import type { Proxies } from './proxies.ts'
import { discard, readBeginning, readWhole } from './read-body.ts'
import { createLookup } from './resolve-host.ts'
import { toTransportFailure } from './transport-failure.ts'

export interface NetworkOptions {
  proxies?: Proxies
  /** For TCP and TLS together. */
  connectTimeoutMs?: number
  lookupTimeoutMs?: number
  /** Name servers as `address:port`; the system's where absent. */
  nameServers?: readonly string[]
}

const HEADER_BYTES = 16 * 1024
const HEADER_COUNT = 256
/** Shorter than what servers keep, so that few kept connections turn out to be dead. */
const KEEP_ALIVE_MS = 30_000
/** How many dead kept connections one call may stumble over. */
const STALE_CONNECTIONS = 5

/**
 * The one way out: GET without redirects, with every limit of the port, over connections that are kept.
 * `close` frees every socket at once.
 */
export function createHttpGet(options: NetworkOptions = {}): { get: HttpGet; close: () => Promise<void> } {
  const { connectTimeoutMs = 3_000, lookupTimeoutMs = 2_000, nameServers } = options
  const connecting = {
    timeout: connectTimeoutMs,
    allowH2: false,
    autoSelectFamily: true,
    lookup: createLookup({ timeoutMs: lookupTimeoutMs, ...(nameServers ? { servers: nameServers } : {}) }),
  }
  const connect = buildConnector(connecting)
  const opened = new Map<string, number>()
  const openedFor = (origin: string) => opened.get(origin) ?? 0
  const agent = new EnvHttpProxyAgent({
    httpProxy: '',
    httpsProxy: '',
    noProxy: '',
    ...options.proxies,
    connect: (target, callback) => {
      const origin = `${target.protocol}//${target.host}`
      opened.set(origin, openedFor(origin) + 1)
      return connect(target, callback)
    },
    requestTls: connecting,
    proxyTls: connecting,
    allowH2: false,
    maxHeaderSize: HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // one deadline for all is the caller's signal: these would begin anew at every byte
    headersTimeout: 0,
    bodyTimeout: 0,
  })

  const get: HttpGet = async (request) => {
    const { origin } = new URL(request.url)
    for (let staleConnections = 0; ; staleConnections++) {
      const before = openedFor(origin)
      const result = await getOnce(agent, request)
      // cut before any answer, on a connection kept from earlier: it had died meanwhile, and nobody saw the request
      const wasStale =
        'failure' in result && result.failure.detail === 'reset' && before > 0 && openedFor(origin) === before
      if (!wasStale || staleConnections >= STALE_CONNECTIONS || request.signal.aborted) return result
    }
  }
  return { get, close: () => agent.destroy() }
}

async function getOnce(
  agent: Dispatcher,
  { url, headers, signal, mostBytes, mostErrorBytes }: GetRequest,
): Promise<{ answer: HttpAnswer } | { failure: Failure }> {
  const { origin, pathname, search } = new URL(url)
  let stage: 'before answer' | 'in body' = 'before answer'
  try {
    const response = await agent.request({
      origin,
      path: pathname + search,
      method: 'GET',
      headers: { ...headers, 'accept-encoding': 'gzip' },
      signal,
    })
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

/** Undefined where there are more fields than an answer may have. */
function joinHeaders(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> | undefined {
  const entries = Object.entries(headers)
  if (entries.length > HEADER_COUNT) return undefined
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

import type { Failure } from '@rollcall/core'
import type { buildConnector } from 'undici'

const EXPIRED = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']
const WRONG_HOST = ['ERR_TLS_CERT_ALTNAME_INVALID']
const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_REVOKED',
  'INVALID_CA',
  'INVALID_PURPOSE',
]
const NO_ROUTE = ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL']
const RESOURCES = ['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS']
/** A proxy that refused the tunnel, was cut, or took too long: our own limits on headers are off. */
const PROXY = ['UND_ERR_ABORTED', 'UND_ERR_PRX_CONN', 'UND_ERR_PRX_TLS', 'UND_ERR_HEADERS_TIMEOUT']
/** What an HTTP parser says of something that is not HTTP, or not as it must be. */
const NOT_HTTP = /^HPE_|^UND_ERR_INFO/

type Connector = ReturnType<typeof buildConnector>

interface NodeError extends Error {
  isOfProxy?: true
  code?: string
  syscall?: string
  errors?: NodeError[]
  cause?: NodeError
}

/**
 * A thrown error of sockets, TLS or the HTTP client as one of our failures. Only codes are read: messages may quote
 * addresses, headers, and with them the key.
 */
export function toTransportFailure(thrown: unknown, stage: 'before answer' | 'in body'): Failure {
  const error = rootOf(thrown as NodeError)
  const code = error.code ?? ''
  if (error.isOfProxy || (thrown as NodeError).isOfProxy || PROXY.includes(code)) {
    return { code: 'unreachable', detail: 'proxy' }
  }
  if (error.syscall === 'lookup') return lookupFailure(code)
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || (code === 'ETIMEDOUT' && stage === 'before answer')) {
    return { code: 'timeout', detail: 'connecting' }
  }
  if (EXPIRED.includes(code)) return { code: 'tls_error', detail: 'certificate_expired' }
  if (WRONG_HOST.includes(code)) return { code: 'tls_error', detail: 'certificate_wrong_host' }
  if (UNTRUSTED.includes(code)) return { code: 'tls_error', detail: 'certificate_untrusted' }
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    return { code: 'tls_error', detail: 'tls_protocol' }
  }
  if (RESOURCES.includes(code)) return { code: 'internal', detail: 'busy' }
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return { code: 'bad_response', detail: 'headers' }
  }
  const isParserError = NOT_HTTP.test(code) || error.name === 'HTTPParserError'
  // two lengths that contradict each other; in the body the same code says that less came than was announced
  const isContradiction = stage === 'before answer' && code.startsWith('UND_ERR_RES_')
  // an upgrade or a 100 that nobody asked for
  const isMisplaced = code === 'UND_ERR_SOCKET' && /^bad (upgrade|response)$/.test(error.message)
  if (isParserError || isContradiction || isMisplaced) {
    return { code: 'bad_response', detail: 'not_http' }
  }
  // whatever ends a body early, the part that came is not the answer
  if (stage === 'in body') return { code: 'bad_response', detail: 'cut_off', isRetryable: true }
  if (code === 'ECONNREFUSED') return { code: 'unreachable', detail: 'refused', isRetryable: true }
  if (NO_ROUTE.includes(code)) return { code: 'unreachable', detail: 'no_route' }
  return { code: 'unreachable', detail: 'reset', isRetryable: true }
}

/** Wraps what connects to a proxy, so that its failures are not taken for the provider's. */
export function markAsProxyError(connect: Connector): Connector {
  return (target, callback) =>
    connect(target, (error, socket) => {
      if (error) callback(Object.assign(error, { isOfProxy: true }), null)
      else callback(null, socket as NonNullable<typeof socket>)
    })
}

function lookupFailure(code: string): Failure {
  if (code === 'ETIMEOUT') return { code: 'timeout', detail: 'name_lookup' }
  if (code === 'ENOTFOUND' || code === 'ENODATA') return { code: 'unreachable', detail: 'name_not_found' }
  return { code: 'unreachable', detail: 'name_lookup', isRetryable: true }
}

/** Several addresses fail as one AggregateError; the client wraps what it got. The innermost code says most. */
function rootOf(error: NodeError): NodeError {
  const first = error.errors?.[0]
  if (first) return rootOf(first)
  return error.cause?.code &&
    (error.code ?? '').startsWith('UND_ERR') &&
    error.code !== 'UND_ERR_CONNECT_TIMEOUT'
    ? rootOf(error.cause)
    : error
}

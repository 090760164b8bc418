import { baseUrlVariable } from './base-url.ts'
import type { Failure } from './failure.ts'
import type { Provider } from './provider.ts'

export interface SentenceContext {
  provider: Pick<Provider, 'key' | 'name' | 'keysUrl' | 'statusUrl'>
  /** Where the base URL was replaced; then a wrong one is the likeliest cause of much. */
  base?: string | undefined
  timeoutMs: number
  /** When to try again, where that is known: RFC 3339, UTC. */
  retryAt: string | null
}

/** Statuses that say the same tomorrow. */
const LASTING = [405, 406, 410, 415, 426, 451]

/** One sentence of ours: what went wrong and what to do next. Never the provider's words. */
export function failureSentence(
  failure: Pick<Failure, 'code' | 'detail' | 'httpStatus'>,
  context: SentenceContext,
): string {
  const { provider, base } = context
  const hasOwnBase = base !== undefined
  const { name, keysUrl, statusUrl } = provider
  const status = failure.httpStatus ? ` (${failure.httpStatus})` : ''
  const later = context.retryAt ? `try again after ${clock(context.retryAt)}` : 'try again later'
  const checkBase = `check ${baseUrlVariable(provider.key)}`
  const ifItLasts = hasOwnBase ? checkBase : `if it lasts, see ${statusUrl}`
  const within = `within ${seconds(context.timeoutMs)}`

  switch (failure.code) {
    case 'key_rejected':
      return failure.detail === 'key_leaked'
        ? `${name} reports this key as leaked${status}: revoke it and make a new one at ${keysUrl}.`
        : `${name} rejected this key${status}: replace it with a valid one from ${keysUrl}.`
    case 'no_permission':
      return `${name} does not let this key list models${status}: allow it to read models at ${keysUrl}, or use a model by typing its id.`
    case 'region_blocked':
      return `${name} does not serve the region this request came from${status}: ask from a supported region.`
    case 'no_credit':
      return `${name} reports that this account has no credit left${status}: add credit in your ${name} account, then ${later}.`
    case 'rate_limited':
      return `${name} is limiting this key's requests${status}: ${later}.`
    case 'timeout':
      switch (failure.detail) {
        case 'name_lookup':
          return `${name} timed out: its host name could not be looked up in time; check this machine's name server, then try again.`
        case 'connecting':
          return `${name} timed out: no connection could be made in time; check the network or proxy, then try again.`
        default:
          return failure.httpStatus
            ? `${name} gave up waiting for the request${status}: try again, and ${ifItLasts}.`
            : `${name} timed out: there was no complete answer ${within}; try again, and ${ifItLasts}.`
      }
    case 'unreachable':
      return unreachable(failure, name, hasOwnBase ? checkBase : "check this machine's network")
    case 'tls_error':
      return tlsError(failure, name, hasOwnBase ? checkBase : "check this machine's clock and network")
    case 'blocked':
      switch (failure.detail) {
        case 'firewall':
          return hasOwnBase
            ? `A firewall or proxy in front of ${name} refused the request${status}, so the key was not judged: ${checkBase}, or try from another network.`
            : `A firewall in front of ${name} refused this machine${status}, so the key was not judged: try from another network or later.`
        case 'secret_echo':
          return `${name}'s answer contained this key, so nothing of it was used: make sure you trust the address, and consider replacing the key at ${keysUrl}.`
        default:
          return `${name} tried to redirect the request elsewhere${status}, which is never followed with a key: ${hasOwnBase ? checkBase : `see ${statusUrl}`}.`
      }
    case 'bad_response':
      return badResponse(failure, name, status, ifItLasts)
    case 'too_large':
      return `${name} sent more data than a list of models can be, so it was cut off: ${ifItLasts}.`
    case 'upstream_error':
      if (failure.detail === 'not_found') {
        const hint = base?.endsWith('/v1') ? '' : ', it may want /v1 at its end'
        return `${name} has no list of models at this address${status}: ${hasOwnBase ? checkBase + hint : `see ${statusUrl}`}.`
      }
      if (LASTING.includes(failure.httpStatus ?? 0)) {
        return `${name} does not accept requests of this form${status}: ${hasOwnBase ? checkBase : `update Rollcall, or see ${statusUrl}`}.`
      }
      if (failure.httpStatus && failure.httpStatus >= 400 && failure.httpStatus < 500) {
        return `${name} did not accept the request${status}: ${later}, and ${ifItLasts}.`
      }
      return `${name} has a problem of its own${status}: ${later}, and ${ifItLasts}.`
    case 'misconfigured':
      if (failure.detail === 'moved') {
        return `${name}'s list has moved on its own host${status}: ${hasOwnBase ? checkBase : 'update Rollcall'}.`
      }
      if (failure.detail === 'key_text') {
        return `The ${name} key contains a character that keys never have, so it was not sent: enter it again.`
      }
      return `${name} refused the form of the request${status}: ${hasOwnBase ? checkBase : 'check the key and update Rollcall'}.`
    case 'key_unreadable':
      return `The stored ${name} key could not be opened: enter it again.`
    case 'internal':
      return failure.detail === 'busy'
        ? `This machine is out of sockets or memory, so ${name} was not asked: close something, then try again.`
        : `Rollcall failed while reading ${name}'s answer: this is a bug of ours, please report it.`
  }
}

function unreachable({ detail }: Pick<Failure, 'detail'>, name: string, check: string): string {
  switch (detail) {
    case 'name_not_found':
      return `${name} could not be reached: its host name was not found; ${check}, then try again.`
    case 'name_lookup':
      return `${name} could not be reached: looking up its host name failed; check this machine's name server, then try again.`
    case 'refused':
      return `${name} could not be reached: the connection was refused; ${check}, then try again.`
    case 'reset':
      return `${name} could not be reached: the connection was cut before an answer; ${check}, then try again.`
    case 'no_route':
      return `${name} could not be reached: there is no route to it; ${check}, then try again.`
    case 'proxy':
      return `${name} could not be reached: the proxy did not let the request through; check HTTPS_PROXY and NO_PROXY, then try again.`
    default:
      return `${name} could not be reached: ${check}, then try again.`
  }
}

function tlsError({ detail }: Pick<Failure, 'detail'>, name: string, check: string): string {
  const notSent = 'the key was not sent'
  switch (detail) {
    case 'certificate_expired':
      return `${name}'s certificate is expired or not yet valid, so ${notSent}: ${check}.`
    case 'certificate_untrusted':
      return `${name}'s certificate is not from an authority this machine trusts, so ${notSent}: if a proxy of yours made it, name its CA file in NODE_EXTRA_CA_CERTS.`
    case 'certificate_wrong_host':
      return `${name}'s certificate belongs to another host, so ${notSent}: ${check}.`
    default:
      return `No secure connection to ${name} could be agreed on, so ${notSent}: ${check}.`
  }
}

function badResponse(
  { detail }: Pick<Failure, 'detail'>,
  name: string,
  status: string,
  next: string,
): string {
  const what: Partial<Record<NonNullable<Failure['detail']>, string>> = {
    empty: 'sent an empty answer',
    cut_off: 'sent an answer that was cut off',
    not_http: 'did not answer in HTTP',
    not_json: 'sent something that is not JSON',
    headers: 'sent more headers than an answer may have',
    encoding: 'sent an answer in an encoding that was not asked for',
    too_deep: 'sent JSON that is nested too deeply',
    shape: 'sent JSON that is not a list of models',
    no_valid_entry: 'sent a list without a single readable model',
    vanished: 'sent an empty list, where it had listed models before',
    next_page: 'pointed to a next page that cannot be followed',
    unexpected_status: 'answered with an unexpected status',
  }
  return `${name} ${(detail && what[detail]) ?? 'sent an unreadable answer'}${status}: try again, and ${next}.`
}

function seconds(milliseconds: number): string {
  return milliseconds < 100 ? `${milliseconds} ms` : `${Number((milliseconds / 1000).toFixed(1))} s`
}

/** To the second, and never before the moment itself. */
function clock(moment: string): string {
  return `${new Date(Math.ceil(Date.parse(moment) / 1000) * 1000).toISOString().slice(11, 19)} UTC`
}

import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import proxyAddr from 'proxy-addr'
import type { Settings } from '../settings.ts'

/** How a request reached us, headers of proxies included where those are trusted. */
export interface ClientAddress {
  /** For the log. */
  ip: string
  /** For limits: the address, or the network where one caller has a whole one. */
  place: string
  /** `https://host`: what the browser takes for our origin. */
  origin: string
  isSecure: boolean
}

export function createClientAddress({
  trustedProxies,
  publicUrl,
}: Pick<Settings, 'trustedProxies' | 'publicUrl'>) {
  const isTrusted = trustedProxies.length > 0 ? proxyAddr.compile([...trustedProxies]) : () => false
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl)

  return (request: IncomingMessage): ClientAddress => {
    // read now: it is gone with the connection
    const peer = request.socket.remoteAddress ?? ''
    const isProxied = peer !== '' && isTrusted(peer, 0)
    const said = (name: string) =>
      (isProxied ? `${request.headers[name] ?? ''}`.split(',')[0]?.trim() : '') || ''
    const protocol = publicOrigin?.protocol ?? (said('x-forwarded-proto') === 'https' ? 'https:' : 'http:')
    // asked for by few: a cached answer needs neither
    return {
      isSecure: protocol === 'https:',
      get ip() {
        return isProxied ? firstUntrusted(peer, request.headers['x-forwarded-for'], isTrusted) : peer
      },
      get place() {
        return placeOf(this.ip)
      },
      get origin() {
        const host = publicOrigin?.host ?? (said('x-forwarded-host') || request.headers.host || '')
        return `${protocol}//${host}`
      },
    }
  }
}

export type ReadClientAddress = ReturnType<typeof createClientAddress>

/** Each proxy writes down who called it; what stands before the first one that is not trusted, anybody can have written. */
function firstUntrusted(
  peer: string,
  header: string | string[] | undefined,
  isTrusted: (address: string, hop: number) => boolean,
): string {
  let caller = peer
  for (const said of `${header ?? ''}`.split(',').reverse()) {
    const before = said.trim()
    if (!isTrusted(caller, 0) || isIP(before) === 0) break
    caller = before
  }
  return caller
}

/** Whoever has one IPv6 address has the 2⁶⁴ of its network. */
export function placeOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined || isIP(ip) !== 6) return mapped ?? ip
  const [before = '', after] = ip.split('::')
  const groups = before.split(':').filter(Boolean)
  // what :: leaves out; how much of it does not matter beyond the first half
  if (after !== undefined) groups.push('0', '0', '0', '0')
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

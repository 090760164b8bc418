import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'
import type { Settings } from '../settings.ts'

/** How a request reached us, headers of proxies included where those are trusted. */
export interface ClientAddress {
  /** For limits and the log. */
  ip: string
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
    const peer = request.socket.remoteAddress ?? ''
    const isProxied = peer !== '' && isTrusted(peer, 0)
    const said = (name: string) =>
      (isProxied ? `${request.headers[name] ?? ''}`.split(',')[0]?.trim() : '') || ''
    const protocol = publicOrigin?.protocol ?? (said('x-forwarded-proto') === 'https' ? 'https:' : 'http:')
    const host = publicOrigin?.host ?? (said('x-forwarded-host') || request.headers.host || '')
    return {
      ip: peer === '' ? '' : proxyAddr(request, isTrusted),
      origin: `${protocol}//${host}`,
      isSecure: protocol === 'https:',
    }
  }
}

export type ReadClientAddress = ReturnType<typeof createClientAddress>

/** What the usual proxy variables say. The value may hold a password: never print it. */
export interface Proxies {
  httpsProxy: string
  noProxy: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the variables in both spellings, the lower-case one first, as curl does. A bad one is named, not quoted.
 * HTTP_PROXY has no say: plain http is only spoken with this machine, which is never reached through a proxy.
 */
export function parseProxies(environment: Environment): { proxies: Proxies } | { problem: string } {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || ''
  // "proxy.example:3128" without a scheme is common, and curl takes it
  const httpsProxy = read('HTTPS_PROXY').replace(/^(?!$|[a-z][a-z0-9+.-]*:\/\/)/i, 'http://')
  if (httpsProxy !== '' && !/^https?:$/.test(URL.canParse(httpsProxy) ? new URL(httpsProxy).protocol : '')) {
    return { problem: 'HTTPS_PROXY is not an http: or https: URL; write it like http://proxy.example:3128' }
  }
  const noProxy = [read('NO_PROXY'), 'localhost', '127.0.0.1', '::1'].filter(Boolean).join(',')
  return { proxies: { httpsProxy, noProxy } }
}

/** What the usual proxy variables say. Their values may hold a password: never print them. */
export interface Proxies {
  httpProxy: string
  httpsProxy: string
  noProxy: string
}

/** This machine is never reached through a proxy. */
const ALWAYS_DIRECT = ['localhost', '127.0.0.1', '::1']

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the variables in both spellings, the lower-case one first, as curl does. A bad one is named, not quoted. */
export function parseProxies(environment: Environment): { proxies: Proxies } | { problem: string } {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || ''
  // "proxy.example:3128" without a scheme is common, and curl takes it
  const url = (name: string) => read(name).replace(/^(?!$|[a-z][a-z0-9+.-]*:\/\/)/i, 'http://')
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) {
    const value = url(name)
    if (value !== '' && !/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '')) {
      return { problem: `${name} is not an http: or https: URL; write it like http://proxy.example:3128` }
    }
  }
  const noProxy = [read('NO_PROXY'), ...ALWAYS_DIRECT].filter(Boolean).join(',')
  return { proxies: { httpProxy: url('HTTP_PROXY'), httpsProxy: url('HTTPS_PROXY'), noProxy } }
}

/** The variable that replaces a built-in provider's base URL. */
export function baseUrlVariable(providerKey: string): string {
  return `ROLLCALL_${providerKey.toUpperCase()}_BASE_URL`
}

/** A base URL without its trailing slash, or one sentence saying what is wrong with it. */
export function parseBaseUrl(text: string): { base: string } | { problem: string } {
  if (!URL.canParse(text)) return { problem: 'is not a URL; write it like https://host.example/v1' }
  const url = new URL(text)
  if (url.username || url.password) return { problem: 'contains a user name or password; leave them out' }
  if (/[?#]/.test(text)) return { problem: 'contains a query or fragment; end it with the path' }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { problem: 'uses http: for a host that is not this machine; keys are only sent over https:' }
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'must begin with https:' }
  return { base: url.href.replace(/\/+$/, '') }
}

/** Takes a host name as URL gives it, lower case and numbers in dotted form; IPv6 with or without brackets. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '::1' ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  )
}

import type { Exchange } from '../exchange.ts'
import { head, hostileUrl, sendBytes, sendText, wellText } from '../exchange.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'

const LONG_BYTES = 100 * 1024

function redirect(
  row: string,
  title: string,
  code: number,
  location: (exchange: Exchange) => string,
): HttpFault {
  return http(row, `${code} ${title}`, (exchange) => {
    const headers = { location: location(exchange), 'content-type': 'text/plain' }
    sendBytes(exchange, 'Moved.', headers, code)
  })
}

function sameUrl({ view }: Exchange, path = view.path): string {
  const query = view.query.toString()
  return `${view.origin}${path}${query ? `?${query}` : ''}`
}

/** Redirects to the same path with a slash behind it; there the good list is. */
function slash(row: string, code: number): HttpFault {
  return http(row, `${code} to the same path with a slash`, (exchange) => {
    const { view } = exchange
    if (!view.path.endsWith('/')) {
      return sendBytes(exchange, '', { location: sameUrl(exchange, `${view.path}/`) }, code)
    }
    const arrived = { ...exchange, well: exchange.answerTo({ ...view, path: view.path.slice(0, -1) }) }
    sendText(arrived, wellText(arrived))
  })
}

function address(host: string): (exchange: Exchange) => string {
  return (exchange) => {
    const { port } = new URL(hostileUrl(exchange))
    return `http://${host}${port ? `:${port}` : ''}/`
  }
}

function splitLocation({ request }: Exchange): void {
  const headers = { location: '/moved\r\nset-cookie: injected=1', 'content-length': 0 }
  request.socket.write(head('HTTP/1.1 302 Found', headers))
}

function refresh(exchange: Exchange): void {
  const target = hostileUrl(exchange)
  const page = `<!DOCTYPE html><html><head><meta http-equiv="refresh" content="0;url=${target}"></head><body></body></html>`
  sendBytes(exchange, page, { 'content-type': 'text/html', refresh: `0;url=${target}` })
}

function goodWithStateHeaders(exchange: Exchange): void {
  sendText(exchange, wellText(exchange), {
    'alt-svc': 'h3="127.0.0.1:9"; ma=86400',
    'set-cookie': ['session=simulated; Path=/; Secure; HttpOnly', 'tracking=1'],
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  })
}

/** E: go somewhere else. */
export const redirectFaults = {
  'E1-301': slash('E1', 301),
  'E1-308': slash('E1', 308),
  'E2-301': redirect('E2', 'to another host', 301, hostileUrl),
  'E2-302': redirect('E2', 'to another host', 302, hostileUrl),
  'E2-303': redirect('E2', 'to another host', 303, hostileUrl),
  'E2-307': redirect('E2', 'to another host', 307, hostileUrl),
  'E2-308': redirect('E2', 'to another host', 308, hostileUrl),
  E3: redirect('E3', 'from https to http on the same host', 302, (exchange) =>
    sameUrl(exchange).replace(/^https:/, 'http:'),
  ),
  'E4-metadata': redirect(
    'E4',
    'to the cloud metadata address',
    302,
    () => 'http://169.254.169.254/latest/meta-data/',
  ),
  'E4-loopback': redirect('E4', 'to the loopback address', 302, address('127.0.0.1')),
  'E4-mapped': redirect('E4', 'to a loopback address mapped into IPv6', 302, address('[::ffff:127.0.0.1]')),
  E5: redirect('E5', 'to itself, for ever', 302, sameUrl),
  'E6-file': redirect('E6', 'to file:', 302, () => 'file:///etc/passwd'),
  'E6-data': redirect('E6', 'to data:', 302, () => 'data:application/json,{"data":[]}'),
  'E6-gopher': redirect('E6', 'to gopher:', 302, () => 'gopher://127.0.0.1:9/_'),
  'E6-slashes': redirect('E6', 'to //evil', 302, () => '//evil.example/v1/models'),
  'E6-backslashes': redirect('E6', 'to \\\\evil', 302, () => '\\\\evil.example\\v1\\models'),
  'E6-crlf': http('E6', '302 with a line break in the location', splitLocation),
  'E6-long': redirect('E6', 'with a location of 100 KB', 302, () => `/${'a'.repeat(LONG_BYTES)}`),
  E8: http('E8', '200 HTML with a refresh header and a meta refresh', refresh),
  E9: http('E9', 'good list with Alt-Svc, Set-Cookie and HSTS', goodWithStateHeaders),
} satisfies Record<string, HttpFault>

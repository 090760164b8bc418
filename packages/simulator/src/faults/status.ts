import type { OutgoingHttpHeaders } from 'node:http'
import type { Exchange } from '../exchange.ts'
import { sendBytes, sendFixed, sendWell, wellHeaders, wellText } from '../exchange.ts'
import type { FixedAnswer } from '../stand-in.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'

function sentenceFor(status: number): string {
  return status >= 500 ? 'The server could not answer. Please try again.' : 'The request was not accepted.'
}

/** A status with the provider's ordinary error body. */
function status(row: string, code: number, title: string, headers: OutgoingHttpHeaders = {}): HttpFault {
  return http(row, `${code} ${title}`, (exchange) => sendStatus(exchange, code, headers))
}

function sendStatus(exchange: Exchange, code: number, headers: OutgoingHttpHeaders = {}): void {
  const body = exchange.standIn.errors.shape(code, sentenceFor(code))
  sendFixed(exchange, { status: code, body }, headers)
}

/** One of the errors every provider words in its own way. */
function own(row: string, title: string, pick: (exchange: Exchange) => FixedAnswer): HttpFault {
  return http(row, title, (exchange) => sendFixed(exchange, pick(exchange)))
}

function limited(row: string, title: string, retryAfter: () => string | undefined): HttpFault {
  return http(row, `429 ${title}`, (exchange) => {
    const value = retryAfter()
    sendFixed(
      exchange,
      exchange.standIn.errors.rateLimit(),
      value === undefined ? {} : { 'retry-after': value },
    )
  })
}

function limitedTwice(exchange: Exchange): void {
  exchange.response.setHeader('retry-after', ['5', '120'])
  sendFixed(exchange, exchange.standIn.errors.rateLimit())
}

function rejectedKey({ standIn }: Exchange): FixedAnswer {
  const answer = standIn.errors.badKey('sim-rejected-key-0000')
  if (answer.status === 401) return answer
  return { status: 401, body: standIn.errors.shape(401, 'The credentials are not valid.') }
}

function spentQuota({ standIn }: Exchange): FixedAnswer {
  const body = standIn.errors.shape(429, 'insufficient_quota: you exceeded your quota, check your billing.')
  const error = (body as { error?: Record<string, unknown> }).error
  if (error?.code === null) Object.assign(error, { code: 'insufficient_quota', type: 'insufficient_quota' })
  return { status: 429, body }
}

function firewallPage({ standIn }: Exchange): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en-US"><head><title>Attention Required! | Simulated firewall</title></head>',
    `<body><h1>Sorry, you have been blocked</h1><p>You are unable to reach ${standIn.id}.example</p>`,
    '<p>Error 1010. Ray ID: 51a751a751a7</p></body></html>',
  ].join('\n')
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toUTCString()
}

function withStatus(row: string, code: number, title: string): HttpFault {
  return http(row, `${code} ${title}`, (exchange) =>
    sendBytes(exchange, wellText(exchange), wellHeaders(exchange), code),
  )
}

function noBody(row: string, code: number, title: string): HttpFault {
  return http(row, `${code} ${title}`, ({ response, ...exchange }) => {
    response.writeHead(code, wellHeaders({ response, ...exchange }))
    response.end()
  })
}

/** D: the status line says no, or says something strange. */
export const statusFaults = {
  'D2-204': noBody('D2', 204, 'no content'),
  'D2-empty': http('D2', '200 with an empty body', (exchange) =>
    sendBytes(exchange, '', wellHeaders(exchange)),
  ),
  'D3-203': withStatus('D3', 203, 'with the good list'),
  'D3-206': withStatus('D3', 206, 'with the good list'),
  D4: noBody('D4', 304, 'that nobody asked for'),
  D5: status('D5', 400, 'generic'),
  D6: own('D6', "400 with the provider's bad-key error", ({ standIn }) => ({
    ...standIn.errors.badKey('sim-rejected-key-0000'),
    status: 400,
  })),
  D7: own('D7', '401 key rejected', rejectedKey),
  'D8-402': own('D8', '402 no credit', ({ standIn }) => standIn.errors.credit()),
  'D8-quota': own('D8', '429 insufficient_quota', spentQuota),
  D9: own('D9', '403 the key may not list models', ({ standIn }) => standIn.errors.permission()),
  D10: own('D10', 'region not supported', ({ standIn }) => standIn.errors.region()),
  D11: http('D11', "403 a firewall's HTML page", (exchange) =>
    sendBytes(exchange, firewallPage(exchange), { 'content-type': 'text/html; charset=UTF-8' }, 403),
  ),
  D12: own('D12', '403 key reported as leaked', ({ standIn }) => standIn.errors.leakedKey()),
  D13: status('D13', 404, 'not found'),
  'D14-405': status('D14', 405, 'method not allowed', { allow: 'POST' }),
  'D14-406': status('D14', 406, 'not acceptable'),
  'D14-410': status('D14', 410, 'gone'),
  'D14-415': status('D14', 415, 'unsupported media type'),
  'D14-426': status('D14', 426, 'upgrade required', { upgrade: 'h2c' }),
  'D14-451': status('D14', 451, 'unavailable for legal reasons'),
  D15: status('D15', 408, 'request timeout'),
  D16: status('D16', 409, 'conflict'),
  'D17-413': status('D17', 413, 'content too large'),
  'D17-414': status('D17', 414, 'URI too long'),
  'D17-431': status('D17', 431, 'request headers too large'),
  D18: status('D18', 421, 'misdirected request'),
  D19: status('D19', 422, 'unprocessable content'),
  D20: status('D20', 425, 'too early'),
  D21: limited('D21', 'retry-after 1', () => '1'),
  D22: limited('D22', 'retry-after 120', () => '120'),
  'D23-future': limited('D23', 'retry-after a date in 60 s', () => inSeconds(60)),
  'D23-past': limited('D23', 'retry-after a date long past', () => inSeconds(-3600)),
  D24: limited('D24', 'without retry-after', () => undefined),
  'D25-negative': limited('D25', 'retry-after -5', () => '-5'),
  'D25-nan': limited('D25', 'retry-after NaN', () => 'NaN'),
  'D25-1e12': limited('D25', 'retry-after 1e12', () => '1e12'),
  'D25-2147484': limited('D25', 'retry-after 2147484, past the longest timer', () => '2147484'),
  'D25-word': limited('D25', 'retry-after soon', () => 'soon'),
  'D25-two': http('D25', '429 two retry-after headers', limitedTwice),
  D26: status('D26', 500, 'with x-should-retry: false', { 'x-should-retry': 'false' }),
  'D27-500': status('D27', 500, 'internal server error'),
  'D27-501': status('D27', 501, 'not implemented'),
  'D28-502': status('D28', 502, 'bad gateway'),
  'D28-504': status('D28', 504, 'gateway timeout'),
  'D29-503': status('D29', 503, 'service unavailable'),
  'D29-503-retry-after': status('D29', 503, 'with retry-after 120', { 'retry-after': '120' }),
  'D30-520': status('D30', 520, 'unknown error at the edge'),
  'D30-530': status('D30', 530, 'origin unreachable from the edge'),
  'D31-529': status('D31', 529, 'overloaded'),
  'D32-599': status('D32', 599, 'unknown'),
  'D32-999': status('D32', 999, 'no status at all'),
  D33: http('D33', 'flapping: odd requests 500, even ones good', (exchange) =>
    exchange.occurrence % 2 === 1 ? sendStatus(exchange, 500) : sendWell(exchange),
  ),
} satisfies Record<string, HttpFault>

import { classify } from './classify.ts'
import type { Failure } from './failure.ts'
import { readErrorBody } from './json-page.ts'
import type { HttpAnswer } from './transport.ts'

/**
 * What an answer means that is not what was asked for: a redirect, an error, something in front of the provider. With it
 * what it says as JSON, to be looked at and never told.
 */
export function readRefusal(
  answer: HttpAnswer,
  url: string,
  nowMs: number,
): { failure: Failure; body: unknown } {
  const { status, body } = answer
  const redirect = readRedirect(answer, url)
  if (redirect) return { failure: redirect, body: undefined }
  if (status >= 200 && status < 300 && body.length === 0) {
    return { failure: { code: 'bad_response', detail: 'empty', httpStatus: status }, body: undefined }
  }
  const contentType = answer.headers['content-type']
  const json = readErrorBody(body, contentType)
  // Cloudflare also blocks in plain words: "error code: 1010"
  const isGateway = isHtml(answer, contentType) || (status === 403 && json === undefined && body.length > 0)
  return { failure: classify(answer, json, isGateway, nowMs), body: isGateway ? undefined : json }
}

/** A list that has moved within its own host wants another base; anything else wants our key elsewhere. */
function readRedirect(answer: HttpAnswer, url: string): Failure | undefined {
  const { status } = answer
  if (status < 300 || status > 399 || status === 304) return undefined
  const location = answer.headers.location ?? ''
  const target = location.length <= 2_048 && URL.canParse(location, url) ? new URL(location, url) : undefined
  const isHere = target?.origin === new URL(url).origin && target.href !== url
  return isHere && (status === 301 || status === 308)
    ? { code: 'misconfigured', detail: 'moved', httpStatus: status }
    : { code: 'blocked', detail: 'redirect', httpStatus: status }
}

function isHtml(answer: HttpAnswer, contentType: string | undefined): boolean {
  if (/\bx?html\b/i.test(contentType ?? '')) return true
  const start = new TextDecoder().decode(answer.body.subarray(0, 256)).trimStart().toLowerCase()
  return start.startsWith('<!doctype html') || start.startsWith('<html')
}

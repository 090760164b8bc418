import type { Failure } from '@rollcall/core'
import type { HttpAnswer } from '@rollcall/core/transport'
import type { Dispatcher } from 'undici'
import type { NetworkOptions } from './agent.ts'
import { createAgentWhenAsked } from './agent-when-asked.ts'
import { joinHeaders, orAborted } from './http-get.ts'
import { discard, readBeginning } from './read-body.ts'
import { toTransportFailure } from './transport-failure.ts'

interface PostRequest {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  signal: AbortSignal
  /** Bytes kept of an answer other than 2xx; what is beyond is left unread. */
  mostErrorBytes: number
}

/** A 2xx answer whose body is still on its way. */
interface OpenAnswer {
  status: number
  /** By lower-case name; several fields of one name are joined with ", ". */
  headers: Readonly<Record<string, string>>
  /** Ends with what cut it off, or with undefined where it is whole; whoever leaves it early ends the connection. */
  stream: AsyncGenerator<Uint8Array, Failure | undefined>
}

export type HttpPost = (
  request: PostRequest,
) => Promise<{ open: OpenAnswer } | { answer: HttpAnswer } | { failure: Failure }>

/**
 * Posts to one address and leaves the answer open, over connections that are kept. It follows no redirect and tries
 * nothing again: what was posted may have been done, and paid for. Like the port for GET it rejects only for bugs.
 */
export function createHttpPost(options: NetworkOptions = {}): { post: HttpPost; close: () => Promise<void> } {
  const agents = createAgentWhenAsked(options)
  return {
    async post(request) {
      const agent = await agents.get()
      return postOnce(agent.for(new URL(request.url).origin), request)
    },
    close: agents.destroy,
  }
}

async function postOnce(
  agent: Dispatcher,
  { url, headers, body: sent, signal, mostErrorBytes }: PostRequest,
): ReturnType<HttpPost> {
  const { origin, pathname, search } = new URL(url)
  try {
    const pending = agent.request({
      origin,
      path: pathname + search,
      method: 'POST',
      // compressed events would wait until there are enough of them
      headers: { ...headers, 'accept-encoding': 'identity' },
      body: sent,
      signal,
    })
    const response = await orAborted(pending, signal)
    if (!response) return { failure: { code: 'timeout' } }
    const { statusCode: status, body } = response
    const joined = joinHeaders(response.headers)
    if (!joined) {
      discard(body)
      return { failure: { code: 'bad_response', detail: 'headers', httpStatus: status } }
    }
    const encoding = (joined['content-encoding'] ?? '').trim().toLowerCase()
    if (status < 200 || status > 299) {
      const beginning = await readBeginning(body, encoding, mostErrorBytes)
      return { answer: { status, headers: joined, body: beginning } }
    }
    if (encoding !== '' && encoding !== 'identity') {
      discard(body)
      return { failure: { code: 'bad_response', detail: 'encoding', httpStatus: status } }
    }
    return { open: { status, headers: joined, stream: streamOf(body, signal) } }
  } catch (error) {
    return { failure: signal.aborted ? { code: 'timeout' } : toTransportFailure(error, 'before answer') }
  }
}

async function* streamOf(body: Dispatcher.ResponseData['body'], signal: AbortSignal): OpenAnswer['stream'] {
  try {
    for await (const chunk of body) yield chunk
    return undefined
  } catch (error) {
    return signal.aborted ? { code: 'timeout' } : toTransportFailure(error, 'in body')
  }
}

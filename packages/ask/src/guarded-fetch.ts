import { type Failure, readRefusal } from '@rollcall/core'
import type { HttpPost } from '@rollcall/network'
import { guardedBody } from './guarded-body.ts'
import type { RunFault } from './run-fault.ts'
import type { RunLimits } from './run-limits.ts'

/** What of the clients' own headers goes out; they only think they know the key, and name themselves at length. */
const SENT_HEADERS = ['content-type', 'anthropic-beta']

export interface FetchPorts {
  post: HttpPost
  /** Below it everything must be asked. */
  base: string
  /** With the key on them. */
  headers: Readonly<Record<string, string>>
  limits: RunLimits
  signal: AbortSignal
  now: () => number
  /** Called when a stream of events is open. */
  opened(): void
  /** Hears of everything that keeps an answer from being one, and what the provider said of it, if anything. */
  report(fault: Failure | RunFault, said?: unknown): void
}

/**
 * A `fetch` for the clients that can only post, only below the provider's base, and only so often. It puts the real key
 * on the request, which the clients never hold. What is no stream of events is reported and thrown without a word.
 */
export function createGuardedFetch(ports: FetchPorts): typeof fetch {
  const { post, base, headers, limits, signal, now, report } = ports
  let calls = 0
  const refuse = (fault: Failure | RunFault, said?: unknown): never => {
    report(fault, said)
    throw new Error('there is no answer')
  }
  return async (input, init = {}) => {
    const url = new URL(String(input instanceof Request ? input.url : input)).href
    const { method, body } = init
    calls += 1
    if (calls > limits.calls) return refuse({ code: 'too_large' })
    if (!url.startsWith(`${base}/`)) return refuse({ code: 'model_not_found', detail: 'model_id' })
    if (method !== 'POST' || typeof body !== 'string') return refuse({ code: 'internal' })
    const result = await post({
      url,
      headers: {
        ...pick(new Headers(init.headers)),
        ...headers,
        accept: 'text/event-stream, application/json',
      },
      body,
      signal,
      mostErrorBytes: limits.errorBodyBytes,
    })
    if ('failure' in result) return refuse(result.failure)
    if ('answer' in result) {
      const { failure, body: said } = readRefusal(result.answer, url, now())
      return refuse(failure, said)
    }
    const { open } = result
    if (/json|html/i.test(open.headers['content-type'] ?? '')) {
      const beginning = await readBeginning(open.stream, limits.errorBodyBytes)
      const { failure, body: said } = readRefusal({ ...open, body: beginning }, url, now())
      return refuse(failure.code === 'bad_response' ? { ...failure, detail: 'event' } : failure, said)
    }
    ports.opened()
    return new Response(guardedBody(open.stream, limits, report), {
      status: open.status,
      headers: open.headers,
    })
  }
}

function pick(given: Headers): Record<string, string> {
  return Object.fromEntries(
    SENT_HEADERS.flatMap((name) => {
      const value = given.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

async function readBeginning(
  stream: AsyncGenerator<Uint8Array, unknown>,
  mostBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  // leaving the loop ends the connection
  for await (const chunk of stream) {
    chunks.push(chunk.subarray(0, mostBytes - length))
    length += chunk.length
    if (length >= mostBytes) break
  }
  return Buffer.concat(chunks)
}

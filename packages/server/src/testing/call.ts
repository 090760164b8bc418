import { recordEvidence } from './evidence.ts'

export interface CallOptions {
  token?: string | undefined
  body?: unknown
  headers?: Record<string, string>
}

export interface Reply {
  status: number
  headers: Headers
  text: string
  /** Undefined where the text is none. */
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it, the test says
  json: any
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Reply>

/** Calls a server, and keeps what it says for the search for keys. */
export function createCall(address: string): Call {
  return async (method, path, { token, body, headers } = {}) => {
    const response = await fetch(`${address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await readText(response)
    recordEvidence('response', `${method} ${path}\n${[...response.headers].join('\n')}\n${text}`)
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      json = undefined // not every answer is JSON
    }
    return { status: response.status, headers: response.headers, text, json }
  }
}

/** Of a stream that goes on for ever, which says so with `open`, the beginning is enough. */
async function readText(response: Response): Promise<string> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isStream || !response.body) return response.text()
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.startsWith('event: open\n')) break
  }
  return text
}

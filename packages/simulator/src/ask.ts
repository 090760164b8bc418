import type { IncomingHttpHeaders } from 'node:http'
import { Agent, get } from 'node:http'
import { get as getOverTls } from 'node:https'
import type { SimulatedProvider } from './simulated-provider.ts'
import type { Simulator } from './simulator.ts'

/** How a test sees an answer, or the lack of one. */
export interface Outcome {
  status?: number
  headers: IncomingHttpHeaders
  rawHeaders: string[]
  body: Buffer
  /** What broke: an error's code, or `timeout`. */
  failure?: string
}

export interface AskOptions {
  headers?: Record<string, string>
  timeoutMs?: number
  agent?: Agent
  ca?: string
}

/** The plainest possible client: one GET, nothing decoded, nothing retried. */
export function ask(url: string, options: AskOptions = {}): Promise<Outcome> {
  const { headers = {}, timeoutMs = 5_000, agent = new Agent(), ca } = options
  const outcome: Outcome = { headers: {}, rawHeaders: [], body: Buffer.alloc(0) }
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const end = (failure?: string) => {
      clearTimeout(timer)
      outcome.body = Buffer.concat(chunks)
      if (failure !== undefined) outcome.failure ??= failure
      resolve(outcome)
    }
    const secure = url.startsWith('https:')
    const request = secure
      ? getOverTls(url, { headers, agent: false, ...(ca ? { ca } : {}) })
      : get(url, { headers, agent })
    const timer = setTimeout(() => {
      outcome.failure = 'timeout'
      request.destroy()
    }, timeoutMs)
    request.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
    request.on('close', () => end(outcome.status === undefined ? 'closed' : undefined))
    request.on('response', (response) => {
      outcome.status = response.statusCode ?? 0
      outcome.headers = response.headers
      outcome.rawHeaders = response.rawHeaders
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => {
        outcome.failure ??= 'cut off'
      })
    })
  })
}

/** The list address each provider's clients use, relative to its base. */
const listPaths: Record<SimulatedProvider, string> = {
  openai: '/models',
  anthropic: '/models?limit=1000',
  google: '/models?pageSize=1000',
  mistral: '/models',
  groq: '/models',
  together: '/models',
  cohere: '/models?page_size=1000',
  fireworks: '/accounts/fireworks/models?filter=supports_serverless%3Dtrue&pageSize=200',
  openrouter: '/models/user',
}

export function keyHeaders(provider: SimulatedProvider, key: string): Record<string, string> {
  if (provider === 'google') return { 'x-goog-api-key': key }
  if (provider === 'anthropic') return { 'x-api-key': key, 'anthropic-version': '2023-06-01' }
  return { authorization: `Bearer ${key}` }
}

export function askList(
  simulator: Simulator,
  provider: SimulatedProvider,
  options: AskOptions = {},
): Promise<Outcome> {
  const headers = { ...keyHeaders(provider, simulator.keys[provider]), ...options.headers }
  return ask(simulator.bases[provider] + listPaths[provider], { ...options, headers })
}

export function entriesIn(body: unknown): Record<string, unknown>[] {
  if (Array.isArray(body)) return body
  const { data, models } = body as Record<string, Record<string, unknown>[]>
  return data ?? models ?? []
}

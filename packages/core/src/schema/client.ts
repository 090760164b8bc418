import type { z } from 'zod'
import { ApiErrorBody, type ApiErrorCode } from './api-error.ts'
import type { Endpoint } from './endpoint.ts'
import { ENDPOINTS, type EndpointName, type Endpoints } from './endpoints.ts'

type Input<E, K extends 'params' | 'query' | 'body'> = E extends { [key in K]: infer S extends z.ZodType }
  ? { [key in K]: z.input<S> }
  : { [key in K]?: never }
/** What one endpoint takes: params, query and body, each only where its row has them. */
export type Call<N extends EndpointName> = Input<Endpoints[N], 'params'> &
  Input<Endpoints[N], 'body'> &
  Partial<Input<Endpoints[N], 'query'>>
export type Answer<N extends EndpointName> = Endpoints[N] extends { answer: infer A extends z.ZodType }
  ? z.output<A>
  : Endpoints[N] extends { media: 'text/csv' }
    ? string
    : undefined

/** The server said no, in its own words, or there is no answer of it. */
export class ApiError extends Error {
  readonly code: ApiErrorCode | 'unreachable' | 'not_rollcall'
  readonly status: number | null
  readonly field: string | undefined

  constructor(code: ApiError['code'], message: string, status: number | null = null, field?: string) {
    super(message)
    this.code = code
    this.status = status
    this.field = field
  }
}

export interface ClientPorts {
  /** Where the server is, without a trailing slash. */
  server: string
  fetch: (
    url: string,
    init: { method: string; headers: Record<string, string>; body?: string; redirect: 'error' },
  ) => Promise<{
    status: number
    text(): Promise<string>
  }>
  /** Asked anew for every call. */
  token?: () => string | undefined
}

/** Calls the endpoints of the table by name. Throws `ApiError` and nothing else that can be expected. */
export function createClient({ server, fetch, token }: ClientPorts) {
  return async <N extends EndpointName>(name: N, call: Call<N>): Promise<Answer<N>> => {
    const endpoint: Endpoint = ENDPOINTS[name]
    const { params, query, body } = call as {
      params?: Record<string, string>
      query?: Record<string, unknown>
      body?: unknown
    }
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, field) => encodeURIComponent(params?.[field] ?? ''))
    const search = new URLSearchParams(
      Object.entries(query ?? {}).flatMap(([field, value]) =>
        value === undefined ? [] : [[field, `${value}`] as [string, string]],
      ),
    )
    const bearer = token?.()
    let response: { status: number; text(): Promise<string> }
    let text: string
    try {
      response = await fetch(`${server}${path}${search.size > 0 ? `?${search}` : ''}`, {
        method: endpoint.method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // the token would go along
        redirect: 'error',
      })
      text = await response.text()
    } catch {
      // what it threw may quote the request
      throw new ApiError('unreachable', `${server} could not be reached: check the address and that it runs.`)
    }
    if (response.status !== endpoint.status) {
      // whatever answers there may send back what it was sent
      throw toApiError(bearer ? text.replaceAll(bearer, '…') : text, response.status, server)
    }
    if (!endpoint.answer) return (endpoint.media === 'text/csv' ? text : undefined) as Answer<N>
    const answer = endpoint.answer.safeParse(parseJson(text))
    if (!answer.success) throw strange(server, response.status)
    return answer.data as Answer<N>
  }
}

function toApiError(text: string, status: number, server: string): ApiError {
  const parsed = ApiErrorBody.safeParse(parseJson(text))
  if (!parsed.success) return strange(server, status)
  const { code, message, field } = parsed.data.error
  return new ApiError(code, message, status, field)
}

function strange(server: string, status: number): ApiError {
  return new ApiError(
    'not_rollcall',
    `${server} did not answer as a Rollcall server of this version (${status}): check the address.`,
    status,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no JSON is no answer of ours: told as such
  }
}

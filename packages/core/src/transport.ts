import type { Failure } from './failure.ts'

export interface GetRequest {
  url: string
  headers: Readonly<Record<string, string>>
  signal: AbortSignal
  /** Most decoded bytes of a 2xx answer; beyond, the answer is `too_large`. */
  mostBytes: number
  /** Bytes kept of any other answer; what is beyond is left unread. */
  mostErrorBytes: number
}

/** Any answer that is HTTP, whatever its status. Redirects are answers, never followed. */
export interface HttpAnswer {
  status: number
  /** By lower-case name; several fields of one name are joined with ", ". */
  headers: Readonly<Record<string, string>>
  /** Decoded. */
  body: Uint8Array
}

/**
 * The port through which core reaches out: GET one address. Everything that can be expected to go wrong below HTTP
 * comes back as a `failure`; a rejection is a bug. It holds nothing and logs nothing of the request's headers.
 */
export type HttpGet = (request: GetRequest) => Promise<{ answer: HttpAnswer } | { failure: Failure }>

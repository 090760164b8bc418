import type { z } from 'zod'
import type { ApiErrorCode } from './api-error.ts'

/** What a personal access token may be allowed to do. */
export const SCOPES = ['models', 'keys', 'runs', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/**
 * Who may call: `public` anybody · `any` whoever holds a valid token · a scope: who is signed in, or a personal access
 * token with that scope · `account`: only who is signed in, no personal access token · `admin` is for admins alone.
 */
export type Access = 'public' | 'any' | 'account' | Scope

/** One row of the table of endpoints: the truth for routes, validation, the client and OpenAPI alike. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With `{name}` for what stands in `params`. */
  path: string
  /** A second address of the same. */
  alsoAt?: string
  access: Access
  tag:
    | 'Models'
    | 'API keys'
    | 'Accounts'
    | 'Access tokens'
    | 'Runs'
    | 'Usage'
    | 'Administration'
    | 'Installation'
  summary: string
  description?: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodObject
  /** Of the body, where the usual bound is too small. */
  mostBodyBytes?: number
  /** Status of success. */
  status: 200 | 201 | 204
  /** The JSON of success; absent with 204 and other media. */
  answer?: z.ZodType
  /** Other than application/json. */
  media?: 'text/event-stream' | 'text/csv'
  /** Beyond what any endpoint may answer. */
  errors?: Partial<Record<number, readonly ApiErrorCode[]>>
  /** Params, query and body that are well formed, for the readable page and for tests. */
  example?: {
    params?: Record<string, string>
    query?: Record<string, string>
    body?: Record<string, unknown>
  }
}

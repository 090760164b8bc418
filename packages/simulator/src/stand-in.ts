import type { IncomingHttpHeaders } from 'node:http'
import type { ChatApi } from './chat/chat-api.ts'
import type { SimulatedProvider } from './simulated-provider.ts'

/** One row of a provider's list, as it goes over the wire. */
export type Entry = Record<string, unknown>

export type ListSize = 'realistic' | 'small'

/** What a stand-in may know about a request. */
export interface RequestView {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** Where this request was sent to, e.g. http://127.0.0.1:4011. */
  origin: string
  /** Unix seconds. */
  now: number
  /** What was posted; undefined where that was nothing, or no JSON object. */
  body: Record<string, unknown> | undefined
}

export interface FixedAnswer {
  status: number
  headers?: Record<string, string>
  body: unknown
}

export interface Page {
  entries: Entry[]
  /** How many entries all pages hold together. */
  total: number
  /** What leads to the next page, exactly as the body shows it. */
  next?: string
}

export interface Paging {
  sizeParameter: string
  cursorParameter: string
  /** Page size when none is asked for; Infinity where the provider then gives everything. */
  defaultSize: number
  maxSize: number
  /** True where a larger size than maxSize is an error rather than cut down. */
  refusesLargerSize?: true
  /** The cursor of the page that starts at `offset`; `idBefore` is the id just before it. */
  cursorFor(offset: number, idBefore: string): string
  /** The start of the page a cursor leads to; undefined for a cursor the provider never gave. */
  offsetOf(cursor: string, indexOfId: (id: string) => number): number | undefined
  /** How a cursor shows in the body, where that is more than the cursor itself. */
  render?(cursor: string, request: RequestView): string
}

export interface ListRoute {
  kind: 'list'
  path: string
  /** True where the list is answered without a key. */
  isPublic?: true
  headers?: Record<string, string>
  /** The member that holds the entries; undefined where the body is a bare array. */
  listField: 'data' | 'models' | undefined
  idField: 'id' | 'name'
  /** What every id starts with, such as `models/`. */
  idPrefix?: string
  /** A display name that is not an id, where entries have one. */
  nameField: 'displayName' | 'display_name' | 'name' | undefined
  /** What is listed for this query, before paging. */
  select(models: Entry[], request: RequestView): Entry[]
  /** True where the same request gets other bytes a second later. */
  changesEverySecond?: true
  paging?: Paging
  envelope(page: Page): unknown
  /** Where this route's bad-key status is not the provider's usual one. */
  badKeyStatus?: number
}

interface FixedRoute {
  kind: 'fixed'
  path: string
  body: unknown
}

/** The errors whose wording or status differs between providers. */
interface StandInErrors {
  /** The shape every other error of this provider has. */
  shape(status: number, message: string): unknown
  missingKey(): FixedAnswer
  badKey(key: string): FixedAnswer
  permission(): FixedAnswer
  region(): FixedAnswer
  credit(): FixedAnswer
  leakedKey(): FixedAnswer
  rateLimit(): FixedAnswer
}

/** One provider as its clients see it: addresses, key, lists and errors. No sockets. */
export interface StandIn {
  id: SimulatedProvider
  /** The path of the base address a client is given. */
  basePath: string
  key: string
  keyVariable: string
  catalogueId: string
  readKey(headers: IncomingHttpHeaders): string | undefined
  /** A complaint about the request itself, such as a missing version header. */
  refuse?(request: RequestView): FixedAnswer | undefined
  successHeaders(requestNumber: number): Record<string, string>
  models(size: ListSize): Entry[]
  /** A plausible generated model; its id ends in the index. */
  filler(index: number): Entry
  routes: (ListRoute | FixedRoute)[]
  /** The ways in which its models are asked. */
  chats: ChatApi[]
  errors: StandInErrors
}

export function bearerKey(headers: IncomingHttpHeaders): string | undefined {
  const match = /^Bearer\s+(\S.*)$/i.exec(headers.authorization ?? '')
  return match?.[1]?.trim()
}

/** For ids that end in a number, such as those of generated models. */
export function trailingIndex(id: string): number {
  const digits = /(\d+)$/.exec(id)?.[1]
  return digits === undefined ? -1 : Number(digits)
}

/** Opaque page tokens, as Google, Cohere and Fireworks give them. */
export function opaqueCursor(prefix: string): Pick<Paging, 'cursorFor' | 'offsetOf'> {
  return {
    cursorFor: (offset) => Buffer.from(`${prefix}:${offset}`).toString('base64url'),
    offsetOf: (cursor) => {
      const text = Buffer.from(cursor, 'base64url').toString('latin1')
      const match = /^([a-z]+):(\d+)$/.exec(text)
      return match?.[1] === prefix ? Number(match[2]) : undefined
    },
  }
}

import type { z } from 'zod'
import type { Kind } from './schema/model.ts'

/** A place where a provider lists models. A replaced base URL takes the place of `base`. */
export interface ListRequest {
  /** The provider's own address, without a trailing slash. */
  base: string
  /** Below the base, with its leading slash. */
  path: string
  query?: Readonly<Record<string, string>>
  /** Answers alike to everybody, so that its answer proves nothing about the key: see `keyCheck`. */
  isPublic?: boolean
}

/** How to ask for the next page: the same list with these parameters, or a link the provider gave. */
export type NextPage = { query: Record<string, string> } | { link: string }

/**
 * What one entry says about a model, in the provider's own ids and without any guess.
 * Anything null, undefined, empty or implausible counts as not said.
 */
export interface ModelFacts {
  id: string
  name?: string | null | undefined
  description?: string | null | undefined
  kind: Kind
  /** tokens */
  context_window?: number | null | undefined
  /** tokens */
  max_output_tokens?: number | null | undefined
  /** USD per million tokens */
  pricing?: {
    input?: number | undefined
    output?: number | undefined
    cached_input?: number | undefined
  }
  modalities?: {
    input?: readonly string[] | null | undefined
    output?: readonly string[] | null | undefined
  }
  capabilities?: Readonly<Record<string, boolean | null | undefined>>
  /** RFC 3339, or Unix seconds */
  released_at?: string | number | null | undefined
  deprecated?: boolean | null | undefined
  deprecated_at?: string | null | undefined
  retires_at?: string | null | undefined
  replacement?: string | null | undefined
  aliases?: readonly string[] | null | undefined
  /** Ids of which this may be a dated snapshot; the first one in the same list is kept. */
  snapshot_of?: readonly string[]
  /** `owner/name`, or a link to it. */
  hugging_face_id?: string | null | undefined
}

/**
 * A provider is a description, not a program: it never sees the key, the network, the clock or the log.
 */
export interface Provider {
  key: string
  name: string
  /** Where a person makes and revokes keys. */
  keysUrl: string
  statusUrl: string
  /** Its id at models.dev, where that is not its key. */
  catalogueId?: string
  /** Environment variables of the command line that may hold its key; the first that is set wins. */
  keyVariables: readonly [string, ...string[]]
  /** `bearer`, or the name of the header that carries the bare key. */
  auth: 'bearer' | { header: string }
  /** Fixed headers its API insists on. */
  headers?: Readonly<Record<string, string>>
  /** Asked in this order; a later one only where an earlier one failed other than by a rejected key. */
  lists: readonly [ListRequest, ...ListRequest[]]
  /** Asked beside a public list: it answers only to a good key. */
  keyCheck?: { base: string; path: string }
  /** Names of the envelope under which the entries may be, or '' where the page is a bare array of them. */
  entriesAt: readonly string[]
  /** Given the page without its entries. Undefined on the last page, and where the provider does not page. */
  nextPage?(envelope: unknown): NextPage | undefined
  /** What `entry` accepts, translated. Undefined: the entry cannot be read. */
  read(entry: unknown): ModelFacts | undefined
  /** Offered, marked as such, where the provider could not be asked. */
  staticList?: { asOf: string; models: readonly ModelFacts[] }
}

interface ProviderDescription<Entry extends z.ZodType> extends Omit<Provider, 'read'> {
  /** Only the fields we use; all but the id tolerant (see `maybe`). */
  entry: Entry
  model(entry: z.infer<Entry>): ModelFacts
}

export function defineProvider<Entry extends z.ZodType>(description: ProviderDescription<Entry>): Provider {
  const { entry, model, ...rest } = description
  return {
    ...rest,
    read(candidate) {
      const parsed = entry.safeParse(candidate)
      return parsed.success ? model(parsed.data) : undefined
    },
  }
}

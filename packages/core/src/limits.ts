/** What one provider may cost us. Everything beyond is a named failure or a named cut, never a hang or a crash. */
export const LIMITS = {
  /** From the first name look-up to the last byte of the last page, retries included. */
  timeoutMs: 10_000,
  /** Decoded bytes of a whole list, all its pages together. 100,000 minimal models are 7 MiB. */
  bodyBytes: 16 * 1024 * 1024,
  /** Of an error answer only its machine codes matter. */
  errorBodyBytes: 64 * 1024,
  /** A page without its entries. A cursor is the largest thing in it. */
  envelopeBytes: 2 * 1024 * 1024,
  /** Of one entry. A name of a megabyte is still only cut. */
  entryBytes: 2 * 1024 * 1024,
  /** Values in one entry; the largest real one has some 300. */
  entryValues: 10_000,
  /** JSON nesting. The deepest real list has 6 levels. */
  depth: 32,
  models: 20_000,
  pages: 50,
  cursorChars: 2_048,
  idChars: 256,
  nameChars: 512,
  descriptionChars: 20_000,
  aliases: 64,
  /** A retry waits a random time between these… */
  retryDelayMs: { least: 100, most: 400 },
  /** …and happens only while this much of `timeoutMs` is left. */
  retryNeedsMs: 3_000,
  /** A `Retry-After` up to this long is waited for inside the call. */
  waitAtMostMs: 2_000,
} as const

type Widened<T> = { readonly [K in keyof T]: T[K] extends number ? number : Widened<T[K]> }
export type Limits = Widened<typeof LIMITS>

const MOST_KNOWN_HEADERS = 500

/** Of these encodings, the first one that an Accept-Encoding header takes; undefined: plain. */
export function createEncodingChoice<Encoding extends string>(encodings: readonly Encoding[]) {
  const known = new Map<string, Encoding | undefined>()
  return (header: string | undefined): Encoding | undefined => {
    if (header === undefined) return undefined
    if (known.has(header)) return known.get(header)
    const taken = new Map(
      header.split(',').map((part) => {
        const [name = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
        return [name, !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))] as const
      }),
    )
    const chosen = encodings.find((encoding) => taken.get(encoding) ?? taken.get('*') ?? false)
    if (known.size >= MOST_KNOWN_HEADERS) known.clear()
    known.set(header, chosen)
    return chosen
  }
}

/** Whether the caller has what a weak tag names already, by an If-None-Match header. */
export function isKnownToCaller(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header === etag) return true
  const bare = etag.slice(2)
  return header === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === bare)
}

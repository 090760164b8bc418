import { COMPARED } from '@rollcall/core/compare-models'

/** What the page of comparison shows: all of it stands in its address. */
export interface ComparedView {
  /** At most as many as can be compared, each once. */
  ids: readonly string[]
  /** How many more the address names. */
  leftOut: number
  isOnlyDifferences: boolean
}

export function readCompared(query: string): ComparedView {
  const given = new URLSearchParams(query)
  const all = [...new Set((given.get('ids') ?? '').split(',').filter(Boolean))]
  const ids = all.slice(0, COMPARED.most)
  return {
    ids,
    leftOut: all.length - ids.length,
    isOnlyDifferences: given.get('only') === 'differences',
  }
}

/** Where these models are compared; slashes and colons of ids stay as a person would write them. */
export function compareAddress(ids: readonly string[], isOnlyDifferences = false): string {
  const written = ids.map((id) =>
    encodeURIComponent(id.toWellFormed()).replace(/%2F/g, '/').replace(/%3A/g, ':'),
  )
  const parameters = [
    ...(written.length > 0 ? [`ids=${written.join(',')}`] : []),
    ...(isOnlyDifferences ? ['only=differences'] : []),
  ]
  return parameters.length > 0 ? `/compare?${parameters.join('&')}` : '/compare'
}

/** The same with one more, where there is room and it is not among them. */
export function withCompared(query: string, id: string): string {
  const { ids, isOnlyDifferences } = readCompared(query)
  const isFull = ids.includes(id) || ids.length >= COMPARED.most
  return compareAddress(isFull ? ids : [...ids, id], isOnlyDifferences)
}

import { ModelsSearch } from '@rollcall/core/schema'
import { type Filter, type Selection, selectionOf } from '@rollcall/core/select-models'

/** What the page of models shows: all of it stands in the address, by the API's names, so that a link reproduces it. */
export interface ModelView extends Selection {
  favourite?: boolean | undefined
  /** Only what is hidden, which is left out otherwise. */
  hidden?: true | undefined
  /** The id of the model whose details are open. */
  model?: string | undefined
}

/** Capabilities one filters by, as models name them and as people do. */
export const CAPABILITIES = [
  { capability: 'tools', words: 'Tools' },
  { capability: 'vision', words: 'Vision' },
  { capability: 'reasoning', words: 'Reasoning' },
  { capability: 'structured_output', words: 'JSON' },
  { capability: 'open_weights', words: 'Open weights' },
] as const

export const NO_FILTER = {
  providers: undefined,
  kinds: undefined,
  capabilities: undefined,
  input: undefined,
  output: undefined,
  mostInputPrice: undefined,
  mostOutputPrice: undefined,
  isFree: undefined,
  leastContext: undefined,
  leastOutput: undefined,
  releasedSince: undefined,
  deprecated: undefined,
  favourite: undefined,
  hidden: undefined,
} satisfies Record<Exclude<keyof Filter, 'search'> | 'favourite' | 'hidden', undefined>

type Name = Exclude<keyof ModelsSearch, 'q' | 'limit' | 'after'>
const SCHEMAS = Object.entries(ModelsSearch.omit({ q: true, limit: true, after: true }).shape)

/** Reads the query of an address. What is unknown or broken is passed over; the rest holds. */
export function readView(query: string): ModelView {
  const given = new URLSearchParams(query)
  const search = Object.fromEntries(
    SCHEMAS.flatMap(([name, schema]) => {
      // of a list, whatever can be read
      const isGood = (part: string) => part !== '' && schema.safeParse(part).success
      const parts = [...new Set(given.get(name)?.split(','))].filter(isGood)
      const read = schema.safeParse(parts.join(','))
      return parts.length > 0 && read.success ? [[name, read.data]] : []
    }),
  ) as Pick<ModelsSearch, Name>
  return {
    ...selectionOf(search),
    search: given.get('q') ?? '',
    favourite: search.favourite,
    hidden: search.hidden || undefined,
    model: given.get('model') || undefined,
  }
}

/** The query of an address, with its question mark; empty where everything is as usual. */
export function writeView(view: ModelView): string {
  const parameters: Record<Name | 'q' | 'model', string | number | boolean | undefined> = {
    q: view.search,
    provider: view.providers?.join(','),
    kind: view.kinds?.join(','),
    capability: view.capabilities?.join(','),
    modality: view.input?.join(','),
    output_modality: view.output?.join(','),
    min_context: view.leastContext,
    min_output: view.leastOutput,
    max_input_price: view.mostInputPrice,
    max_output_price: view.mostOutputPrice,
    free: view.isFree,
    released_since: view.releasedSince,
    deprecated: view.deprecated && view.deprecated === 'only',
    favourite: view.favourite,
    hidden: view.hidden,
    sort: view.sort && `${view.sort.isDescending ? '-' : ''}${view.sort.by}`,
    model: view.model,
  }
  const written = Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encoded(String(value))}`)
  return written.length > 0 ? `?${written.join('&')}` : ''
}

/** As a person would write it: the slashes, commas and colons of ids stay. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/%2F/g, '/')
    .replace(/%2C/g, ',')
    .replace(/%3A/g, ':')
    .replace(/%20/g, '+')
}

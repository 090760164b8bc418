import { Modality } from '@rollcall/core/schema'
import { type Filter, isKind, isSortKey, type Selection, type Sort } from '@rollcall/core/select-models'

/** What the page of models shows: all of it stands in the address, so that a link reproduces it. */
export interface ModelView extends Selection {
  /** The id of the model whose details are open. */
  model?: string | undefined
}

/** Capabilities one filters by: as the address names them, as models do, and as people do. */
export const CAPABILITIES = [
  { parameter: 'tools', capability: 'tools', words: 'Tools' },
  { parameter: 'vision', capability: 'vision', words: 'Vision' },
  { parameter: 'reasoning', capability: 'reasoning', words: 'Reasoning' },
  { parameter: 'json', capability: 'structured_output', words: 'JSON' },
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
  releasedSince: undefined,
  deprecated: undefined,
} satisfies Record<Exclude<keyof Filter, 'search'>, undefined>

const MOST_FIGURE = 1_000_000_000

/** Reads the query of an address. What is unknown or broken is passed over; the rest holds. */
export function readView(query: string): ModelView {
  const given = new URLSearchParams(query)
  const list = (name: string) => [...new Set((given.get(name) ?? '').split(',').filter(Boolean))]
  return {
    search: given.get('q') ?? '',
    providers: some(list('provider').filter((name) => /^[\w-]{1,64}$/.test(name))),
    kinds: some(list('kind').filter(isKind)),
    capabilities: some(list('can').flatMap(capabilityOf)),
    input: some(list('takes').filter(isModality)),
    output: some(list('gives').filter(isModality)),
    mostInputPrice: figure(given.get('price')),
    mostOutputPrice: figure(given.get('output_price')),
    isFree: given.get('free') === '1' || undefined,
    leastContext: figure(given.get('context')),
    releasedSince: date(given.get('since')),
    deprecated: oneOf(['hide', 'only'] as const, given.get('deprecated')),
    sort: readSort(given.get('sort')),
    model: given.get('model') || undefined,
  }
}

/** The query of an address, with its question mark; empty where everything is as usual. */
export function writeView(view: ModelView): string {
  const parameters: Record<string, string | number | false | undefined> = {
    q: view.search,
    provider: view.providers?.join(','),
    kind: view.kinds?.join(','),
    can: view.capabilities?.flatMap(parameterOf).join(','),
    takes: view.input?.join(','),
    gives: view.output?.join(','),
    price: view.mostInputPrice,
    output_price: view.mostOutputPrice,
    free: view.isFree && 1,
    context: view.leastContext,
    since: view.releasedSince,
    deprecated: view.deprecated,
    sort: view.sort && `${view.sort.isDescending ? '-' : ''}${view.sort.by}`,
    model: view.model,
  }
  const written = Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== '' && value !== false)
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

function readSort(text: string | null): Sort | undefined {
  const by = text?.replace(/^-/, '') ?? ''
  return isSortKey(by) ? { by, isDescending: text?.startsWith('-') ?? false } : undefined
}

function capabilityOf(name: string): string[] {
  return CAPABILITIES.filter(({ parameter }) => parameter === name).map(({ capability }) => capability)
}

function parameterOf(name: string): string[] {
  return CAPABILITIES.filter(({ capability }) => capability === name).map(({ parameter }) => parameter)
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

function oneOf<T extends string>(names: readonly T[], text: string | null): T | undefined {
  return names.find((name) => name === text)
}

function isModality(name: string): name is Modality {
  return (Modality.options as readonly string[]).includes(name)
}

function figure(text: string | null): number | undefined {
  if (text === null || !/^\d+(\.\d+)?$/.test(text)) return undefined
  const value = Number(text)
  return value <= MOST_FIGURE ? value : undefined
}

function date(text: string | null): string | undefined {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : undefined
}

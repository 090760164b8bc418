import { PROVIDERS, type Provider } from '@rollcall/core'
import { ModelsSearch } from '@rollcall/core/schema'
import {
  isKind,
  KINDS,
  type Selection,
  type SortKey,
  selectionOf,
  usualSort,
} from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import type { FilterOptions } from './filter-options.ts'
import type { Output } from './print/answer.ts'
import { toNoKeysText } from './print/no-keys.ts'
import { UsageError } from './usage-error.ts'

/** As commander hands them over. */
export interface ModelsOptions extends FilterOptions {
  json?: boolean
  csv?: boolean
  ids?: boolean
  demo?: boolean
  provider?: string[]
  kind?: string[]
  search?: string
  sort?: string
  /** milliseconds */
  timeout?: number
  /** True: the usual one. */
  server?: string | true
  refresh?: boolean
  /** False: only what the providers say themselves. */
  catalogue?: boolean
}

/** What a table of this width is sorted by; the web app knows more. */
export const SORTS = ['id', 'name', 'context', 'price', 'released'] as const satisfies readonly SortKey[]
/** What `show` and `compare` understand, as commander hands it over. */
export type FactsOptions = Pick<ModelsOptions, 'json' | 'demo' | 'timeout' | 'catalogue' | 'server'>

export const EXIT = { answered: 0, allFailed: 1 } as const

export function outputOf(options: ModelsOptions): Output {
  const chosen = (['json', 'csv', 'ids'] as const).filter((name) => options[name])
  if (chosen.length > 1) throw new UsageError(`--${chosen.join(' and --')} exclude each other.`)
  return chosen[0] ?? 'table'
}

export function readSelection(options: ModelsOptions): Selection {
  const { kind, search, sort } = options
  if (kind?.length === 0) throw new UsageError(`--kind names no kind. Kinds are: ${KINDS.join(', ')}.`)
  const kinds = (kind ?? []).map((name) => {
    if (isKind(name)) return name
    throw new UsageError(`--kind ${visible(name)} is not known. Kinds are: ${KINDS.join(', ')}.`)
  })
  const by = SORTS.find((name) => name === sort)
  if (sort !== undefined && !by) {
    throw new UsageError(`--sort ${visible(sort)} is not known. Sort by: ${SORTS.join(', ')}.`)
  }
  return { ...readFilter(options), kinds, search, sort: by && usualSort(by) }
}

/** As the API reads the same words. */
function readFilter(options: FilterOptions): Selection {
  const asked = {
    capability: options.capability?.join(','),
    modality: options.modality?.join(','),
    output_modality: options.outputModality?.join(','),
    min_context: options.minContext,
    min_output: options.minOutput,
    max_input_price: options.maxInputPrice,
    max_output_price: options.maxOutputPrice,
    released_since: options.releasedSince,
    free: options.free ? 'true' : undefined,
    deprecated: options.deprecated === undefined ? undefined : String(options.deprecated),
  }
  const search = ModelsSearch.safeParse(asked)
  if (search.success) return selectionOf(search.data)
  const [issue] = search.error.issues
  throw new UsageError(`--${String(issue?.path[0]).replaceAll('_', '-')} ${issue?.message}.`)
}

/** Throws where something is set that only has a say without a server. */
export function refuseLocalOptions({ demo, timeout, catalogue }: FactsOptions): void {
  if (demo) throw new UsageError('--demo and --server exclude each other.')
  if (timeout !== undefined) {
    throw new UsageError('--timeout has no say with --server: how long a provider may take is set there.')
  }
  if (catalogue === false) {
    throw new UsageError('--no-catalogue has no say with --server: it is set there whether one is asked.')
  }
}

export function readProviders(names: readonly string[] | undefined): Provider[] | undefined {
  if (names?.length === 0) throw new UsageError(`--provider names no provider. ${knownProviders()}`)
  return names?.map((name) => readProvider(name, '--provider '))
}

/** A provider by its key; `where` is said before the name if it is not known. */
export function readProvider(name: string, where = ''): Provider {
  const provider = PROVIDERS.find(({ key }) => key === name.toLowerCase())
  if (provider) return provider
  throw new UsageError(`${where}${visible(name)} is not known. ${knownProviders()}`)
}

/** Throws where nobody could be asked. */
export function requireKeys(withKey: readonly Provider[], wanted: readonly Provider[] = PROVIDERS): void {
  if (withKey.length === 0) throw new UsageError(toNoKeysText(wanted, wanted !== PROVIDERS).trimEnd())
}

export function knownProviders(): string {
  return `Providers are: ${PROVIDERS.map(({ key }) => key).join(', ')}.`
}

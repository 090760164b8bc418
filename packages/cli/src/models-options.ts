import { PROVIDERS, type Provider } from '@rollcall/core'
import { isKind, KINDS, type Selection, type SortKey, usualSort } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import type { Output } from './print/answer.ts'
import { toNoKeysText } from './print/no-keys.ts'
import { UsageError } from './usage-error.ts'

/** As commander hands them over. */
export interface ModelsOptions {
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
export type FactsOptions = Pick<ModelsOptions, 'json' | 'demo' | 'timeout' | 'catalogue'>

export const EXIT = { answered: 0, allFailed: 1 } as const

export function outputOf(options: ModelsOptions): Output {
  const chosen = (['json', 'csv', 'ids'] as const).filter((name) => options[name])
  if (chosen.length > 1) throw new UsageError(`--${chosen.join(' and --')} exclude each other.`)
  return chosen[0] ?? 'table'
}

export function readSelection({ kind, search, sort }: ModelsOptions): Selection {
  if (kind?.length === 0) throw new UsageError(`--kind names no kind. Kinds are: ${KINDS.join(', ')}.`)
  const kinds = (kind ?? []).map((name) => {
    if (isKind(name)) return name
    throw new UsageError(`--kind ${visible(name)} is not known. Kinds are: ${KINDS.join(', ')}.`)
  })
  const by = SORTS.find((name) => name === sort)
  if (sort !== undefined && !by) {
    throw new UsageError(`--sort ${visible(sort)} is not known. Sort by: ${SORTS.join(', ')}.`)
  }
  return { kinds, ...(search === undefined ? {} : { search }), ...(by ? { sort: usualSort(by) } : {}) }
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

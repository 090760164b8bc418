import {
  ApiKey,
  type Ask,
  baseUrlVariable,
  CATALOGUE_URL,
  LIMITS,
  PROVIDERS,
  type Provider,
  parseBaseUrl,
  parseCatalogueUrl,
} from '@rollcall/core'
import { type Proxies, parseProxies } from '@rollcall/network'
import { UsageError } from './usage-error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A key that is set but cannot be one: `problem` says what is wrong with it and where, without quoting it. */
export interface UnusableKey {
  provider: Provider
  variable: string
  problem: string
}

/** Says of which variable it is, and that nobody was asked with it. */
export function unusableKeySentence({ variable, problem }: UnusableKey): string {
  return `${problem.replace('The key', variable)}, so it was not sent: set it again.`
}

export interface Settings {
  asks: Ask[]
  unusableKeys: UnusableKey[]
  proxies: Proxies
  timeoutMs: number
  /** Undefined: turned off. */
  catalogueUrl: string | undefined
}

/** Reads keys, bases, proxies and the time limit. An empty variable counts as unset, but turns the catalogue off. */
export function readEnvironment(environment: Environment): Settings {
  const asks: Ask[] = []
  const unusableKeys: UnusableKey[] = []
  for (const provider of PROVIDERS) {
    const base = readBase(environment, provider)
    const variable = provider.keyVariables.find((name) => environment[name])
    const text = variable === undefined ? undefined : environment[variable]
    if (variable === undefined || text === undefined) continue
    const parsed = ApiKey.parse(text)
    if ('problem' in parsed) unusableKeys.push({ provider, variable, problem: parsed.problem })
    else asks.push({ provider, key: parsed.key, ...(base === undefined ? {} : { base }) })
  }
  const proxies = parseProxies(environment)
  if ('problem' in proxies) throw new UsageError(`${proxies.problem}.`)
  return {
    asks,
    unusableKeys,
    proxies: proxies.proxies,
    timeoutMs: readTimeout(environment),
    catalogueUrl: readCatalogueUrl(environment),
  }
}

function readBase(environment: Environment, { key }: Provider): string | undefined {
  const variable = baseUrlVariable(key)
  const text = environment[variable]
  if (!text) return undefined
  const parsed = parseBaseUrl(text)
  if ('problem' in parsed) throw new UsageError(`${variable} ${parsed.problem}.`)
  return parsed.base
}

function readTimeout(environment: Environment): number {
  const text = environment.ROLLCALL_PROVIDER_TIMEOUT_MS
  if (!text) return LIMITS.timeoutMs
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 600_000) {
    throw new UsageError(
      'ROLLCALL_PROVIDER_TIMEOUT_MS is not a whole number of milliseconds from 1 to 600000.',
    )
  }
  return Number(text)
}

function readCatalogueUrl({ ROLLCALL_CATALOGUE_URL: text = CATALOGUE_URL }: Environment): string | undefined {
  const parsed = parseCatalogueUrl(text)
  if ('problem' in parsed) throw new UsageError(`ROLLCALL_CATALOGUE_URL ${parsed.problem}.`)
  return parsed.url
}

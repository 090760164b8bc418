import { isIP } from 'node:net'
import { resolve } from 'node:path'
import {
  baseUrlVariable,
  CATALOGUE_URL,
  isLoopback,
  LIMITS,
  PROVIDERS,
  parseBaseUrl,
  parseCatalogueUrl,
} from '@rollcall/core'
import { type Proxies, parseProxies } from '@rollcall/network'
import { z } from 'zod'
import { StartError } from './start-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

interface Setting<Schema extends z.ZodType = z.ZodType> {
  variable: string
  doc: string
  /** Of the variable's text. Messages read on from the variable's name and quote nothing. */
  schema: Schema
  /** As it would be written in the variable; empty is unset. */
  default: string
  /** Set and empty is a value of its own: it turns something off. */
  canBeEmpty?: true
  /** Never shown. */
  isSecret?: true
}

function setting<Schema extends z.ZodType<unknown, string>>(definition: Setting<Schema>): Setting<Schema> {
  return definition
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'is not a whole number')
    .transform(Number)
    .refine((number) => number >= least && number <= most, `is not from ${least} to ${most}`)
/** Not a union: that would not say what is wrong. */
const optional = <T>(schema: z.ZodType<T, string>) =>
  z.string().transform((value, context): T | undefined => {
    if (value === '') return undefined
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    context.addIssue(parsed.error.issues[0]?.message ?? 'cannot be used')
    return z.NEVER
  })
const text = z.string()

const publicUrl = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !/[?#@]/.test(value)
  if (url && isOrigin) return url.origin
  context.addIssue('is not an address like https://rollcall.example.com')
  return z.NEVER
})

const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal']
const proxyList = z.string().transform((value, context) => {
  const parts = value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  if (parts.every(isProxy)) return parts
  context.addIssue(
    'is not a list of addresses, ranges like 10.0.0.0/8, or the words loopback, linklocal, uniquelocal',
  )
  return z.NEVER
})

function isProxy(part: string): boolean {
  const [address = '', bits, ...rest] = part.split('/')
  const family = isIP(address)
  if (PROXY_NAMES.includes(part)) return true
  return (
    rest.length === 0 &&
    family !== 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
  )
}

const databaseUrl = z
  .string()
  .refine((value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value), 'is not a postgres:// address')

/** Every setting there is. Its order is the order in which they are printed. */
export const SETTINGS = {
  port: setting({
    variable: 'PORT',
    doc: 'where it listens; 0 takes a free port',
    schema: wholeNumber(0, 65_535),
    default: '3000',
  }),
  host: setting({
    variable: 'HOST',
    doc: 'on which address; 0.0.0.0 for every one of this machine',
    schema: text.regex(/^[\w.:-]+$/, 'is not a host name or address'),
    default: '127.0.0.1',
  }),
  publicUrl: setting({
    variable: 'ROLLCALL_PUBLIC_URL',
    doc: 'the address people type, where it differs, as behind a reverse proxy',
    schema: optional(publicUrl),
    default: '',
  }),
  trustedProxies: setting({
    variable: 'ROLLCALL_TRUSTED_PROXIES',
    doc: 'whose X-Forwarded-… headers are believed: addresses and ranges, separated by commas',
    schema: proxyList,
    default: '',
  }),
  registration: setting({
    variable: 'ROLLCALL_REGISTRATION',
    doc: 'who may create an account: open, invite or closed; unset: open on this machine alone, else invite',
    schema: optional(z.enum(['open', 'invite', 'closed'], 'is not open, invite or closed')),
    default: '',
  }),
  dataDir: setting({
    variable: 'ROLLCALL_DATA_DIR',
    doc: 'folder of the embedded database and the secrets',
    schema: text.min(1).transform((path) => resolve(path)),
    default: './data',
  }),
  databaseUrl: setting({
    variable: 'DATABASE_URL',
    doc: 'a PostgreSQL instead of the embedded database',
    schema: optional(databaseUrl),
    default: '',
    isSecret: true,
  }),
  masterKey: setting({
    variable: 'ROLLCALL_MASTER_KEY',
    doc: 'seals stored keys: 32 random bytes in base64 or hex; unset: made at first start and kept in the data folder',
    schema: text,
    default: '',
    isSecret: true,
  }),
  previousMasterKeys: setting({
    variable: 'ROLLCALL_MASTER_KEY_PREVIOUS',
    doc: 'older master keys, separated by commas, until everything is sealed with the new one',
    schema: text,
    default: '',
    isSecret: true,
  }),
  tokenSecret: setting({
    variable: 'ROLLCALL_TOKEN_SECRET',
    doc: 'signs access tokens: 32 random bytes in base64 or hex; unset: made at first start',
    schema: text,
    default: '',
    isSecret: true,
  }),
  cacheTtlSeconds: setting({
    variable: 'ROLLCALL_CACHE_TTL_SECONDS',
    doc: 'how long a list counts as fresh, in seconds',
    schema: wholeNumber(1, 86_400),
    default: '3600',
  }),
  keepRunsDays: setting({
    variable: 'ROLLCALL_KEEP_RUNS_DAYS',
    doc: 'after how many days runs are deleted, with their prompts and answers; unset: never',
    schema: optional(wholeNumber(1, 36_500)),
    default: '',
  }),
  answersAtOnce: setting({
    variable: 'ROLLCALL_ANSWERS_AT_ONCE',
    doc: "how many models' answers may be under way for one user at once",
    schema: wholeNumber(1, 1_000),
    default: '8',
  }),
  providerTimeoutMs: setting({
    variable: 'ROLLCALL_PROVIDER_TIMEOUT_MS',
    doc: 'the most one provider may take, in milliseconds',
    schema: wholeNumber(1, 600_000),
    default: `${LIMITS.timeoutMs}`,
  }),
  catalogueUrl: setting({
    variable: 'ROLLCALL_CATALOGUE_URL',
    doc: 'catalogue of facts about models, or a mirror of it; set and empty turns it off',
    schema: z.string().transform((value, context) => {
      const parsed = parseCatalogueUrl(value)
      if ('url' in parsed) return parsed.url
      context.addIssue(parsed.problem)
      return z.NEVER
    }),
    default: CATALOGUE_URL,
    canBeEmpty: true,
  }),
  logLevel: setting({
    variable: 'ROLLCALL_LOG_LEVEL',
    doc: 'trace, debug, info, warn, error or silent',
    schema: z.enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
      'is not one of trace, debug, info, warn, error, silent',
    ),
    default: 'info',
  }),
  httpsProxy: setting({
    variable: 'HTTPS_PROXY',
    doc: 'proxy to the providers',
    schema: text,
    default: '',
    isSecret: true,
  }),
  noProxy: setting({
    variable: 'NO_PROXY',
    doc: 'hosts that are reached without it',
    schema: text,
    default: '',
  }),
} satisfies Record<string, Setting>

const BASE_SETTINGS = PROVIDERS.map((provider) => ({
  provider,
  setting: setting({
    variable: baseUrlVariable(provider.key),
    doc: `another address in ${provider.name}'s place`,
    schema: optional(
      z.string().transform((value, context) => {
        const parsed = parseBaseUrl(value)
        if ('base' in parsed) return parsed.base
        context.addIssue(parsed.problem)
        return z.NEVER
      }),
    ),
    default: '',
  }),
}))

type Values = { [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['schema']> }
export interface Settings extends Values {
  /** By provider key; absent: its own address. */
  bases: ReadonlyMap<string, string>
  proxies: Proxies
}

/** Reads every setting; an empty variable counts as unset. Throws one StartError that names all that is wrong. */
export function readSettings(environment: Environment): Settings {
  const problems: string[] = []
  const read = <T>(definition: Setting<z.ZodType<T>>): T | undefined => {
    const result = readSetting(definition, environment)
    if ('value' in result) return result.value
    problems.push(result.problem)
    return undefined
  }
  const values = Object.fromEntries(
    Object.entries(SETTINGS).map(([name, definition]) => [name, read(definition as Setting)]),
  ) as Values
  const bases = new Map<string, string>()
  for (const { provider, setting: definition } of BASE_SETTINGS) {
    const base = read(definition as Setting<z.ZodType<string | undefined>>)
    if (base !== undefined) bases.set(provider.key, base)
  }
  const proxies = parseProxies(environment)
  if ('problem' in proxies) problems.push(`${proxies.problem}.`)
  if (problems.length > 0 || 'problem' in proxies) throw new StartError(problems.join('\n'))
  return { ...values, bases, proxies: proxies.proxies }
}

function readSetting<T>(
  { variable, schema, default: usual, canBeEmpty }: Setting<z.ZodType<T>>,
  environment: Environment,
): { value: T } | { problem: string } {
  const set = environment[variable]
  const parsed = schema.safeParse(canBeEmpty ? (set ?? usual) : set || usual)
  if (parsed.success) return { value: parsed.data }
  return { problem: `${variable} ${parsed.error.issues[0]?.message ?? 'cannot be used'}.` }
}

export interface ShownSetting {
  variable: string
  /** Masked where it is secret; null where there is none. */
  value: string | null
  source: 'environment' | 'default'
  doc: string
  /** Why the server would not start with it: one sentence that does not quote it. */
  problem: string | null
}

/** What `rollcall config` prints: every setting with its value and where that comes from. */
export function showSettings(environment: Environment): ShownSetting[] {
  const proxies = parseProxies(environment)
  const problemOf = (definition: Setting): string | null => {
    if (definition === SETTINGS.httpsProxy && 'problem' in proxies) return `${proxies.problem}.`
    const result = readSetting(definition, environment)
    return 'problem' in result ? result.problem : null
  }
  const all: readonly Setting[] = [...Object.values(SETTINGS), ...BASE_SETTINGS.map(({ setting }) => setting)]
  return all.map((definition) => {
    const { variable, doc, default: usual, isSecret, canBeEmpty } = definition
    const isProxy = definition === SETTINGS.httpsProxy || definition === SETTINGS.noProxy
    // both spellings, as they are read
    const set = (isProxy && environment[variable.toLowerCase()]) || environment[variable] || ''
    const isSet = canBeEmpty ? environment[variable] !== undefined : set !== ''
    return {
      variable,
      value: set && isSecret ? '(set, not shown)' : withoutPassword(isSet ? set : usual) || null,
      source: isSet ? 'environment' : 'default',
      doc,
      problem: problemOf(definition),
    }
  })
}

/** An address may hold a name and a password, also where that is not allowed. */
function withoutPassword(value: string): string {
  return value.replace(/\/\/.*@/, '//…@')
}

/** Whether only this machine can reach it, as far as the settings tell. */
export function isForThisMachineOnly({
  host,
  publicUrl: url,
}: Pick<Settings, 'host' | 'publicUrl'>): boolean {
  return isLoopback(host) && (url === undefined || isLoopback(new URL(url).hostname))
}

import { z } from 'zod'

/** A field that may be absent, null or of another type than we expect: then it is simply not said. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(undefined)
}

export const text = maybe(z.string())
export const count = maybe(z.number())
export const flag = maybe(z.boolean())
/** Items of another type are left out, the rest stays. */
export const texts = maybe(
  z.array(z.unknown()).transform((items) => items.filter((item) => typeof item === 'string')),
)

/** A price in USD per token: a decimal string, or from some a number. */
export const usd = maybe(z.union([z.string(), z.number().transform(String)]))

export function member(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, name)
    ? (object as Record<string, unknown>)[name]
    : undefined
}

/** For APIs that name the next page by a token: `nextByToken('nextPageToken', 'pageToken')`. */
export function nextByToken(field: string, parameter: string) {
  return (envelope: unknown) => {
    const next = token(envelope, field)
    return next === undefined ? undefined : { query: { [parameter]: next } }
  }
}

/**
 * What a list of supported things says of each: what is not in it is not supported, and without a list nothing is said.
 */
export function listed<Name extends string>(
  list: readonly string[] | null | undefined,
  words: Readonly<Record<Name, string>>,
): Partial<Record<Name, boolean>> {
  const said: Partial<Record<Name, boolean>> = {}
  for (const name in words) if (list) said[name] = list.includes(words[name])
  return said
}

/** A page token that is really there: providers end with an absent, a null or an empty one. */
export function token(envelope: unknown, name: string): string | undefined {
  const value = member(envelope, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Milliseconds since the epoch as RFC 3339 in whole seconds, UTC. */
export function toSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/**
 * USD per token, sent as a decimal string, to USD per million tokens. The decimal point is moved in the text,
 * because 0.00000003 * 1e6 is not 0.03 in floating point. Negative means "varies" (OpenRouter): unknown.
 */
export function perMillion(usdPerToken: string | null | undefined): number | undefined {
  if (usdPerToken == null || !/^(\d+(\.\d+)?|\.\d+)(e-?\d+)?$/i.test(usdPerToken)) return undefined
  const [digits, exponent = '0'] = usdPerToken.toLowerCase().split('e')
  return withoutFloatNoise(Number(`${digits}e${Number(exponent) + 6}`))
}

/** 0.13999999999999999 was meant as 0.14. */
export function withoutFloatNoise(value: number): number {
  return Number(value.toPrecision(6))
}

/** How vendors write a date at the end of an id. */
export const DATED = {
  '-2024-08-06': /-\d{4}-\d{2}-\d{2}$/,
  '-20250514': /-20\d{6}$/,
  '-08-2024': /-\d{2}-20\d{2}$/,
  '-2508': /-2\d(0[1-9]|1[0-2])$/,
  '-0613': /-(0[1-9]|1[0-2])\d{2}$/,
} as const

/** The undated ids that `id` may be a snapshot of, where it ends in one of these dates. */
export function undated(id: string, ...forms: (keyof typeof DATED)[]): string[] {
  for (const form of forms) {
    const alias = id.replace(DATED[form], '')
    if (alias !== id) return [alias, `${alias}-latest`]
  }
  return []
}

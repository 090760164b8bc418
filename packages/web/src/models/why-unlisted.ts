import type { ListedKey } from './listed-keys.ts'
import type { NamedProvider } from './why-missing.ts'

/** Why no list has this id: four different things, and a provider we do not know. */
export interface WhyUnlisted {
  kind: 'not_listed' | 'older_list' | 'failed' | 'not_asked' | 'no_key' | 'no_provider'
  /** Begins with the id's provider, or says that there is none. */
  sentence: string
}

/** Undefined: its provider is still being asked. `providers` are all that can be asked. */
export function whyUnlisted(
  id: string,
  keys: readonly ListedKey[],
  providers: readonly NamedProvider[],
): WhyUnlisted | undefined {
  const provider = providers.find(({ provider_key }) => id.startsWith(`${provider_key}/`))
  if (!provider) return { kind: 'no_provider', sentence: 'No provider that Rollcall asks has ids like this.' }
  const { name, provider_key } = provider
  const own = keys.filter((key) => key.provider_key === provider_key)
  if (own.some((key) => key.isAsking)) return undefined
  if (own.length === 0)
    return { kind: 'no_key', sentence: `There is no ${name} key, so ${name} was not asked.` }
  const told = own.flatMap(({ state: { status } }) => status ?? [])
  if (told.some(({ status, code }) => (status === 'fresh' || status === 'cached') && code === null)) {
    return { kind: 'not_listed', sentence: `It is no longer listed by ${name}, or never was.` }
  }
  const whole = told.find(({ model_count, status }) => model_count > 0 && status !== 'static')
  if (whole) {
    const what = whole.status === 'stale' ? `last good list of ${name}` : `part of ${name}’s list that came`
    return {
      kind: 'older_list',
      sentence: `It is not in the ${what}; whether ${name} lists it today is not known.`,
    }
  }
  const failed = told.find(({ message }) => message !== null)
  if (failed) {
    return { kind: 'failed', sentence: `Whether ${name} still lists it is not known. ${failed.message}` }
  }
  return { kind: 'not_asked', sentence: `${name} was not asked yet.` }
}

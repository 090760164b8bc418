import type { ProviderStatus } from '@rollcall/core/schema'

/** "14:05 UTC", as the server's sentences have it. Never before the moment itself. */
export function clock(moment: string): string {
  const minute = Math.ceil(Date.parse(moment) / 60_000) * 60_000
  return `${new Date(minute).toISOString().slice(11, 16)} UTC`
}

/** Why asking again does nothing yet; undefined: nothing speaks against it. `now` in milliseconds. */
export function whyNotYet(
  status: Pick<ProviderStatus, 'name' | 'retry_at'> | undefined,
  now = Date.now(),
): string | undefined {
  if (!status?.retry_at || Date.parse(status.retry_at) <= now) return undefined
  return `${status.name} wants to be left alone until ${clock(status.retry_at)}.`
}

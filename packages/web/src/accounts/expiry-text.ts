import { day } from '@rollcall/core/figures'

/** "expires 2027-01-01", "expired", "never expires"; `now` in milliseconds. */
export function expiryText(moment: string | null, now: number): string {
  if (moment === null) return 'never expires'
  return Date.parse(moment) <= now ? 'expired' : `expires ${day(moment)}`
}

import { day } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'

/** That a model goes or is gone, in a sentence; null: nothing of that kind is known. `today` is a date, `2026-01-31`. */
export function endSentence({ deprecated, deprecated_at, retires_at }: Model, today: string): string | null {
  if (retires_at !== undefined) {
    const date = day(retires_at)
    return `Its provider ${date <= today ? 'retired' : 'retires'} it on ${date}.`
  }
  if (deprecated_at !== undefined) {
    const date = day(deprecated_at)
    return `Its provider ${date <= today ? 'deprecated' : 'deprecates'} it on ${date}.`
  }
  return deprecated ? 'Its provider calls it deprecated, without a date.' : null
}

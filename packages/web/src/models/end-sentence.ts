import { day } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'

/** That a model goes or is gone, and what comes after it; null: nothing of that kind is known. `today` is a date, `2026-01-31`. */
export function endWithReplacement(model: Model, today: string): string | null {
  const end = endSentence(model, today)
  return end && model.replacement !== undefined
    ? `${end} Its replacement is ${visible(model.replacement)}.`
    : end
}

/** Only that it goes or is gone, whoever says so: its provider, the catalogue or its reader. */
export function endSentence({ deprecated, deprecated_at, retires_at }: Model, today: string): string | null {
  if (retires_at !== undefined) {
    const date = day(retires_at)
    return `It ${date <= today ? 'was retired' : 'retires'} on ${date}.`
  }
  if (deprecated_at !== undefined) {
    const date = day(deprecated_at)
    return `It ${date <= today ? 'was' : 'will be'} deprecated on ${date}.`
  }
  return deprecated ? 'It is deprecated, without a date.' : null
}

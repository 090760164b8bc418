import { day } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'

/** That a model goes or is gone, in a word and its date. */
export interface ModelEnd {
  tone: 'warn' | 'bad'
  words: string
}

/** Null: nothing of that kind is known. `today` is a date, `2026-01-31`. */
export function endOf({ deprecated, deprecated_at, retires_at }: Model, today: string): ModelEnd | null {
  if (retires_at !== undefined) {
    const date = day(retires_at)
    return date <= today
      ? { tone: 'bad', words: `retired ${date}` }
      : { tone: 'warn', words: `retires ${date}` }
  }
  if (deprecated_at !== undefined && day(deprecated_at) > today) {
    return { tone: 'warn', words: `ends ${day(deprecated_at)}` }
  }
  return deprecated || deprecated_at !== undefined ? { tone: 'warn', words: 'deprecated' } : null
}

/** Today where the reader's clock stands in UTC, as dates of models are. */
export function todayInUtc(): string {
  return new Date().toISOString().slice(0, 10)
}

import { day } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'

/** That a model goes or is gone, in a word for its row and a sentence for its details. */
export interface ModelEnd {
  tone: 'warn' | 'bad'
  words: string
  sentence: string
}

/** Null: nothing of that kind is known. `today` is a date, `2026-01-31`. */
export function endOf({ deprecated, deprecated_at, retires_at }: Model, today: string): ModelEnd | null {
  if (retires_at !== undefined) {
    const date = day(retires_at)
    return date <= today
      ? { tone: 'bad', words: `retired ${date}`, sentence: `Its provider retired it on ${date}.` }
      : { tone: 'warn', words: `retires ${date}`, sentence: `Its provider retires it on ${date}.` }
  }
  if (deprecated_at !== undefined) {
    const date = day(deprecated_at)
    return date <= today
      ? { tone: 'warn', words: 'deprecated', sentence: `Its provider deprecated it on ${date}.` }
      : { tone: 'warn', words: `ends ${date}`, sentence: `Its provider deprecates it on ${date}.` }
  }
  if (!deprecated) return null
  return { tone: 'warn', words: 'deprecated', sentence: 'Its provider calls it deprecated, without a date.' }
}

/** Today where the reader's clock stands in UTC, as dates of models are. */
export function todayInUtc(): string {
  return new Date().toISOString().slice(0, 10)
}

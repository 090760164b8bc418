import type { FactSource } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'

/** Who says a fact: "said by OpenAI", "models.dev 2026-02-19", "yours, 2026-02-20". */
export function sourceWords(source: FactSource | undefined, providerName: string): string {
  if (source?.from === 'you') return `yours, ${visible(source.date)}`
  return source ? whoSays(source, providerName) : `said by ${providerName}`
}

/** "OpenAI", "models.dev 2026-02-19": what a sentence may begin with. */
export function whoSays(source: FactSource | undefined, providerName: string): string {
  if (!source) return providerName
  return `${source.from === 'static' ? 'static list' : visible(source.from)} ${visible(source.date)}`
}

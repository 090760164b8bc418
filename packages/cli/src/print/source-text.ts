import type { FactSource } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'

/** "models.dev 2026-02-19" */
export function sourceText(source: FactSource | undefined): string {
  return source ? `${visible(source.from)} ${source.date}` : 'the provider'
}

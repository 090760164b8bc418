import { type Corrected, type Model, sourceOf } from '@rollcall/core/schema'
import { type FactField, factOf, factWords } from './fact-fields.ts'
import { whoSays } from './source-words.ts'

/** Whether the reader has set this fact right. */
export function isYours(model: Model, field: string): boolean {
  return sourceOf(model, field)?.from === 'you'
}

/** What would stand in a field without the reader's word: "OpenAI says 128,000 tokens." */
export function saidOtherwise(
  { field, form }: FactField,
  model: Model,
  differs: readonly Corrected[],
  providerName: string,
): string {
  const other = differs.find((one) => one.field === field)
  if (!other && isYours(model, field)) return 'Otherwise the same.'
  const words = factWords(form, other ? other.value : factOf(model, field))
  if (words === undefined) return other ? 'Nobody else says.' : 'Not known.'
  const source = other ? other.source : sourceOf(model, field)
  // a kind may be concluded from the id
  if (!source && field === 'kind') return `Otherwise ${words}.`
  return `${whoSays(source, providerName)} says ${words}.`
}

import { type CsvColumn, toCsv } from '@rollcall/core'
import type { Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'

const COLUMNS: readonly CsvColumn<Model>[] = [
  ['id', (model) => model.id],
  ['name', (model) => visible(model.name)],
  ['description', (model) => model.description && visible(model.description)],
  ['kind', (model) => model.kind],
  ['context_window', (model) => model.context_window],
  ['max_output_tokens', (model) => model.max_output_tokens],
  ['input_usd_per_million', (model) => model.pricing?.input],
  ['output_usd_per_million', (model) => model.pricing?.output],
  ['cached_input_usd_per_million', (model) => model.pricing?.cached_input],
  ['input_modalities', (model) => model.modalities?.input?.join(' ')],
  ['output_modalities', (model) => model.modalities?.output?.join(' ')],
  ['capabilities', (model) => capabilities(model)],
  ['released_at', (model) => model.released_at],
  ['deprecated', (model) => (model.deprecated ? 'true' : undefined)],
  ['deprecated_at', (model) => model.deprecated_at],
  ['retires_at', (model) => model.retires_at],
  ['replacement', (model) => model.replacement],
  ['aliases', (model) => model.aliases?.join(' ')],
  ['snapshot_of', (model) => model.snapshot_of],
  ['hugging_face_id', (model) => model.hugging_face_id],
  ['sources', (model) => sources(model)],
]

/** One line per model. */
export function toModelsCsv(models: readonly Model[]): string {
  return toCsv(COLUMNS, models)
}

function capabilities({ capabilities = {} }: Model): string {
  return Object.keys(capabilities)
    .filter((name) => capabilities[name])
    .join(' ')
}

function sources({ sources: all = {} }: Model): string {
  return Object.entries(all)
    .map(([field, { from, date }]) => visible(`${field}=${from}@${date}`))
    .join(' ')
}

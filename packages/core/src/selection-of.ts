import type { ModelsSearch } from './schema/found-models.ts'
import type { ModelMark } from './schema/model-marks.ts'
import type { Selection } from './select-models.ts'

/** What is looked for, of what was asked; marks and pages are not of the models, and are left to the caller. */
export function selectionOf(search: ModelsSearch): Selection {
  return {
    search: search.q,
    providers: search.provider,
    kinds: search.kind,
    capabilities: search.capability,
    input: search.modality,
    output: search.output_modality,
    mostInputPrice: search.max_input_price,
    mostOutputPrice: search.max_output_price,
    isFree: search.free && true,
    leastContext: search.min_context,
    leastOutput: search.min_output,
    releasedSince: search.released_since,
    deprecated: search.deprecated === undefined ? undefined : search.deprecated ? 'only' : 'hide',
    sort: search.sort,
  }
}

/** Whether a model is looked for, by its id and its reader's marks. What is hidden is only found by whoever asks for it. */
export function fitsMarks(
  marks: readonly ModelMark[],
  { favourite, hidden = false }: Pick<ModelsSearch, 'favourite' | 'hidden'>,
): (id: string) => boolean {
  const favourites = new Set(marks.filter((mark) => mark.is_favourite).map(({ id }) => id))
  const hiddenOnes = new Set(marks.filter((mark) => mark.is_hidden).map(({ id }) => id))
  return (id) =>
    hiddenOnes.has(id) === hidden && (favourite === undefined || favourites.has(id) === favourite)
}

import type { Kind, Model, ProviderModels } from '@rollcall/core/schema'
import { createModelIndex, findModels } from '@rollcall/core/select-models'
import type { KeyState, PickerGroup } from './model-picker-groups.ts'

/** One line of the list; all are of the same height. */
export type PickerRow = { key: string; group: string } & (
  | { kind: 'heading'; states: readonly KeyState[] }
  | { kind: 'note'; text: string }
  | { kind: 'model'; model: Model; option: number }
)
/** What can be chosen, in the order of the arrow keys. */
export type PickerOption = { key: string } & (
  | { kind: 'model'; id: string; row: number }
  | { kind: 'kinds' }
  | { kind: 'custom' }
)
export interface PickerRows {
  rows: readonly PickerRow[]
  options: readonly PickerOption[]
  /** Models that can be chosen now, each once. */
  shownCount: number
  /** Models that are found and not shown for their kind. */
  hiddenCount: number
}
export interface PickerView {
  offers: readonly ProviderModels[]
  groups: readonly PickerGroup[]
  /** What was typed; empty: nothing. */
  text: string
  /** Ids, the last used first. */
  recent: readonly string[]
  showsAllKinds: boolean
}
/** What is shown of one provider, and how many of other kinds were found there. */
interface Found {
  group: PickerGroup
  models: readonly Model[]
  hiddenCount: number
}

const MOST_RECENT = 5
const OFFERED: readonly Kind[] = ['chat', 'completion', 'unknown']

/** Whether a run of it makes sense, as far as one knows. */
export function isOffered({ kind = 'unknown' }: Model): boolean {
  return OFFERED.includes(kind)
}

/** Everything the open picker shows, from top to bottom. */
export function pickerRows(view: PickerView): PickerRows {
  const { offers, groups, recent, showsAllKinds } = view
  const text = view.text.trim()
  const rows: PickerRow[] = []
  const options: PickerOption[] = []
  const addModels = (group: string, place: string, models: readonly Model[]) => {
    for (const model of models) {
      const key = `${place} ${model.id}`
      rows.push({ kind: 'model', key, group, model, option: options.length })
      options.push({ kind: 'model', key, id: model.id, row: rows.length - 1 })
    }
  }

  const used = text === '' ? recentModels(offers, recent) : []
  if (used.length > 0) rows.push({ kind: 'heading', key: 'recent', group: 'Recent', states: [] })
  addModels('Recent', 'recent', used)

  const found = text === '' ? listed(groups) : search(offers, groups, text)
  let shownCount = 0
  let otherCount = 0
  for (const { group, models, hiddenCount } of found) {
    const shown = showsAllKinds ? models : models.filter(isOffered)
    shownCount += shown.length
    otherCount += hiddenCount
    if (text !== '' && shown.length === 0) continue
    addHeading(rows, group)
    addModels(group.name, group.key, shown)
  }
  const hiddenCount = showsAllKinds ? 0 : otherCount
  if (text !== '' && shownCount === 0) addWhyNothing(rows, groups, text, hiddenCount)
  if (otherCount > 0) options.push({ kind: 'kinds', key: 'kinds' })
  options.push({ kind: 'custom', key: 'custom' })
  return { rows, options, shownCount, hiddenCount }
}

function listed(groups: readonly PickerGroup[]): Found[] {
  return groups.map((group) => {
    const models = group.offer?.models ?? []
    return {
      group,
      models,
      hiddenCount: models.reduce((count, model) => count + (isOffered(model) ? 0 : 1), 0),
    }
  })
}

/** Providers with the best match first. */
function search(offers: readonly ProviderModels[], groups: readonly PickerGroup[], text: string): Found[] {
  const found = new Map<string, { models: Model[]; hiddenCount: number }>()
  for (const { model, provider } of findModels(createModelIndex(offers), { search: text })) {
    let entry = found.get(provider.provider_key)
    if (!entry) {
      entry = { models: [], hiddenCount: 0 }
      found.set(provider.provider_key, entry)
    }
    entry.models.push(model)
    if (!isOffered(model)) entry.hiddenCount++
  }
  return [...found].flatMap(([key, entry]) => {
    const group = groups.find((other) => other.key === key)
    return group ? [{ group, ...entry }] : []
  })
}

function addHeading(rows: PickerRow[], { key, name, states }: PickerGroup): void {
  rows.push({ kind: 'heading', key, group: name, states })
  for (const { sentence, label } of states) {
    if (sentence === null) continue
    rows.push({ kind: 'note', key: `${key} ${label ?? ''} why`, group: name, text: sentence })
  }
}

/** Says what was searched, so that nobody thinks all was while some have not answered. */
function addWhyNothing(
  rows: PickerRow[],
  groups: readonly PickerGroup[],
  text: string,
  hiddenCount: number,
): void {
  const others = `${hiddenCount.toLocaleString('en')} other ${hiddenCount === 1 ? 'model matches' : 'models match'}`
  const sentence = hiddenCount > 0 ? `${others}: show all kinds.` : `No model of your keys matches “${text}”.`
  rows.push({ kind: 'note', key: 'nothing', group: '', text: sentence })
  for (const group of groups) if (!group.offer) addHeading(rows, group)
}

function recentModels(offers: readonly ProviderModels[], recent: readonly string[]): readonly Model[] {
  if (recent.length === 0) return []
  const { byId } = createModelIndex(offers)
  return recent.flatMap((id) => byId.get(id)?.model ?? []).slice(0, MOST_RECENT)
}

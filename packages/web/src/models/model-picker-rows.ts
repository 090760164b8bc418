import type { Kind, Model, ProviderModels } from '@rollcall/core/schema'
import { createModelIndex, findModels, isDeprecated } from '@rollcall/core/select-models'
import type { PickerGroup } from './model-picker-groups.ts'
import { createParts, type Heading, type Part } from './model-picker-parts.ts'

/** One line of the list; all are of the same height. */
export type PickerRow = { key: string; group: string } & (
  | Heading
  | { kind: 'note'; text: string }
  | { kind: 'model'; model: Model; option: number }
)
/** What can be chosen, in the order of the arrow keys. */
export type PickerOption = { key: string } & (
  | { kind: 'model'; id: string; row: number }
  | { kind: PickerAction }
)
/** What can be chosen below the models. */
export type PickerAction = 'kinds' | 'snapshots' | 'custom'

/** Everything that the open picker shows, from top to bottom. */
export interface PickerRows {
  parts: readonly Part[]
  actions: readonly PickerAction[]
  rowCount: number
  optionCount: number
  /** Models that can be chosen now, each once. */
  shownCount: number
  /** Models that are found and not shown for their kind. */
  hiddenCount: number
  /** Dated ones that stand folded under their alias; a search shows them all. */
  foldedCount: number
}
export interface PickerView {
  offers: readonly ProviderModels[]
  groups: readonly PickerGroup[]
  /** What was typed; empty: nothing. */
  text: string
  /** Ids, the last used first. */
  recent: readonly string[]
  favourites: ReadonlySet<string>
  /** What is chosen already: it is folded under nothing. */
  chosenId: string
  showsAllKinds: boolean
  showsSnapshots: boolean
  isWithoutCustom: boolean
}
/** What is shown of one provider, and how many of other kinds were found there. */
interface Found {
  group: PickerGroup
  models: readonly Model[]
  otherCount: number
}

const MOST_RECENT = 5
const OFFERED: ReadonlySet<Kind> = new Set(['chat', 'completion', 'unknown'])

/** Whether a run of it makes sense, as far as one knows. */
export function isOffered({ kind = 'unknown' }: Model): boolean {
  return OFFERED.has(kind)
}

export function pickerRows(view: PickerView): PickerRows {
  const { offers, groups, text, showsAllKinds } = view
  const sought = text.trim()
  const list = createParts()
  if (sought === '') {
    const favourites = favouriteModels(offers, view.favourites)
    const recent = view.recent.filter((id) => !view.favourites.has(id))
    addGroup(list, 'favourites', 'Favourites', favourites)
    addGroup(list, 'recent', 'Recent', recentModels(offers, recent))
  }
  let foldedCount = 0
  const fold = (models: readonly Model[]) => {
    const { shown, count } = foldSnapshotsBut(models, view.chosenId)
    foldedCount += count
    return view.showsSnapshots ? models : shown
  }
  const found =
    sought === ''
      ? groups.map((group) => {
          const all = sorted(group, lastingFirst(group.offer?.models ?? []), showsAllKinds)
          return { ...all, models: fold(all.models) }
        })
      : search(offers, groups, sought, showsAllKinds)
  let shownCount = 0
  let otherCount = 0
  for (const { group, models, otherCount: others } of found) {
    shownCount += models.length
    otherCount += others
    if (sought !== '' && models.length === 0) continue
    addHeading(list, group, models.length > 0)
    list.add({ kind: 'models', key: group.key, group: group.name, models })
  }
  const hiddenCount = showsAllKinds ? 0 : otherCount
  if (sought !== '') {
    if (shownCount === 0) addWhyNothing(list, sought, hiddenCount)
    // so that nobody thinks all were searched
    for (const group of groups) if (!group.offer) addHeading(list, group, false)
  }
  const actions: PickerAction[] = []
  if (otherCount > 0) actions.push('kinds')
  if (foldedCount > 0) actions.push('snapshots')
  if (!view.isWithoutCustom) actions.push('custom')
  const { parts, rowCount, optionCount } = list.read()
  return {
    parts,
    actions,
    rowCount,
    optionCount: optionCount + actions.length,
    shownCount,
    hiddenCount,
    foldedCount,
  }
}

export function rowAt({ parts }: PickerRows, index: number): PickerRow | undefined {
  const part = parts.findLast(({ firstRow }) => firstRow <= index)
  if (part?.kind !== 'models') return part
  const model = part.models[index - part.firstRow]
  if (!model) return undefined
  const { group, firstOption, firstRow } = part
  return { kind: 'model', key: modelKey(part, model), group, model, option: firstOption + index - firstRow }
}

export function optionAt(
  { parts, actions, optionCount }: PickerRows,
  index: number,
): PickerOption | undefined {
  const action = actions[index - (optionCount - actions.length)]
  if (action) return { kind: action, key: action }
  const part = parts.findLast(({ kind, firstOption }) => kind === 'models' && firstOption <= index)
  if (part?.kind !== 'models') return undefined
  const model = part.models[index - part.firstOption]
  if (!model) return undefined
  const row = part.firstRow + index - part.firstOption
  return { kind: 'model', key: modelKey(part, model), id: model.id, row }
}

/** Of the first option of which that is so; -1: there is none. */
export function findOption(found: PickerRows, fits: (id: string, key: () => string) => boolean): number {
  for (const part of found.parts) {
    if (part.kind !== 'models') continue
    const index = part.models.findIndex((model) => fits(model.id, () => modelKey(part, model)))
    if (index !== -1) return part.firstOption + index
  }
  const action = found.actions.findIndex((name) => fits('', () => name))
  return action === -1 ? -1 : found.optionCount - found.actions.length + action
}

function modelKey({ key }: Part, { id }: Model): string {
  return `${key} ${id}`
}

function sorted(group: PickerGroup, all: readonly Model[], showsAllKinds: boolean): Found {
  const offered = all.filter(isOffered)
  return { group, models: showsAllKinds ? all : offered, otherCount: all.length - offered.length }
}

function addGroup(
  list: ReturnType<typeof createParts>,
  key: string,
  group: string,
  models: readonly Model[],
): void {
  if (models.length === 0) return
  list.add({ kind: 'heading', key, group, states: [], hasModels: true, why: null })
  list.add({ kind: 'models', key, group, models })
}

/** Without dated snapshots whose alias is in the same list. */
function foldSnapshotsBut(models: readonly Model[], chosenId: string) {
  const heads = new Set(models.flatMap(({ id, snapshot_of: alias }) => (alias === undefined ? [id] : [])))
  const shown = models.filter(({ id, snapshot_of: alias }) => id === chosenId || !heads.has(alias ?? ''))
  return { shown, count: models.length - shown.length }
}

/** What is about to go, or gone, comes behind what stays; else as the provider gave them. */
function lastingFirst(models: readonly Model[]): readonly Model[] {
  return [...models.filter((model) => !isDeprecated(model)), ...models.filter(isDeprecated)]
}

/** Providers with the best match first. */
function search(
  offers: readonly ProviderModels[],
  groups: readonly PickerGroup[],
  sought: string,
  showsAllKinds: boolean,
): Found[] {
  const found = new Map<string, Model[]>()
  for (const { model, provider } of findModels(createModelIndex(offers), { search: sought })) {
    const models = found.get(provider.provider_key)
    if (models) models.push(model)
    else found.set(provider.provider_key, [model])
  }
  return [...found].flatMap(([key, models]) => {
    const group = groups.find((other) => other.key === key)
    return group ? [sorted(group, models, showsAllKinds)] : []
  })
}

function addHeading(
  list: ReturnType<typeof createParts>,
  { key, name, states }: PickerGroup,
  hasModels: boolean,
): void {
  const why = hasModels || states.length > 1 ? null : (states[0]?.sentence ?? null)
  list.add({ kind: 'heading', key, group: name, states, hasModels, why })
  if (why !== null) return
  for (const { sentence, label } of states) {
    if (sentence !== null) {
      list.add({ kind: 'note', key: `${key} ${label ?? ''} why`, group: name, text: sentence })
    }
  }
}

function addWhyNothing(list: ReturnType<typeof createParts>, sought: string, hiddenCount: number): void {
  const others = `${hiddenCount.toLocaleString('en')} other ${hiddenCount === 1 ? 'model matches' : 'models match'}`
  const text = hiddenCount > 0 ? `${others}: show all kinds.` : `No model of your keys matches “${sought}”.`
  list.add({ kind: 'note', key: 'nothing', group: '', text })
}

/** In the order of the lists, which stays. */
function favouriteModels(offers: readonly ProviderModels[], favourites: ReadonlySet<string>): Model[] {
  if (favourites.size === 0) return []
  return createModelIndex(offers).listed.flatMap(({ model }) => (favourites.has(model.id) ? [model] : []))
}

function recentModels(offers: readonly ProviderModels[], recent: readonly string[]): readonly Model[] {
  if (recent.length === 0) return []
  const { byId } = createModelIndex(offers)
  return recent.flatMap((id) => byId.get(id)?.model ?? []).slice(0, MOST_RECENT)
}

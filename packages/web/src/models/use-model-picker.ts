import type { ModelMark, StoredKey } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { apiKeysQuery } from '../api/resources.ts'
import { availableModelsQuery } from './available-models.ts'
import type { KnownModels } from './known-models.ts'
import { favouritesOf, hiddenOf, useMarks } from './marks.ts'
import type { ModelChoice } from './model-picker.tsx'
import { firstOrder, inOrder, newcomers, pickerGroups } from './model-picker-groups.ts'
import { optionAt, pickerRows } from './model-picker-rows.ts'
import { CLOSED, customIdFrom, highlightedIndex, indexAfter, type PickerState } from './model-picker-state.ts'
import { scrollToRow } from './model-picker-window.ts'

const NO_MODELS: KnownModels['providers'] = []
const NO_MARKS: readonly ModelMark[] = []
const NO_KEYS: readonly StoredKey[] = []

/** What the picker shows, and what its keys do, as the ARIA Authoring Practices have it for a combobox. */
export function useModelPicker({
  choice,
  recent,
  rowHeight,
  isWithoutCustom,
  onChoose,
}: {
  choice: ModelChoice
  recent: readonly string[]
  rowHeight: number
  isWithoutCustom: boolean
  onChoose: (choice: ModelChoice) => void
}) {
  const [state, setState] = useState(CLOSED)
  const { isOpen, showsAllKinds, showsSnapshots, order } = state
  const text = state.text ?? ''
  const scroller = useRef<HTMLDivElement>(null)
  const { groups, offers, favourites } = useGroups()
  const chosenId = choice.isCustom ? '' : choice.id
  const late = isOpen ? newcomers(groups, order) : []
  if (late.length > 0) setState({ ...state, order: [...order, ...late] })
  const shown = useMemo(
    () => ({
      offers,
      groups: inOrder(groups, order),
      text,
      recent,
      favourites,
      chosenId,
      showsAllKinds,
      showsSnapshots,
      isWithoutCustom,
    }),
    [
      offers,
      groups,
      order,
      text,
      recent,
      favourites,
      chosenId,
      showsAllKinds,
      showsSnapshots,
      isWithoutCustom,
    ],
  )
  const found = useMemo(() => (isOpen ? pickerRows(shown) : undefined), [isOpen, shown])
  const highlighted = found ? highlightedIndex(found, state, chosenId) : 0
  const customId = found && customIdFrom(text, found)

  const change = (next: Partial<PickerState>) => setState((now) => ({ ...now, ...next }))
  const close = () => change({ ...CLOSED, showsAllKinds, showsSnapshots })
  const open = () => {
    if (!isOpen) change({ isOpen: true, order: firstOrder(groups) })
  }
  const highlight = (index: number) => {
    const option = found && optionAt(found, index)
    if (option) change({ highlight: { key: option.key, index } })
    return option
  }
  const choose = (index: number) => {
    const option = found && optionAt(found, index)
    if (!option) return
    if (option.kind === 'kinds') {
      change({ showsAllKinds: !showsAllKinds })
      return
    }
    if (option.kind === 'snapshots') {
      change({ showsSnapshots: !showsSnapshots })
      return
    }
    close()
    if (option.kind === 'model') onChoose({ id: option.id, isCustom: false })
    else onChoose({ id: customId ?? (choice.isCustom ? choice.id : ''), isCustom: true })
  }
  const move = (key: string): boolean => {
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const next = found && indexAfter(key, highlighted, found.optionCount, pageRows)
    if (next === undefined) return false
    const option = highlight(next)
    if (option?.kind === 'model') scrollToRow(scroller.current, option.row, rowHeight)
    return true
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    const { key, altKey, shiftKey } = event
    const isArrow = key === 'ArrowDown' || key === 'ArrowUp'
    if (!isOpen) {
      if (!isArrow && key !== 'Enter') return
      open()
    } else if (key === 'Enter') choose(highlighted)
    else if (key === 'Escape' || (altKey && isArrow)) {
      event.stopPropagation()
      close()
    } else if (shiftKey || altKey || !move(key)) return
    event.preventDefault()
  }
  const search = (typed: string) => {
    open()
    change({ text: typed, highlight: undefined })
    // another search is read from its beginning
    if (scroller.current) scroller.current.scrollTop = 0
  }

  return { state, found, highlighted, customId, scroller, open, close, highlight, choose, search, onKeyDown }
}

/** What there is to choose from: without what is hidden. */
function useGroups() {
  const { data: known } = useQuery(availableModelsQuery)
  const { data: stored = NO_KEYS } = useQuery(apiKeysQuery)
  const marks = useMarks() ?? NO_MARKS
  const offered = useMemo(() => withoutHidden(known, hiddenOf(marks)), [known, marks])
  const groups = useMemo(() => pickerGroups(offered, stored), [offered, stored])
  const favourites = useMemo(() => favouritesOf(marks), [marks])
  return { groups, offers: offered?.providers ?? NO_MODELS, favourites }
}

function withoutHidden(known: KnownModels | undefined, hidden: ReadonlySet<string>): KnownModels | undefined {
  if (!known || hidden.size === 0) return known
  const providers = known.providers.map((group) =>
    group.models.some(({ id }) => hidden.has(id))
      ? { ...group, models: group.models.filter(({ id }) => !hidden.has(id)) }
      : group,
  )
  return { ...known, providers }
}

import type { StoredKey } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { apiKeysQuery } from '../api/resources.ts'
import { availableModelsQuery } from './available-models.ts'
import type { KnownModels } from './known-models.ts'
import type { ModelChoice } from './model-picker.tsx'
import { firstOrder, inOrder, newcomers, pickerGroups } from './model-picker-groups.ts'
import { optionAt, pickerRows } from './model-picker-rows.ts'
import { CLOSED, customIdFrom, highlightedIndex, indexAfter, type PickerState } from './model-picker-state.ts'
import { scrollToRow } from './model-picker-window.ts'

const NO_MODELS: KnownModels['providers'] = []
const NO_KEYS: readonly StoredKey[] = []

/** What the picker shows, and what its keys do, as the ARIA Authoring Practices have it for a combobox. */
export function useModelPicker({
  choice,
  recent,
  rowHeight,
  onChoose,
}: {
  choice: ModelChoice
  recent: readonly string[]
  rowHeight: number
  onChoose: (choice: ModelChoice) => void
}) {
  const [state, setState] = useState(CLOSED)
  const { isOpen, showsAllKinds, order } = state
  const text = state.text ?? ''
  const scroller = useRef<HTMLDivElement>(null)
  const { groups, offers } = useGroups()
  const late = isOpen ? newcomers(groups, order) : []
  if (late.length > 0) setState({ ...state, order: [...order, ...late] })
  const shown = useMemo(
    () => ({ offers, groups: inOrder(groups, order), text, recent, showsAllKinds }),
    [offers, groups, order, text, recent, showsAllKinds],
  )
  const found = useMemo(() => (isOpen ? pickerRows(shown) : undefined), [isOpen, shown])
  const highlighted = found ? highlightedIndex(found, state, choice.isCustom ? '' : choice.id) : 0
  const customId = found && customIdFrom(text, found)

  const change = (next: Partial<PickerState>) => setState((now) => ({ ...now, ...next }))
  const close = () => change({ ...CLOSED, showsAllKinds })
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

function useGroups() {
  const { data: known } = useQuery(availableModelsQuery)
  const { data: stored = NO_KEYS } = useQuery(apiKeysQuery)
  const groups = useMemo(() => pickerGroups(known, stored), [known, stored])
  return { groups, offers: known?.providers ?? NO_MODELS }
}

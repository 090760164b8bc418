import { problemOfModelId } from '@rollcall/core/schema'
import { findOption, optionAt, type PickerRows } from './model-picker-rows.ts'

export interface PickerState {
  isOpen: boolean
  /** Undefined: nothing was typed since it was opened, so that all is listed. */
  text: string | undefined
  /** Undefined: what is chosen already, or the first option. */
  highlight: { key: string; index: number } | undefined
  showsAllKinds: boolean
  showsSnapshots: boolean
  /** Providers in the order in which they were shown since it was opened. */
  order: readonly string[]
}

export const CLOSED: PickerState = {
  isOpen: false,
  text: undefined,
  highlight: undefined,
  showsAllKinds: false,
  showsSnapshots: false,
  order: [],
}

/** What Enter would choose. Lists that arrive late move no highlight to another option. */
export function highlightedIndex(
  found: PickerRows,
  { highlight, text }: Pick<PickerState, 'highlight' | 'text'>,
  chosenId: string,
): number {
  if (!highlight) {
    const isSearched = text !== undefined || chosenId === ''
    return isSearched
      ? 0
      : Math.max(
          0,
          findOption(found, (id) => id === chosenId),
        )
  }
  if (optionAt(found, highlight.index)?.key === highlight.key) return highlight.index
  return Math.max(
    0,
    findOption(found, (_, key) => key() === highlight.key),
  )
}

/** Where a key leads from an option; undefined: it is no key of a list. */
export function indexAfter(key: string, from: number, count: number, pageRows: number): number | undefined {
  if (count === 0) return undefined
  switch (key) {
    case 'ArrowDown':
      return (from + 1) % count
    case 'ArrowUp':
      return (from - 1 + count) % count
    case 'PageDown':
      return Math.min(from + pageRows, count - 1)
    case 'PageUp':
      return Math.max(from - pageRows, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

/** What was typed, where it is worth keeping as the id of a custom model. */
export function customIdFrom(
  text: string,
  { shownCount }: Pick<PickerRows, 'shownCount'>,
): string | undefined {
  const id = text.trim()
  if (id === '') return undefined
  return shownCount === 0 || problemOfModelId(id) === undefined ? id : undefined
}

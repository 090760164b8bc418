import type { StoredKey } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { apiKeysQuery } from '../api/resources.ts'
import { classNames } from '../ui/class-names.ts'
import { INPUT } from '../ui/field.tsx'
import { availableModelsQuery } from './available-models.ts'
import type { KnownModels } from './known-models.ts'
import { inOrder, newcomers, pickerGroups } from './model-picker-groups.ts'
import { PickerList } from './model-picker-list.tsx'
import { usePlace, useRowLayout } from './model-picker-place.ts'
import { pickerRows } from './model-picker-rows.ts'
import { CLOSED, customIdFrom, highlightedIndex, indexAfter, type PickerState } from './model-picker-state.ts'
import { optionId, scrollToRow } from './model-picker-window.ts'

/** A model by its id; `isCustom`: typed by hand, so that it need not be in any list. */
export interface ModelChoice {
  id: string
  isCustom: boolean
}

const NO_MODELS: KnownModels['providers'] = []
const NO_KEYS: readonly StoredKey[] = []
/** Around the rows below the list. */
const FOOTER_EDGES = 11

/** Chooses one of the models that the user's keys can use, or the custom one. */
export function ModelPicker({
  label,
  choice,
  placeholder,
  recent,
  isInvalid,
  about,
  ref,
  onChoose,
}: {
  label: string
  choice: ModelChoice
  placeholder: string
  /** Ids, the last used first. */
  recent: readonly string[]
  isInvalid: boolean
  /** Below the field. */
  about: ReactNode
  ref?: Ref<HTMLInputElement>
  onChoose: (choice: ModelChoice) => void
}) {
  const { data: known } = useQuery(availableModelsQuery)
  const { data: stored = NO_KEYS } = useQuery(apiKeysQuery)
  const [state, setState] = useState(CLOSED)
  const { isOpen, showsAllKinds } = state
  const text = state.text ?? ''
  const field = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const listId = useId()
  const groups = useMemo(() => pickerGroups(known, stored), [known, stored])
  const late = isOpen ? newcomers(groups, state.order) : []
  if (late.length > 0) setState({ ...state, order: [...state.order, ...late] })
  const offers = known?.providers ?? NO_MODELS
  const { order } = state
  const found = useMemo(
    () =>
      isOpen
        ? pickerRows({ offers, groups: inOrder(groups, order), text, recent, showsAllKinds })
        : undefined,
    [isOpen, offers, groups, order, text, recent, showsAllKinds],
  )
  const { isNarrow, rowHeight } = useRowLayout()
  const highlighted = found ? highlightedIndex(found.options, state, choice.id) : 0
  const customId = found && customIdFrom(text, found)
  const actions = found?.options.filter(({ kind }) => kind !== 'model').length ?? 0
  const footerHeight = actions * rowHeight + FOOTER_EDGES
  const shownChoice = choice.isCustom ? 'Custom Model' : visible(choice.id)

  const change = (next: Partial<PickerState>) => setState((now) => ({ ...now, ...next }))
  const close = () => setState({ ...CLOSED, showsAllKinds })
  const open = () => {
    if (!isOpen) change({ isOpen: true, order: newcomers(groups, []) })
  }
  const highlight = (index: number) => {
    const option = found?.options[index]
    if (option) change({ highlight: { key: option.key, index } })
    return option
  }
  const choose = (index: number) => {
    const option = found?.options[index]
    if (!option) return
    if (option.kind === 'kinds') {
      change({ showsAllKinds: !showsAllKinds })
      return
    }
    close()
    if (option.kind === 'model') onChoose({ id: option.id, isCustom: false })
    else onChoose({ id: customId ?? (choice.isCustom ? choice.id : ''), isCustom: true })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp'
    if (!found) {
      if (!isArrow && event.key !== 'Enter') return
      event.preventDefault()
      open()
      return
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choose(highlighted)
      return
    }
    if (event.key === 'Escape' || (event.altKey && isArrow)) {
      event.preventDefault()
      event.stopPropagation()
      close()
      return
    }
    if (event.shiftKey || event.altKey) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const next = indexAfter(event.key, highlighted, found.options.length, pageRows)
    if (next === undefined) return
    event.preventDefault()
    const option = highlight(next)
    if (option?.kind === 'model') scrollToRow(scroller.current, option.row, rowHeight)
  }

  return (
    <div className="flex min-w-0 grow flex-col gap-1.5">
      <label htmlFor={`${listId}-field`} className="font-medium">
        {label}
      </label>
      <div ref={field} className="relative scroll-mt-2">
        <input
          ref={ref}
          id={`${listId}-field`}
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={isOpen ? optionId(listId, highlighted) : undefined}
          aria-describedby={`${listId}-about`}
          aria-invalid={isInvalid}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          placeholder={isOpen && shownChoice ? shownChoice : placeholder}
          value={state.text ?? shownChoice}
          className={classNames(INPUT, 'h-9 pr-9 font-mono placeholder:font-sans')}
          onChange={({ target }) => {
            open()
            change({ text: target.value, highlight: undefined })
            // another search is read from its beginning
            if (scroller.current) scroller.current.scrollTop = 0
          }}
          onBlur={close}
          onClick={({ currentTarget }) => {
            open()
            if (state.text === undefined) currentTarget.select()
          }}
          onKeyDown={onKeyDown}
        />
        <ChevronDown
          aria-hidden
          size={16}
          className="pointer-events-none absolute top-2.5 right-2.5 text-ink-muted pointer-coarse:top-3"
        />
        {found && (
          <Popup field={field} isNarrow={isNarrow}>
            {(height) => (
              <PickerList
                id={listId}
                found={found}
                text={text}
                highlighted={highlighted}
                chosenId={choice.isCustom ? '' : choice.id}
                showsAllKinds={showsAllKinds}
                customId={customId}
                layout={{ rowHeight, isNarrow, mostHeight: height - footerHeight }}
                scroller={scroller}
                onPoint={highlight}
                onChoose={choose}
              />
            )}
          </Popup>
        )}
      </div>
      <div id={`${listId}-about`} className="min-h-4 text-ink-muted text-xs">
        {about}
      </div>
    </div>
  )
}

/** Beside the field; on a phone from edge to edge. */
function Popup({
  field,
  isNarrow,
  children,
}: {
  field: RefObject<HTMLDivElement | null>
  isNarrow: boolean
  children: (height: number) => ReactNode
}) {
  const { isAbove, height } = usePlace(field, isNarrow)
  return (
    <div
      style={{ maxHeight: height }}
      className={classNames(
        'absolute inset-x-0 z-40 flex flex-col overflow-hidden rounded-lg border border-line-strong/60 bg-raised shadow-float max-sm:-inset-x-4 max-sm:rounded-none max-sm:border-x-0',
        isAbove ? 'bottom-full mb-1' : 'top-full mt-1',
      )}
    >
      {children(height)}
    </div>
  )
}

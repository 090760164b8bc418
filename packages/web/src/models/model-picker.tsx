import { models as countOfModels } from '@rollcall/core/figures'
import { visible } from '@rollcall/core/visible-text'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useRef } from 'react'
import { classNames } from '../ui/class-names.ts'
import { INPUT } from '../ui/field.tsx'
import { PickerList } from './model-picker-list.tsx'
import { useRowLayout } from './model-picker-place.ts'
import { PickerPopup } from './model-picker-popup.tsx'
import { optionId } from './model-picker-window.ts'
import { useModelPicker } from './use-model-picker.ts'

/** A model by its id; `isCustom`: typed by hand, so that it need not be in any list. */
export interface ModelChoice {
  id: string
  isCustom: boolean
}

/** Around the rows below the list. */
const FOOTER_EDGES = 11

/** Chooses one of the models that the user's keys can use, or the custom one. */
export function ModelPicker({
  label,
  choice,
  placeholder,
  recent,
  isInvalid,
  isWithoutCustom = false,
  about,
  action,
  onChoose,
}: {
  label: string
  choice: ModelChoice
  placeholder: string
  /** Ids, the last used first. */
  recent: readonly string[]
  isInvalid: boolean
  /** Only models of the lists. */
  isWithoutCustom?: boolean
  /** Below the field. */
  about: ReactNode
  /** Above the field, at its end. */
  action: ReactNode
  onChoose: (choice: ModelChoice) => void
}) {
  const field = useRef<HTMLDivElement>(null)
  const listId = useId()
  const { isNarrow, rowHeight } = useRowLayout()
  const picker = useModelPicker({ choice, recent, rowHeight, isWithoutCustom, onChoose })
  const { state, found, highlighted } = picker
  const { isOpen } = state
  const footerHeight = (found?.actions.length ?? 0) * rowHeight + FOOTER_EDGES
  const shownChoice = choice.isCustom ? 'Custom Model' : visible(choice.id)

  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-end justify-between">
        <label htmlFor={`${listId}-field`} className="font-medium">
          {label}
        </label>
        {action}
      </div>
      <div ref={field} className="relative scroll-mt-2">
        <input
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
          onChange={({ target }) => picker.search(target.value)}
          onBlur={picker.close}
          onClick={({ currentTarget }) => {
            picker.open()
            if (state.text === undefined) currentTarget.select()
          }}
          onKeyDown={picker.onKeyDown}
        />
        <ChevronDown
          aria-hidden
          size={16}
          className="pointer-events-none absolute top-2.5 right-2.5 text-ink-muted pointer-coarse:top-3"
        />
        {found && (
          <PickerPopup field={field} isNarrow={isNarrow}>
            {(height) => (
              <PickerList
                id={listId}
                found={found}
                text={state.text ?? ''}
                highlighted={highlighted}
                chosenId={choice.isCustom ? '' : choice.id}
                showsAllKinds={state.showsAllKinds}
                showsSnapshots={state.showsSnapshots}
                customId={picker.customId}
                layout={{ rowHeight, isNarrow, mostHeight: height - footerHeight }}
                scroller={picker.scroller}
                onPoint={picker.highlight}
                onChoose={picker.choose}
              />
            )}
          </PickerPopup>
        )}
      </div>
      <span role="status" className="sr-only">
        {found && countOfModels(found.shownCount)}
      </span>
      <div id={`${listId}-about`} className="min-h-4 text-ink-muted text-xs">
        {about}
      </div>
    </div>
  )
}

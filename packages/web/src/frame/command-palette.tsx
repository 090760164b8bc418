import { createModelIndex, findModels } from '@rollcall/core/select-models'
import { useQuery } from '@tanstack/react-query'
import { useCombobox } from 'downshift'
import { ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { availableModelsQuery } from '../models/available-models.ts'
import type { KnownModels } from '../models/known-models.ts'
import { useRefreshAll } from '../models/use-refresh-all.ts'
import { classNames } from '../ui/class-names.ts'
import { Dialog } from '../ui/dialog.tsx'
import { INPUT } from '../ui/field.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { type Command, generalCommands, matching, modelCommands } from './commands.ts'

const MOST_MODELS = 50

/** Reaches every page, every action and every model by a few letters. */
export function CommandPalette({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }) {
  const [, navigate] = useLocation()
  const refreshAll = useRefreshAll(false)
  const { data: known } = useQuery(availableModelsQuery)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Command>()
  const ports = { navigate, refreshAll, showShortcuts: onShortcuts }
  const models = useMemo(() => modelsMatching(known, text), [known, text])
  const items = chosen?.commands
    ? matching(chosen.commands, text)
    : [...matching(generalCommands(ports), text), ...models.map((model) => modelCommands(model, ports))]

  const { getInputProps, getMenuProps, getItemProps, highlightedIndex } = useCombobox<Command>({
    items: [...items],
    isOpen: true,
    inputValue: text,
    selectedItem: null,
    initialHighlightedIndex: 0,
    defaultHighlightedIndex: 0,
    itemToString: (item) => item?.name ?? '',
    onSelectedItemChange({ selectedItem }) {
      if (selectedItem) choose(selectedItem)
    },
  })

  function choose(command: Command) {
    setText('')
    if (command.commands) return setChosen(command)
    onClose()
    command.onChoose?.()
  }

  return (
    <Dialog title={chosen ? chosen.name : 'Search and commands'} onClose={onClose}>
      <div className="flex h-[min(24rem,60dvh)] flex-col gap-3">
        <input
          {...getInputProps({
            // downshift would set it a moment late and lose the place of the cursor
            onChange: (event) => setText(event.currentTarget.value),
            onKeyDown: (event) => {
              if (event.key === 'Backspace' && text === '') setChosen(undefined)
              // the window closes by itself
              if (event.key === 'Escape') Object.assign(event.nativeEvent, { preventDownshiftDefault: true })
            },
            autoFocus: true,
            'aria-label': 'Search pages, actions and models',
            placeholder: chosen ? 'What to do with it?' : 'Type a page, an action or a model',
            className: `${INPUT} h-9 shrink-0`,
          })}
        />
        <ul {...getMenuProps({ 'aria-label': 'Found', className: 'min-h-0 grow overflow-y-auto' })}>
          {items.map((item, index) => (
            <li
              key={item.id}
              {...getItemProps({
                item,
                index,
                className: classNames(
                  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 pointer-coarse:min-h-11',
                  index === highlightedIndex && 'bg-selected',
                ),
              })}
            >
              <item.icon aria-hidden size={15} className="shrink-0 text-ink-muted" />
              <InertText className="truncate">{item.name}</InertText>
              {item.note && (
                <InertText className="ml-auto min-w-0 truncate pl-4 font-mono text-ink-muted text-xs">
                  {item.note}
                </InertText>
              )}
              {item.commands && <ChevronRight aria-hidden size={14} className="shrink-0 text-ink-faint" />}
            </li>
          ))}
        </ul>
        <p role="status" className="text-ink-muted text-xs">
          {items.length === 0 ? 'Nothing like it: try fewer letters.' : `${items.length} to choose from`}
        </p>
      </div>
    </Dialog>
  )
}

/** The first ones; none before something is typed. */
function modelsMatching(known: KnownModels | undefined, text: string) {
  if (!known || text.trim() === '') return []
  const found = findModels(createModelIndex(known.providers), { search: text })
  return found.slice(0, MOST_MODELS).map(({ model }) => model)
}

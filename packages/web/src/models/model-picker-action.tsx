import { visible } from '@rollcall/core/visible-text'
import { CalendarDays, ListFilter, PencilLine } from 'lucide-react'
import { useId } from 'react'
import { classNames } from '../ui/class-names.ts'
import type { PickerListProps } from './model-picker-list.tsx'
import type { PickerAction } from './model-picker-rows.ts'
import { optionId } from './model-picker-window.ts'

/** What can be chosen besides models. */
export function Action({ id, kind, option, highlighted, found, layout, ...rest }: ActionProps) {
  const aboutId = useId()
  const { icon: Icon, label, about } = wordsOf(kind, found, rest)
  return (
    <div
      id={optionId(id, option)}
      role="option"
      tabIndex={-1}
      data-option={option}
      aria-selected={false}
      aria-describedby={aboutId}
      aria-setsize={found.optionCount}
      aria-posinset={option + 1}
      style={{ height: layout.rowHeight }}
      className={classNames(
        'flex cursor-pointer items-center gap-2 rounded-md px-2',
        option === highlighted && 'bg-selected',
      )}
    >
      <Icon aria-hidden size={15} className="shrink-0 text-ink-muted" />
      <span className="shrink-0">{label}</span>
      <span aria-hidden id={aboutId} className="min-w-0 truncate text-ink-muted text-xs">
        <bdi>{about}</bdi>
      </span>
    </div>
  )
}

function wordsOf(
  kind: PickerAction,
  found: PickerListProps['found'],
  props: Omit<PickerListProps, 'id' | 'found' | 'highlighted' | 'layout'>,
) {
  switch (kind) {
    case 'custom':
      return customWords(props)
    case 'kinds':
      return kindsWords(found, props)
    case 'snapshots':
      return snapshotsWords(found, props)
  }
}

type ActionProps = PickerListProps & { kind: PickerAction; option: number }

function customWords({ customId }: Pick<PickerListProps, 'customId'>) {
  const about = customId === undefined ? 'any id, as provider/model-name' : `use “${visible(customId)}”`
  return { icon: PencilLine, label: 'Custom Model', about }
}

function kindsWords(
  { hiddenCount }: PickerListProps['found'],
  { showsAllKinds }: Pick<PickerListProps, 'showsAllKinds'>,
) {
  return showsAllKinds
    ? { icon: ListFilter, label: 'Show chat models only', about: '' }
    : { icon: ListFilter, label: 'Show all kinds', about: `${hiddenCount.toLocaleString('en')} more` }
}

function snapshotsWords(
  { foldedCount }: PickerListProps['found'],
  { showsSnapshots }: Pick<PickerListProps, 'showsSnapshots'>,
) {
  return showsSnapshots
    ? { icon: CalendarDays, label: 'Fold dated snapshots', about: '' }
    : { icon: CalendarDays, label: 'Show dated snapshots', about: `${foldedCount.toLocaleString('en')} more` }
}

import { visible } from '@rollcall/core/visible-text'
import { ListFilter, PencilLine } from 'lucide-react'
import { useId } from 'react'
import { classNames } from '../ui/class-names.ts'
import type { PickerListProps } from './model-picker-list.tsx'
import type { PickerAction } from './model-picker-rows.ts'
import { optionId } from './model-picker-window.ts'

/** What can be chosen besides models. */
export function Action({ id, kind, option, highlighted, found, layout, ...rest }: ActionProps) {
  const aboutId = useId()
  const { icon: Icon, label, about } = kind === 'custom' ? customWords(rest) : kindsWords(found, rest)
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

import { wordsOf } from '@rollcall/core/select-models'
import { type RefObject, useEffectEvent, useLayoutEffect, useMemo, useState } from 'react'
import { Action } from './model-picker-action.tsx'
import { HeadingRow, ModelRow } from './model-picker-row.tsx'
import { optionAt, type PickerRow, type PickerRows } from './model-picker-rows.ts'
import { byGroup, optionId, rowsInSight, scrollToRow } from './model-picker-window.ts'

/** How the list is laid out: one height for all rows, so that where each stands is known without measuring. */
interface ListLayout {
  rowHeight: number
  isNarrow: boolean
  /** Of the part that scrolls, at most. */
  mostHeight: number
}

export interface PickerListProps {
  id: string
  found: PickerRows
  text: string
  /** Of the option that Enter would choose. */
  highlighted: number
  chosenId: string
  showsAllKinds: boolean
  showsSnapshots: boolean
  /** What "Custom Model" would take over of what was typed. */
  customId: string | undefined
  layout: ListLayout
  scroller: RefObject<HTMLDivElement | null>
  onPoint: (option: number) => void
  onChoose: (option: number) => void
}

/** The options: models as far as they are in sight, and below them, always in sight, what is not a model. */
export function PickerList(props: PickerListProps) {
  const { id, found, highlighted, onPoint, onChoose, scroller } = props
  const { actions, optionCount, rowCount } = found
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    <div
      id={id}
      role="listbox"
      aria-label="Models"
      className="flex min-h-0 flex-col"
      // the field keeps the focus
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={(event) => {
        // a list that scrolls below a resting mouse is not pointed at
        if (event.movementX === 0 && event.movementY === 0) return
        const option = optionOf(event.target)
        if (option !== undefined && option !== highlighted) onPoint(option)
      }}
      onClick={(event) => {
        const option = optionOf(event.target)
        if (option !== undefined) onChoose(option)
      }}
    >
      <ModelRows {...props} key={rowCount === 0 ? 'empty' : 'rows'} scroller={scroller} />
      <div className="border-line border-t p-1 empty:hidden" role="presentation">
        {actions.map((kind, index) => (
          <Action key={kind} {...props} kind={kind} option={optionCount - actions.length + index} />
        ))}
      </div>
    </div>
  )
}

function ModelRows({ id, found, text, highlighted, chosenId, layout, scroller }: PickerListProps) {
  const { rowCount, optionCount } = found
  const { rowHeight, isNarrow, mostHeight } = layout
  const [shownText, setShownText] = useState(text)
  const [firstRow, setFirstRow] = useState(() => Math.floor((scroller.current?.scrollTop ?? 0) / rowHeight))
  if (shownText !== text) {
    setShownText(text)
    setFirstRow(0)
  }
  const showHighlighted = useEffectEvent(() => {
    const option = optionAt(found, highlighted)
    if (option?.kind === 'model') scrollToRow(scroller.current, option.row, rowHeight)
  })
  useLayoutEffect(() => showHighlighted(), [])
  const words = useMemo(() => wordsOf(text), [text])
  const option = optionAt(found, highlighted)
  const inSight = rowsInSight(rowCount, firstRow, Math.ceil(mostHeight / rowHeight), option)
  return (
    <div
      ref={scroller}
      role="presentation"
      className="relative min-h-0 overflow-y-auto overscroll-contain"
      style={{ height: Math.min(rowCount * rowHeight + (rowCount > 0 ? 8 : 0), mostHeight) }}
      onScroll={(event) => setFirstRow(Math.floor(event.currentTarget.scrollTop / rowHeight))}
    >
      <div role="presentation" style={{ height: rowCount * rowHeight + 8 }} />
      {byGroup(found, inSight).map(({ group, rows }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
        <div key={group} role="group" aria-label={group === '' ? 'Nothing found' : group}>
          {rows.map(({ row, index }) => {
            const top = index * rowHeight + 4
            if (row.kind !== 'model')
              return <Line key={row.key} row={row} top={top} height={rowHeight} isNarrow={isNarrow} />
            return (
              <ModelRow
                key={row.key}
                model={row.model}
                words={words}
                option={row.option}
                count={optionCount}
                id={optionId(id, row.option)}
                top={top}
                height={rowHeight}
                isHighlighted={row.option === highlighted}
                isChosen={row.model.id === chosenId}
                isNarrow={isNarrow}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

/** A line that cannot be chosen. */
function Line({
  row,
  top,
  height,
  isNarrow,
}: {
  row: PickerRow
  top: number
  height: number
  isNarrow: boolean
}) {
  return (
    <div
      role="presentation"
      style={{ top, height }}
      className="absolute inset-x-1 flex items-center gap-3 overflow-hidden px-2"
    >
      {row.kind === 'heading' && <HeadingRow {...row} name={row.group} isNarrow={isNarrow} />}
      {row.kind === 'note' && (
        <span className="line-clamp-2 text-ink-muted text-xs leading-4" data-tooltip={row.text}>
          {row.text}
        </span>
      )}
    </div>
  )
}

function optionOf(target: EventTarget): number | undefined {
  const option = target instanceof Element ? target.closest<HTMLElement>('[data-option]') : null
  return option ? Number(option.dataset.option) : undefined
}

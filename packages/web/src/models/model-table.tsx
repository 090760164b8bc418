import type { ListedModel, Sort } from '@rollcall/core/select-models'
import { type MouseEvent, type PointerEvent, type Ref, useImperativeHandle, useRef } from 'react'
import type { RowStatus } from './model-columns.tsx'
import { todayInUtc } from './model-end.ts'
import { ModelRow, type RowAct } from './model-row.tsx'
import { ModelTableHeader } from './model-table-header.tsx'
import { useRowActs } from './use-row-acts.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useRowsInWindow } from './use-rows-in-window.ts'
import { useSteadyRows } from './use-steady-rows.ts'

const ROW_HEIGHT = { table: 36, phone: 56 }

export interface ModelTableHandle {
  focusFirst: () => void
}

/** All rows that fit, of which those in the window are there. */
export function ModelTable({
  ref,
  rows,
  view,
  sort,
  isBelowFilters,
  onSort,
  listStatuses,
  isPhone,
  onOpen,
  onLeave,
  onEscape,
  favourites,
  chosen,
  folds,
  unfolded,
  onAct,
}: {
  ref: Ref<ModelTableHandle>
  rows: readonly ListedModel[]
  /** The same text as long as the same is asked for. */
  view: string
  sort: Sort | undefined
  /** Of narrow windows, where a line of filters stays above the titles. */
  isBelowFilters: boolean
  onSort: (sort: Sort | undefined) => void
  /** What there is to say of a provider's list, by `provider_key`. */
  listStatuses: ReadonlyMap<string, RowStatus>
  isPhone: boolean
  onOpen: (id: string) => void
  /** Upwards out of the first row. */
  onLeave: () => void
  onEscape: () => void
  favourites: ReadonlySet<string>
  /** To be compared. */
  chosen: readonly string[]
  /** By id, how many snapshots are folded under it. */
  folds: ReadonlyMap<string, number>
  unfolded: ReadonlySet<string>
  onAct: (act: RowAct | 'hide', id: string) => void
}) {
  const list = useRef<HTMLDivElement>(null)
  const pointedAt = useRef<string>(undefined)
  const rowHeight = isPhone ? ROW_HEIGHT.phone : ROW_HEIGHT.table
  const keys = useRowKeys({ rows, rowHeight, list, onOpen, onLeave, onEscape })
  const indexes = useRowsInWindow(list, { count: rows.length, rowHeight, current: keys.current })
  useSteadyRows({ rows, view, rowHeight, list, pointedAt })
  useImperativeHandle(ref, () => ({ focusFirst: () => keys.focusRow(0) }))

  const today = todayInUtc()
  useRowActs({ count: rows.length, list, focusRow: keys.focusRow, onAct })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual table is a grid of placed rows
    <div
      role="grid"
      aria-label="Models"
      aria-rowcount={rows.length + 1}
      className="@container rounded-lg border border-line bg-surface"
      onKeyDown={keys.onKeyDown}
    >
      {!isPhone && <ModelTableHeader sort={sort} isBelowFilters={isBelowFilters} onSort={onSort} />}
      {/* biome-ignore lint/a11y/useSemanticElements: as the grid around it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys */}
      <div
        ref={list}
        role="rowgroup"
        className="relative [overflow-anchor:none]"
        style={{ height: rows.length * rowHeight }}
        onClick={(event) => {
          const id = idOf(event)
          const act = actOf(event)
          if (id !== undefined && act) {
            // the keys go on from this row
            keys.focusRow(rows.findIndex(({ model }) => model.id === id))
            onAct(act, id)
            return
          }
          if (id === undefined || isSelectingText()) return
          keys.setCurrent(id)
          onOpen(id)
        }}
        onPointerOver={(event) => {
          pointedAt.current = idOf(event)
        }}
        onPointerLeave={() => {
          pointedAt.current = undefined
        }}
      >
        {indexes.map((index) => {
          const listed = rows[index]
          return (
            listed && (
              <ModelRow
                key={listed.model.id}
                listed={listed}
                listStatus={listStatuses.get(listed.provider.provider_key)}
                today={today}
                index={index}
                top={index * rowHeight}
                height={rowHeight}
                isCurrent={index === keys.current}
                isPhone={isPhone}
                isFavourite={favourites.has(listed.model.id)}
                isChosen={chosen.includes(listed.model.id)}
                snapshotCount={folds.get(listed.model.id) ?? 0}
                isUnfolded={unfolded.has(listed.model.id)}
                isInner={unfolded.has(listed.model.snapshot_of ?? '')}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

function idOf({ target }: MouseEvent | PointerEvent): string | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null
  return row?.dataset.id
}

function actOf({ target }: MouseEvent): RowAct | undefined {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-act]') : null
  return button?.dataset.act as RowAct | undefined
}

/** Whoever marks an id to copy it does not want its details. */
function isSelectingText(): boolean {
  return getSelection()?.type === 'Range'
}

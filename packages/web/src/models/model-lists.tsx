import type { ModelMark, ProviderInfo, ProviderModels } from '@rollcall/core/schema'
import { createModelIndex, findModels, fitsMarks } from '@rollcall/core/select-models'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { activeFilters } from './active-filters.ts'
import { FilterChips } from './filter-chips.tsx'
import { foldedRows } from './folded-rows.ts'
import type { KnownModels } from './known-models.ts'
import { ListSummary } from './list-summary.tsx'
import type { ListedKey } from './listed-keys.ts'
import { favouritesOf } from './marks.ts'
import { ModelTable, type ModelTableHandle } from './model-table.tsx'
import { ModelTableSkeleton } from './model-table-skeleton.tsx'
import { ModelToolbar, type ModelToolbarHandle } from './model-toolbar.tsx'
import { readView, writeView } from './model-view.ts'
import { olderLists } from './older-lists.ts'
import { ProviderStrip } from './provider-strip.tsx'
import { useComparedModels } from './use-compared-models.ts'
import { useIsPhone } from './use-is-phone.ts'
import { useModelActs } from './use-model-acts.ts'
import { useModelView } from './use-model-view.ts'
import { useRetry } from './use-retry.ts'
import { useSteadyOrder } from './use-steady-order.ts'

const loadSheet = () => import('./model-sheet.tsx')
const ModelSheet = lazy(async () => ({ default: (await loadSheet()).ModelSheet }))
const FilterDialog = lazy(async () => ({ default: (await import('./filter-dialog.tsx')).FilterDialog }))
const loadNoMatch = () => import('./no-match.tsx')
const NoMatch = lazy(async () => ({ default: (await loadNoMatch()).NoMatch }))

const CompareBar = lazy(async () => ({ default: (await import('./compare-bar.tsx')).CompareBar }))

const NO_GROUPS: readonly ProviderModels[] = []

/** Keys, search, filters and rows, for whoever has keys. */
export function ModelLists({
  known,
  marks,
  keys,
  providers,
}: {
  known: KnownModels | undefined
  marks: readonly ModelMark[]
  keys: readonly ListedKey[]
  /** All that keys can be stored for. */
  providers: readonly ProviderInfo[]
}) {
  const { view, change, type, openModel, closeModel } = useModelView()
  const [isFiltering, setIsFiltering] = useState(false)
  const table = useRef<ModelTableHandle>(null)
  const toolbar = useRef<ModelToolbarHandle>(null)
  const isPhone = useIsPhone()
  const retry = useRetry()

  const groups = useSteadyOrder(known?.providers ?? NO_GROUPS)
  const index = createModelIndex(groups)
  const asked = writeView({ ...view, model: undefined })
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const found = useMemo(() => {
    const sought = readView(asked)
    const fits = fitsMarks(marks, sought)
    return findModels(index, sought).filter(({ model }) => fits(model.id))
  }, [index, asked, marks])
  const { rows, folds } = useMemo(() => foldedRows(found, unfolded), [found, unfolded])
  const favourites = useMemo(() => favouritesOf(marks), [marks])
  const listStatuses = useMemo(() => olderLists(known?.statuses ?? []), [known?.statuses])

  const { chosen: compared, choose, clear } = useComparedModels()
  const act = useModelActs({ marks, index })
  const hiddenCount = marks.filter(({ id, is_hidden }) => is_hidden && index.byId.has(id)).length
  const total = view.hidden ? hiddenCount : index.listed.length - hiddenCount
  const isLoading = index.listed.length === 0 && keys.some((key) => key.isAsking)
  const count = isLoading ? '' : countOf(found.length, total)
  const chosen = view.providers ?? []
  const keyedProviders = [...new Map(keys.map((key) => [key.provider_key, key])).values()]
  const nameOf = (key: string) =>
    [...keys, ...providers].find(({ provider_key }) => provider_key === key)?.name ?? key
  const filters = activeFilters(view, nameOf)
  const clearSearch = () => {
    change({ search: '' })
    toolbar.current?.focusSearch()
  }

  return (
    <div className="flex min-w-0 flex-col gap-2" onPointerEnter={() => void loadSheet()}>
      <ProviderStrip
        keys={keys}
        chosen={chosen}
        onChoose={(key) => change({ providers: toggled(chosen, key) })}
        onRetry={(key) => retry([key])}
      />
      <ListSummary keys={keys} onRetry={retry} />
      <ModelToolbar
        ref={toolbar}
        search={view.search ?? ''}
        onSearch={(text) => {
          // whoever begins to type may end up with nothing
          void loadNoMatch()
          type(text)
        }}
        onClear={clearSearch}
        onDown={() => table.current?.focusFirst()}
        onFilter={() => setIsFiltering(true)}
        count={count}
      >
        <FilterChips filters={filters} onChange={change} />
      </ModelToolbar>
      {isLoading ? (
        <ModelTableSkeleton isPhone={isPhone} />
      ) : rows.length === 0 ? (
        <Suspense>
          <NoMatch
            view={view}
            marks={marks}
            hasFilters={filters.length > 0}
            index={index}
            keys={keys}
            providers={providers}
            onChange={change}
            onRetry={(key) => retry([key])}
          />
        </Suspense>
      ) : (
        <ModelTable
          ref={table}
          rows={rows}
          view={asked}
          sort={view.sort}
          isBelowFilters={filters.length > 0}
          onSort={(sort) => change({ sort })}
          listStatuses={listStatuses}
          isPhone={isPhone}
          onOpen={openModel}
          onLeave={() => toolbar.current?.focusSearch()}
          onEscape={clearSearch}
          favourites={favourites}
          chosen={compared}
          folds={folds}
          unfolded={unfolded}
          onAct={(name, id) => {
            if (name === 'choose') choose(id)
            else if (name === 'fold') setUnfolded(withToggled(unfolded, id))
            else act(name, id)
          }}
        />
      )}
      <Suspense>{compared.length > 0 && <CompareBar ids={compared} onClear={clear} />}</Suspense>
      <Suspense>
        {isFiltering && (
          <FilterDialog
            view={view}
            providers={keyedProviders}
            count={count}
            onChange={change}
            onClose={() => setIsFiltering(false)}
          />
        )}
        {view.model !== undefined && (
          <ModelSheet
            id={view.model}
            index={index}
            marks={marks}
            keys={keys}
            providers={providers}
            onOpen={openModel}
            onClose={closeModel}
          />
        )}
      </Suspense>
    </div>
  )
}

/** "412 of 1,498 models" */
function countOf(shown: number, total: number): string {
  const all = `${total.toLocaleString('en')} ${total === 1 ? 'model' : 'models'}`
  return shown === total ? all : `${shown.toLocaleString('en')} of ${all}`
}

function withToggled(all: ReadonlySet<string>, one: string): ReadonlySet<string> {
  return all.has(one) ? new Set([...all].filter((other) => other !== one)) : new Set([...all, one])
}

function toggled(chosen: readonly string[], key: string): readonly string[] | undefined {
  const next = chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]
  return next.length > 0 ? next : undefined
}

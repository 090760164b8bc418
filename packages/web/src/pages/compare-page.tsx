import { COMPARED } from '@rollcall/core/compare-models'
import type { ProviderInfo } from '@rollcall/core/schema'
import { createModelIndex } from '@rollcall/core/select-models'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { navigate, useSearch } from 'wouter/use-browser-location'
import { sentenceOf } from '../api/query-client.ts'
import { apiKeysQuery, providersQuery } from '../api/resources.ts'
import { availableModelsQuery } from '../models/available-models.ts'
import { compareAddress, readCompared } from '../models/compare-address.ts'
import { type ComparedColumn, Comparison } from '../models/comparison.tsx'
import { listedKeys } from '../models/listed-keys.ts'
import { ModelPicker } from '../models/model-picker.tsx'
import { PickerAbout } from '../models/model-picker-about.tsx'
import { whyNotListed } from '../models/why-not-listed.ts'
import { useRecentModels } from '../runs/recent-models.ts'
import { useUser } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Empty, Page } from '../ui/page.tsx'

const NO_PROVIDERS: readonly ProviderInfo[] = []

/** Two to six models side by side, as the address names them. */
export function ComparePage() {
  const { ids, leftOut, isOnlyDifferences } = readCompared(useSearch())
  const { id: userId } = useUser()
  const recent = useRecentModels(userId)
  const { columns, problem, retry } = useColumns(ids)
  const show = (next: readonly string[], only = isOnlyDifferences) =>
    navigate(compareAddress(next, only), { replace: true })
  return (
    <Page
      title="Compare"
      actions={
        ids.length > 1 && (
          <>
            <label className="flex h-8 cursor-pointer select-none items-center gap-2 px-1 pointer-coarse:h-10">
              <input
                type="checkbox"
                checked={isOnlyDifferences}
                onChange={(event) => show(ids, event.currentTarget.checked)}
                className="size-4"
              />
              Only differences
            </label>
            <CopyButton text={location.href} label="Copy link" />
          </>
        )
      }
    >
      {problem !== undefined && (
        <Notice tone="bad" action={<Button onClick={retry}>Try again</Button>}>
          {problem}
        </Notice>
      )}
      {leftOut > 0 && (
        <Notice tone="warn">
          {COMPARED.most} models at most can be compared: {leftOut} more of the address{' '}
          {leftOut === 1 ? 'is' : 'are'} left out.
        </Notice>
      )}
      {ids.length < COMPARED.most && (
        <div className="max-w-xl">
          <ModelPicker
            label={ids.length === 0 ? 'Model' : 'Add a model'}
            choice={{ id: '', isCustom: false }}
            placeholder="Choose a model"
            recent={recent.filter((id) => !ids.includes(id))}
            isInvalid={false}
            isWithoutCustom
            about={<PickerAbout error={undefined} model={undefined} providerName={undefined} />}
            action={null}
            onChoose={({ id }) => {
              if (!ids.includes(id)) show([...ids, id])
            }}
          />
        </div>
      )}
      {ids.length === 0 ? (
        <Empty
          action={
            <Link href="/models" className="text-accent underline">
              Choose them among all models
            </Link>
          }
        >
          Choose {COMPARED.fewest} to {COMPARED.most} models: what differs is marked, and the best of it.
        </Empty>
      ) : (
        <Comparison
          columns={columns}
          isOnlyDifferences={isOnlyDifferences && ids.length > 1}
          onMove={(from, to) => show(moved(ids, from, to))}
          onRemove={(index) => show(ids.filter((_, other) => other !== index))}
        />
      )}
    </Page>
  )
}

function useColumns(ids: readonly string[]) {
  const lists = useQuery(availableModelsQuery)
  const stored = useQuery(apiKeysQuery)
  const { data: providers = NO_PROVIDERS, isPending } = useQuery(providersQuery)
  const known = lists.data
  const columns = useMemo(() => {
    const byId = known && createModelIndex(known.providers).byId
    const keys = listedKeys(known, stored.data)
    const isLoading = isPending || !known || !stored.data
    return ids.map((id): ComparedColumn => {
      const listed = byId?.get(id)
      return { id, listed, missing: listed ? undefined : whyNotListed(id, { keys, providers, isLoading }) }
    })
  }, [ids, known, stored.data, providers, isPending])
  const hasFailed = lists.isError && !known
  return {
    columns,
    problem: hasFailed ? sentenceOf(lists.error) : undefined,
    retry: () => void lists.refetch(),
  }
}

function moved(ids: readonly string[], from: number, to: number): string[] {
  const next = [...ids]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

import type { ModelMark, ProviderInfo } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { apiKeysQuery, providersQuery } from '../api/resources.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { availableModelsQuery } from './available-models.ts'
import { CatalogueSkeleton } from './catalogue-skeleton.tsx'
import { listedKeys } from './listed-keys.ts'
import { marksQuery, useMarks } from './marks.ts'
import { ModelLists } from './model-lists.tsx'

const NoKeys = lazy(async () => ({ default: (await import('./no-keys.tsx')).NoKeys }))

const NO_MARKS: readonly ModelMark[] = []
const NO_PROVIDERS: readonly ProviderInfo[] = []

/** Everything the user's keys can use, whatever of it is known so far. */
export function Catalogue() {
  const lists = useQuery(availableModelsQuery)
  const stored = useQuery(apiKeysQuery)
  const { isError: isWithoutMarks, refetch: askForMarks } = useQuery(marksQuery)
  const marks = useMarks() ?? (isWithoutMarks ? NO_MARKS : undefined)
  const { data: providers = NO_PROVIDERS } = useQuery(providersQuery)
  const known = lists.data
  const retryAll = () => void lists.refetch()

  if (!known && lists.isError) {
    return (
      <Notice tone="bad" action={<Button onClick={retryAll}>Try again</Button>}>
        {sentenceOf(lists.error)}
      </Notice>
    )
  }
  if (stored.isPending || !marks) return <CatalogueSkeleton />
  const keys = listedKeys(known, stored.data)
  if (keys.length === 0) {
    const isEmpty = stored.data || known?.streams === 0
    return (
      <Suspense fallback={<CatalogueSkeleton />}>{isEmpty ? <NoKeys /> : <CatalogueSkeleton />}</Suspense>
    )
  }
  return (
    <>
      {lists.isError && !lists.isFetching && (
        <Notice tone="warn" action={<Button onClick={retryAll}>Try again</Button>}>
          {sentenceOf(lists.error)} What is shown is what was known before.
        </Notice>
      )}
      {isWithoutMarks && (
        <Notice tone="warn" action={<Button onClick={() => void askForMarks()}>Try again</Button>}>
          Your favourites and hidden models could not be loaded.
        </Notice>
      )}
      <ModelLists known={known} marks={marks} keys={keys} providers={providers} />
    </>
  )
}

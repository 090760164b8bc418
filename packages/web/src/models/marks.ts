import type { ModelMark, ModelMarkChange } from '@rollcall/core/schema'
import { queryOptions, useMutation, useMutationState, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'
import { showToast } from '../ui/toasts.tsx'

const MUTATION_KEY = ['model-marks']

/** What the reader has noted on models. */
export const marksQuery = queryOptions({
  queryKey: ['model-marks'],
  queryFn: async () => (await session.call('listModelMarks', {})).marks,
})

type Flags = Partial<Pick<ModelMark, 'is_favourite' | 'is_hidden'>> & { id: string }

/** The marks as they are, or as they will be once the changes under way are through; undefined: not known yet. */
export function useMarks(): readonly ModelMark[] | undefined {
  const { data } = useQuery(marksQuery)
  const changes = useMutationState({
    filters: { mutationKey: MUTATION_KEY, status: 'pending' },
    select: ({ state }) => state.variables as Flags,
  })
  return useMemo(() => data && changes.reduce(withChange, data), [data, changes])
}

/** Changes what is given of one model's marks: shown at once, taken back with a sentence where the server refuses. */
export function useMark(): (change: Flags) => void {
  const client = useQueryClient()
  const { mutate } = useMutation({
    mutationKey: MUTATION_KEY,
    // one after the other, so that the last word is the last to arrive
    scope: { id: 'model-marks' },
    mutationFn: (change: ModelMarkChange) => session.call('changeModelMark', { body: change }),
    onSuccess(mark) {
      client.setQueryData(marksQuery.queryKey, (marks) => marks && withChange(marks, mark))
    },
    onError: (error) => void showToast({ text: `Not changed. ${sentenceOf(error)}` }),
  })
  return mutate
}

const UNMARKED = { is_favourite: false, is_hidden: false, correction: null }

function withChange(marks: readonly ModelMark[], change: Flags): ModelMark[] {
  const before = marks.find(({ id }) => id === change.id) ?? UNMARKED
  return [...marks.filter(({ id }) => id !== change.id), { ...before, ...change }]
}

export function favouritesOf(marks: readonly ModelMark[]): ReadonlySet<string> {
  return new Set(marks.flatMap(({ id, is_favourite }) => (is_favourite ? [id] : [])))
}

export function hiddenOf(marks: readonly ModelMark[]): ReadonlySet<string> {
  return new Set(marks.flatMap(({ id, is_hidden }) => (is_hidden ? [id] : [])))
}

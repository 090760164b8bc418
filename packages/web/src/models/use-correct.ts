import { useQueryClient } from '@tanstack/react-query'
import { modelQuery } from '../api/resources.ts'
import { session } from '../session/this-session.ts'
import { type FactValue, withChanges } from './fact-fields.ts'
import { marksQuery } from './marks.ts'

/** Sets facts of a model right, by field; undefined takes a correction back. Rejects where the server refuses. */
export function useCorrect(): (
  id: string,
  changes: ReadonlyMap<string, FactValue | undefined>,
) => Promise<void> {
  const client = useQueryClient()
  return async (id, changes) => {
    // the whole correction is sent: what was set right elsewhere meanwhile stays
    const marks = await client.fetchQuery({ ...marksQuery, staleTime: 0 })
    const before = marks.find((mark) => mark.id === id)?.correction?.facts ?? {}
    await session.call('changeModelMark', { body: { id, facts: withChanges(before, changes) } })
    await Promise.all([client.invalidateQueries(marksQuery), client.invalidateQueries(modelQuery(id))])
  }
}

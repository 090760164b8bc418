import { ApiError } from '@rollcall/core/schema'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { sentenceOf } from '../api/query-client.ts'
import { sendKeyDeletions } from '../keys/send-key-deletions.ts'
import { session } from '../session/this-session.ts'
import { toNewRun } from './draft-problems.ts'
import { changeDraft } from './draft-store.ts'
import { rememberModels } from './recent-models.ts'
import { EMPTY_DRAFT, type RunDraft } from './run-draft.ts'
import { runQuery } from './run-queries.ts'

/** As many runs are under way as one may have at once. */
const TOO_MANY = 429

/** Hands a run in and opens its page; where that fails, says why and keeps the draft. */
export function useHandIn(userId: string) {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [isPending, setIsPending] = useState(false)
  const [problem, setProblem] = useState<{ sentence: string; isTooMany: boolean }>()

  async function handIn(draft: RunDraft): Promise<void> {
    setIsPending(true)
    setProblem(undefined)
    try {
      await sendKeyDeletions()
      const run = await session.call('createRun', { body: toNewRun(draft) })
      rememberModels(userId, run.models)
      client.setQueryData(runQuery(run.id).queryKey, run)
      void client.invalidateQueries({ queryKey: ['runs'] })
      changeDraft(userId, () => EMPTY_DRAFT)
      navigate(`/runs/${run.id}`)
    } catch (error) {
      const isTooMany = error instanceof ApiError && error.status === TOO_MANY
      setProblem({ sentence: sentenceOf(error), isTooMany })
    } finally {
      setIsPending(false)
    }
  }

  return { isPending, problem, handIn }
}

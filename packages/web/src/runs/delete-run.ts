import { holdBack } from '../api/held-back.ts'
import { queryClient } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'

/** How a run about to go is named among all that is held back. */
export function heldRunId(id: string): string {
  return `run ${id}`
}

/** Deletes a run, with a moment to undo it. */
export function deleteRun(id: string): void {
  holdBack({
    id: heldRunId(id),
    text: 'Run deleted',
    send: async () => {
      await session.call('removeRun', { params: { id } })
      await queryClient.invalidateQueries({ queryKey: ['runs'] })
    },
    sendOnLeaving: () => session.sendOnLeaving('DELETE', `/api/runs/${encodeURIComponent(id)}`),
  })
}

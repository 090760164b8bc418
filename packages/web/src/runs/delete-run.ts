import type { RunStatus } from '@rollcall/core/schema'
import { holdBack } from '../api/held-back.ts'
import { queryClient } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'

/** How a run about to go is named among all that is held back. */
export function heldRunId(id: string): string {
  return `run ${id}`
}

/** Deletes a run, with a moment to undo it; its models stop at once. */
export function deleteRun({ id, status }: { id: string; status: RunStatus | undefined }): void {
  const isRunning = status === 'running'
  holdBack({
    id: heldRunId(id),
    text: isRunning ? 'Run stopped and deleted' : 'Run deleted',
    send: async () => {
      await session.call('removeRun', { params: { id } })
      await queryClient.invalidateQueries({ queryKey: ['runs'] })
    },
    sendOnLeaving: () => session.sendOnLeaving('DELETE', `/api/runs/${encodeURIComponent(id)}`),
  })
  // its deletion stops it as well, if this does not
  if (isRunning) session.call('cancelRun', { params: { id } }).catch(() => {})
}

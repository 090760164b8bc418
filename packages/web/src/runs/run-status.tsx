import type { RunStatus } from '@rollcall/core/schema'
import { Status, type Tone } from '../ui/status.tsx'

/** In the order in which they are offered. */
export const RUN_STATES: Record<RunStatus, { tone: Tone; words: string }> = {
  running: { tone: 'busy', words: 'running' },
  finished: { tone: 'ok', words: 'finished' },
  partial: { tone: 'warn', words: 'partly answered' },
  failed: { tone: 'bad', words: 'failed' },
  cancelled: { tone: 'none', words: 'stopped' },
  interrupted: { tone: 'warn', words: 'interrupted' },
  not_started: { tone: 'none', words: 'not started' },
}

/** How far a run is. */
export function RunState({ status }: { status: RunStatus }) {
  const { tone, words } = RUN_STATES[status]
  return (
    <Status tone={tone} className="shrink-0 text-xs">
      {words}
    </Status>
  )
}

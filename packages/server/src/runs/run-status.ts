import type { RunAnswerFacts, RunStatus } from '@rollcall/core/schema'

/** How a run stands, by its answers. */
export function statusOf(answers: readonly Pick<RunAnswerFacts, 'status'>[]): RunStatus {
  const statuses = new Set(answers.map(({ status }) => status))
  if (statuses.has('running')) return 'running'
  if (statuses.has('interrupted')) return 'interrupted'
  if (!statuses.has('failed')) return statuses.has('cancelled') ? 'cancelled' : 'finished'
  return statuses.has('finished') ? 'partial' : 'failed'
}

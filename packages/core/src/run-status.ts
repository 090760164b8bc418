import type { RunAnswerFacts } from './schema/run-answers.ts'
import type { RunStatus } from './schema/runs.ts'

/** How a run stands, by its answers. */
export function runStatus(answers: readonly Pick<RunAnswerFacts, 'status'>[]): RunStatus {
  const statuses = new Set(answers.map(({ status }) => status))
  if (statuses.has('running')) return 'running'
  if (statuses.has('interrupted')) return 'interrupted'
  if (!statuses.has('failed')) return statuses.has('cancelled') ? 'cancelled' : 'finished'
  return statuses.has('finished') ? 'partial' : 'failed'
}

import type { Run } from '@rollcall/core/schema'
import { iso } from '../moment-text.ts'
import type { RunRow } from '../storage/tables.ts'

export function toRun(row: RunRow): Run {
  return { ...toRunFacts(row), prompt: row.prompt, system_prompt: row.system_prompt }
}

/** All but the prompts. */
export function toRunFacts({
  id,
  created_at,
  models,
  parameters,
  status,
}: Pick<RunRow, 'id' | 'created_at' | 'models' | 'parameters' | 'status'>) {
  return {
    id,
    created_at: iso(created_at),
    models: models.trim().split(' '),
    parameters: JSON.parse(parameters) as Run['parameters'],
    status,
    finished_at: null,
    answers: [],
  }
}

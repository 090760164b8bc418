import type { AnswerUsage, Run, RunAnswer, RunAnswerFacts, RunSummary } from '@rollcall/core/schema'
import { iso } from '../moment-text.ts'
import type { AnswerUsageRow, RunAnswerRow, RunRow } from '../storage/tables.ts'
import type { LiveRun } from './live-run.ts'

/** An answer as it is written down. */
export interface StoredAnswer {
  facts: RunAnswerFacts
  reasoning: string
  text: string
}

export function toStoredAnswer({
  facts,
  reasoning,
  text,
}: Omit<RunAnswerRow, 'run_id' | 'position'>): StoredAnswer {
  return { facts: JSON.parse(facts) as RunAnswerFacts, reasoning, text }
}

export function toRun(row: RunRow, answers: readonly StoredAnswer[]): Run {
  return {
    ...toRunFacts(row),
    prompt: row.prompt,
    system_prompt: row.system_prompt,
    answers: answers.map(toRunAnswer),
  }
}

/** A run that is under way here, as it is in this moment. */
export function toLiveRun(row: RunRow, live: LiveRun): Run {
  const answers = live.answers.map(({ facts, reasoning, text }) => ({
    facts,
    reasoning: reasoning.whole(),
    text: text.whole(),
  }))
  return toRun(row, answers)
}

function toRunAnswer({ facts, reasoning, text }: StoredAnswer): RunAnswer {
  return { ...facts, text, reasoning }
}

export function toAnswerUsage({
  ended_at,
  model,
  status,
  code,
  input_tokens,
  output_tokens,
  cached_input_tokens,
  reasoning_tokens,
  cost,
  first_token_ms,
  duration_ms,
}: AnswerUsageRow): AnswerUsage {
  const counted = {
    input: input_tokens,
    output: output_tokens,
    cached_input: cached_input_tokens,
    reasoning: reasoning_tokens,
  }
  const usage = Object.fromEntries(Object.entries(counted).filter(([, count]) => count !== null))
  return { ended_at: iso(ended_at), model, status, code, usage, cost, first_token_ms, duration_ms }
}

/** All but the prompts and the answers. */
export function toRunFacts({
  id,
  created_at,
  models,
  parameters,
  status,
  finished_at,
}: Pick<RunRow, 'id' | 'created_at' | 'models' | 'parameters' | 'status' | 'finished_at'>): Omit<
  RunSummary,
  'prompt' | 'prompt_length' | 'answers'
> {
  return {
    id,
    created_at: iso(created_at),
    models: models.trim().split(' '),
    parameters: JSON.parse(parameters) as Run['parameters'],
    status,
    finished_at: finished_at === null ? null : iso(finished_at),
  }
}

import type { UsageFigures } from '@rollcall/core/schema'
import type { AnswerUsageRow } from '../storage/tables.ts'
import { spreadOf } from './spread.ts'

/** What is counted of one answer that has ended. */
export type CountedAnswer = Omit<AnswerUsageRow, 'user_id' | 'ended_at' | 'provider' | 'model'>

const TOKENS = {
  input: 'input_tokens',
  output: 'output_tokens',
  cached_input: 'cached_input_tokens',
  reasoning: 'reasoning_tokens',
} as const satisfies Record<keyof UsageFigures['tokens'], keyof CountedAnswer>
const OUTCOMES = ['finished', 'failed', 'cancelled', 'interrupted', 'not_asked'] as const
/** Of a failure before its provider was reached. */
const NOT_ASKED: readonly AnswerUsageRow['code'][] = ['no_key', 'key_unreadable']
/** Beyond them, a sum of prices shows how doubles are rounded, and not what was paid. */
const COST_DIGITS = 12

/** What was counted so far. */
export interface Tally {
  runs: Set<string>
  outcomes: Record<(typeof OUTCOMES)[number], number>
  tokens: UsageFigures['tokens']
  tokensUnknown: number
  cost: number | null
  costUnknown: number
  /** Of finished answers alone: how quickly one is refused, or how soon its reader has had enough, is no latency. */
  firstTokenMs: number[]
  durationMs: number[]
}

export function newTally(): Tally {
  return {
    runs: new Set(),
    outcomes: { finished: 0, failed: 0, cancelled: 0, interrupted: 0, not_asked: 0 },
    tokens: { input: null, output: null, cached_input: null, reasoning: null },
    tokensUnknown: 0,
    cost: null,
    costUnknown: 0,
    firstTokenMs: [],
    durationMs: [],
  }
}

/** Adds an answer to it. */
export function count(tally: Tally, answer: CountedAnswer): void {
  const { id, status, cost, first_token_ms, duration_ms } = answer
  const outcome = NOT_ASKED.includes(answer.code) ? 'not_asked' : status
  tally.runs.add(id.slice(0, id.lastIndexOf('.')))
  tally.outcomes[outcome]++
  for (const kind of Object.keys(TOKENS) as (keyof typeof TOKENS)[]) {
    const tokens = answer[TOKENS[kind]]
    if (tokens !== null) tally.tokens[kind] = (tally.tokens[kind] ?? 0) + tokens
  }
  if (cost !== null) tally.cost = (tally.cost ?? 0) + cost
  if (mayHaveCost(outcome, first_token_ms)) {
    if (cost === null) tally.costUnknown++
    if (answer.input_tokens === null || answer.output_tokens === null) tally.tokensUnknown++
  }
  if (outcome !== 'finished') return
  if (first_token_ms !== null) tally.firstTokenMs.push(first_token_ms)
  if (duration_ms !== null) tally.durationMs.push(duration_ms)
}

/** An answer that failed before its first word is not missed among the costs. */
function mayHaveCost(outcome: (typeof OUTCOMES)[number], firstTokenMs: number | null): boolean {
  return outcome !== 'not_asked' && (outcome !== 'failed' || firstTokenMs !== null)
}

/** As it is told. */
export function toFigures(tally: Tally): UsageFigures {
  const { outcomes, cost } = tally
  const ended = outcomes.finished + outcomes.failed
  return {
    runs: tally.runs.size,
    answers: OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0),
    ...outcomes,
    error_rate: ended === 0 ? null : outcomes.failed / ended,
    tokens: { ...tally.tokens },
    tokens_unknown: tally.tokensUnknown,
    cost: cost === null ? null : Number(cost.toPrecision(COST_DIGITS)),
    cost_unknown: tally.costUnknown,
    first_token_ms: spreadOf(tally.firstTokenMs),
    duration_ms: spreadOf(tally.durationMs),
  }
}

import type { RunFailed, RunFinish } from '@rollcall/ask'
import { costOf } from '@rollcall/core'
import type { Model, RunAnswerFacts, RunFailure } from '@rollcall/core/schema'

/** An answer's facts once it has ended; `known` is what is known of its model. */
export function finishedFacts(
  before: RunAnswerFacts,
  end: RunFinish,
  known: Model | undefined,
): RunAnswerFacts {
  const { usage, adjusted, first_token_ms, duration_ms } = end
  const answeringMs = first_token_ms === null ? 0 : duration_ms - first_token_ms
  return {
    ...before,
    ...pricingOf(known),
    status: 'finished',
    finish_reason: end.reason,
    usage,
    adjusted,
    first_token_ms,
    duration_ms,
    tokens_per_second:
      usage.output === undefined || answeringMs <= 0 ? null : (usage.output / answeringMs) * 1000,
    cost: costOf(usage, known?.pricing) ?? null,
  }
}

export function failedFacts(
  before: RunAnswerFacts,
  end: RunFailed,
  {
    known,
    stoppedAs,
    now,
  }: { known: Model | undefined; stoppedAs: 'cancelled' | 'interrupted'; now: number },
): RunAnswerFacts {
  const { code, message, http_status, retry_after_ms, first_token_ms, duration_ms } = end
  const ended = { ...before, ...pricingOf(known), first_token_ms, duration_ms }
  if (code === 'cancelled') return stoppedFacts(ended, stoppedAs)
  const retry_at = retry_after_ms === null ? null : new Date(now + retry_after_ms).toISOString()
  return { ...ended, status: 'failed', failure: { code, message, http_status, retry_at } }
}

/** Of an answer that ended from outside: whatever had come of it stays. */
export function stoppedFacts(before: RunAnswerFacts, as: 'cancelled' | 'interrupted'): RunAnswerFacts {
  const message =
    as === 'cancelled'
      ? 'You stopped this answer.'
      : 'The server ended while this answer was under way: run it again for a whole one.'
  return { ...before, status: as, failure: { code: as, message, http_status: null, retry_at: null } }
}

/** Of an answer for which nobody was asked. */
export function refusedFacts(before: RunAnswerFacts, failure: RunFailure): RunAnswerFacts {
  return { ...before, status: 'failed', failure }
}

function pricingOf(known: Model | undefined): Pick<RunAnswerFacts, 'pricing' | 'pricing_source'> {
  return { pricing: known?.pricing ?? null, pricing_source: known?.sources?.pricing ?? null }
}

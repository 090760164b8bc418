import { answerFacts, type RunFailed, type RunFinish } from '@rollcall/ask'
import type { Model, RunAnswerFacts, RunFailure } from '@rollcall/core/schema'

/** An answer's facts once it has ended; `known` is what is known of its model. */
export function endedFacts(
  model: string,
  end: RunFinish | RunFailed,
  {
    known,
    stoppedAs,
    now,
  }: { known: Model | undefined; stoppedAs: 'cancelled' | 'interrupted'; now: number },
): RunAnswerFacts {
  const price = known?.pricing && { pricing: known.pricing, source: known.sources?.pricing }
  const facts = answerFacts(model, end, price, now)
  return facts.status === 'cancelled' ? stoppedFacts(facts, stoppedAs) : facts
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

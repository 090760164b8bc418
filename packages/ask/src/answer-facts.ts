import { costOf } from '@rollcall/core'
import type { FactSource, Pricing, RunAnswerFacts } from '@rollcall/core/schema'
import type { RunFailed, RunFinish } from './run-part.ts'

/** USD per million tokens, as known when the model was asked; `source` is undefined for the provider's own word. */
export interface KnownPrice {
  pricing: Pricing
  source: FactSource | undefined
}

/** How an answer ended, in the words of the API: with its speed, and its cost where that is known. */
export function answerFacts(
  model: string,
  end: RunFinish | RunFailed,
  price: KnownPrice | undefined,
  nowMs: number,
): RunAnswerFacts {
  const { first_token_ms, duration_ms } = end
  const usage = end.type === 'finish' ? end.usage : {}
  return {
    model,
    ...(end.type === 'finish'
      ? { status: 'finished', finish_reason: end.reason, failure: null, adjusted: end.adjusted }
      : { ...toFailure(end, nowMs), finish_reason: null, adjusted: [] }),
    usage,
    first_token_ms,
    duration_ms,
    tokens_per_second: end.type === 'finish' ? tokensPerSecond(end) : null,
    pricing: price?.pricing ?? null,
    pricing_source: price?.source ?? null,
    cost: costOf(usage, price?.pricing) ?? null,
  }
}

function toFailure({ code, message, http_status, retry_after_ms: waitMs }: RunFailed, nowMs: number) {
  const retry_at = waitMs === null ? null : new Date(nowMs + waitMs).toISOString()
  return {
    status: code === 'cancelled' ? ('cancelled' as const) : ('failed' as const),
    failure: { code, message, http_status, retry_at },
  }
}

/** The first token has been waited for, and so has all reasoning that was not shown; the others have come since. */
function tokensPerSecond({
  usage: { output, reasoning = 0 },
  is_reasoning_shown: isReasoningShown,
  first_token_ms: first,
  duration_ms: all,
}: RunFinish): number | null {
  if (output === undefined || first === null || all <= first) return null
  const since = output - (isReasoningShown ? 0 : reasoning) - 1
  return since > 0 ? (since / (all - first)) * 1000 : null
}

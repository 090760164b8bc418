import type { FinishReason, RunFailureCode, RunParameters, RunUsage } from '@rollcall/core/schema'

export type { FinishReason, RunFailureCode, RunParameters, RunUsage } from '@rollcall/core/schema'

/** The parameters that a model may refuse. */
export type ModelParameter = Exclude<keyof RunParameters, 'timeout_ms'>

/** Milliseconds from the call; `first_token_ms` is null where no token came, be it of reasoning. */
interface RunTimes {
  first_token_ms: number | null
  duration_ms: number
}

export interface RunFinish extends RunTimes {
  type: 'finish'
  reason: FinishReason
  usage: RunUsage
  /** Whether its reasoning came as text too: what is kept from us has been made before the first token. */
  is_reasoning_shown: boolean
  /** Parameters that were set and sent otherwise or not at all, for this model does not take them so. */
  adjusted: ModelParameter[]
}

/** `message` is one sentence of ours; whatever came before it is the model's and remains true. */
export interface RunFailed extends RunTimes {
  type: 'failure'
  code: RunFailureCode
  message: string
  http_status: number | null
  retry_after_ms: number | null
}

/** A piece of an answer, as untouched as the model gave it: hostile text until it is shown as text. */
export interface RunToken {
  type: 'text' | 'reasoning'
  text: string
  /** With the first one alone: milliseconds from the call. */
  first_token_ms?: number
}

/** One step of an answer. The last is `finish` or `failure`, and there is exactly one of them. */
export type RunPart = RunToken | RunFinish | RunFailed

import type { Failure } from '@rollcall/core'
import type { ModelParameter, RunFailureCode } from './run-part.ts'

/** What exactly went wrong, where the code alone would not tell a person what to do. */
export type RunFaultDetail =
  | NonNullable<Failure['detail']>
  | ModelParameter
  | 'first_token'
  | 'idle'
  | 'total'
  | 'content_filter'
  | 'event'
  | 'model_id'

/** Why there is no answer, or no more of it: like a list's failure, with nothing of the provider's text in it. */
export interface RunFault {
  code: RunFailureCode
  detail?: RunFaultDetail
  httpStatus?: number
  retryAfterMs?: number
}

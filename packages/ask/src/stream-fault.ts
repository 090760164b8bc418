import { classify } from '@rollcall/core'
import type { RunFault } from './run-fault.ts'

/**
 * What an error within a stream means: the provider's own word, or an event that nobody can read. The clients wrap both
 * in errors that quote them, so only their parts are looked at.
 */
export function readStreamFault(error: unknown, nowMs: number): { fault: RunFault; said: unknown } {
  if (isUnfinished(error)) return { fault: { code: 'bad_response', detail: 'cut_off' }, said: undefined }
  const said = saidIn(error)
  if (said === undefined) return { fault: { code: 'bad_response', detail: 'event' }, said }
  const status = statusIn(said) ?? statusIn(error) ?? 500
  const { code, retryAfterMs } = classify({ status, headers: {} }, said, false, nowMs)
  return { fault: { code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, said }
}

/** One client says so by an error that quotes nothing, the others by a reason to finish. */
function isUnfinished(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'AI_InvalidResponseDataError' &&
    (error as { data?: unknown }).data === undefined
  )
}

/** The provider's complaint as it came, or as far as the client has kept it; undefined where it did not complain. */
function saidIn(error: unknown): unknown {
  if (typeof error === 'string') return { error: { message: error } }
  if (typeof error !== 'object' || error === null) return undefined
  const { name, value, data, message } = error as Record<string, unknown>
  // an event that is not of the expected shape may be one that tells of an error
  if (name === 'AI_TypeValidationError') return isComplaint(value) ? value : undefined
  if (error instanceof Error) return isComplaint(data) ? data : undefined
  return typeof message === 'string' ? { error } : undefined
}

function isComplaint(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const { error, object, type, delta } = value as Record<string, unknown>
  const isError = error !== undefined || object === 'error' || type === 'error' || type === 'response.failed'
  return isError || (typeof delta === 'object' && delta !== null && 'error' in delta)
}

function statusIn(value: unknown): number | undefined {
  const { statusCode, code, error } = value as Record<string, unknown>
  const inner =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>).code : undefined
  return [statusCode, code, inner].find(
    (status) => typeof status === 'number' && status >= 400 && status <= 599,
  ) as number | undefined
}

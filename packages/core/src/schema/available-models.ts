import { z } from 'zod'
import { Model } from './model.ts'

/** `fresh` fetched by this call · `cached` within its time · `stale` older · `static` the dated fallback · `failed` nothing to offer. */
export const ListStatus = z.enum(['fresh', 'cached', 'stale', 'static', 'failed'])
export type ListStatus = z.infer<typeof ListStatus>

/** Why a provider's list is not (wholly) what was asked for. Closed: programs switch on it. */
export const FailureCode = z.enum([
  'key_rejected',
  'no_permission',
  'region_blocked',
  'no_credit',
  'rate_limited',
  'timeout',
  'unreachable',
  'tls_error',
  'blocked',
  'bad_response',
  'too_large',
  'upstream_error',
  'misconfigured',
  'key_unreadable',
  'internal',
])
export type FailureCode = z.infer<typeof FailureCode>

/** One per asked key. `message` is one sentence of ours, never the provider's words. */
export const ProviderStatus = z.object({
  provider_key: z.string(),
  name: z.string(),
  label: z.string().nullable(),
  status: ListStatus,
  code: FailureCode.nullable(),
  message: z.string().nullable(),
  http_status: z.int().nullable(),
  fetched_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  retry_at: z.string().nullable(),
  model_count: z.int().nonnegative(),
  /** Entries of the provider's list that could not be read. Repeated ids are not counted: nothing is lost with them. */
  dropped_count: z.int().nonnegative(),
})
export type ProviderStatus = z.infer<typeof ProviderStatus>

export const ProviderModels = z.object({
  name: z.string(),
  provider_key: z.string(),
  models: z.array(Model),
})
export type ProviderModels = z.infer<typeof ProviderModels>

/** The answer of `GET /api/available-models` and of `rollcall models --json`. */
export const AvailableModels = z.object({
  providers: z.array(ProviderModels),
  statuses: z.array(ProviderStatus),
})
export type AvailableModels = z.infer<typeof AvailableModels>

/** Always the last provider, also where there is no key. */
export const CUSTOM_PROVIDER: ProviderModels = {
  name: 'Custom',
  provider_key: 'custom',
  models: [{ id: 'custom', name: 'Custom Model', description: 'Enter a model id as provider/model-name' }],
}

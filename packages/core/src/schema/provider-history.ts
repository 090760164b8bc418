import { z } from 'zod'
import { FailureCode } from './available-models.ts'

const Time = z.string().meta({ description: 'RFC 3339, UTC' })

/** How the last calls went with one stored key. A key that was never asked with has none, and null throughout. */
export const ProviderHistory = z.object({
  provider_key: z.string(),
  name: z.string(),
  label: z.string().nullable(),
  keys_url: z.string(),
  status_url: z.string(),
  last_success_at: Time.nullable(),
  last_failure: z
    .object({ at: Time, code: FailureCode, message: z.string(), http_status: z.int().nullable() })
    .nullable(),
  calls: z
    .array(z.object({ at: Time, ms: z.int().nonnegative(), code: FailureCode.nullable() }))
    .meta({ description: 'the last 50, the latest at the end; `code` is null where the whole list came' }),
  median_ms: z.int().nullable().meta({ description: 'of the calls that brought the whole list' }),
  p95_ms: z.int().nullable(),
  failed_count: z.int().nonnegative(),
})
export type ProviderHistory = z.infer<typeof ProviderHistory>
export const ProviderHistories = z.object({ provider_status: z.array(ProviderHistory) })

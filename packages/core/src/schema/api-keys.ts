import { z } from 'zod'
import { ProviderStatus } from './available-models.ts'
import { Text } from './text.ts'

const Time = z.string().meta({ description: 'RFC 3339, UTC' })

export const ProviderInfo = z.object({
  provider_key: z.string(),
  name: z.string(),
  keys_url: z.string().meta({ description: 'where a person makes and revokes keys' }),
  status_url: z.string(),
  has_own_base: z.boolean().meta({ description: 'this server asks another address than the provider’s own' }),
})
export type ProviderInfo = z.infer<typeof ProviderInfo>
export const Providers = z.object({ providers: z.array(ProviderInfo) })

/** A stored key: everything but the key. */
export const StoredKey = z.object({
  provider: z.string(),
  name: z.string(),
  label: z.string().nullable(),
  preview: z.string().nullable().meta({ description: 'beginning and last four; null for a short key' }),
  created_at: Time,
  updated_at: Time,
  is_refreshing: z.boolean(),
  status: ProviderStatus.nullable().meta({ description: 'null: its provider was not asked yet' }),
})
export type StoredKey = z.infer<typeof StoredKey>
export const StoredKeys = z.object({ api_keys: z.array(StoredKey) })

/** Absent, null and empty are the same label: none. */
export const Label = Text.trim().max(64, 'is longer than 64 characters')
export const NewKey = z.strictObject({
  provider: z.string(),
  /** Its text is checked apart, so that no message can quote it. */
  key: z.string(),
  label: Label.nullish(),
})

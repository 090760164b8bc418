import { ApiKey } from '@rollcall/core'
import type { KeyState } from '../models/list-store.ts'
import type { Vault } from './vault.ts'

/** A stored key, opened to be used at once; undefined where this server's master key does not open it. */
export async function openKey(vault: Vault, state: KeyState): Promise<ApiKey | undefined> {
  const text = await vault.open(state.sealed, {
    purpose: 'api_key',
    owner: state.userId,
    provider: state.asked.provider.key,
    label: state.label ?? '',
    target: state.asked.target,
  })
  const parsed = text === undefined ? undefined : ApiKey.parse(text)
  return parsed && 'key' in parsed ? parsed.key : undefined
}

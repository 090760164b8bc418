import { join } from 'node:path'
import { expect } from 'vitest'
import { createVault, type Vault } from '../keys/vault.ts'
import { readMasterKeys } from '../secrets.ts'
import { CANARY } from './find-keys.ts'
import { runSql } from './run-sql.ts'
import type { TestPlace } from './test-server.ts'

/** Whose OpenAI keys they are, and for which base. */
export interface KeyOwner {
  place: TestPlace
  userId: string
  base: string
}

export function bindingOf({ userId, base }: Pick<KeyOwner, 'userId' | 'base'>, label: string) {
  return {
    purpose: 'api_key',
    owner: userId,
    provider: 'openai',
    label,
    target: new URL(base).origin,
  } as const
}

/** Rows as they are after so many calls, put in at once; their labels are numbers. */
export async function insertSealedKeys(owner: KeyOwner, count: number): Promise<void> {
  const { place, userId } = owner
  const vault = createVault(readMasterKeys(join(place.environment.ROLLCALL_DATA_DIR ?? '', 'secrets.json')))
  const values = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const { sealed, kid } = await vault.seal(`sk-${CANARY}-${index}`, bindingOf(owner, `${index}`))
      return `('${userId}', 'openai', '${index}', '${sealed}', '${kid}', 'x', null, 1, 0, 0)`
    }),
  )
  await runSql(
    place,
    `insert into api_keys (user_id, provider, label, sealed, kid, credential, preview, version, created_at, updated_at)
     values ${values.join(', ')} returning id`,
  )
}

export async function expectAllOpen(vault: Vault, owner: KeyOwner, count: number): Promise<void> {
  const rows = await runSql<{ label: string; sealed: string }>(
    owner.place,
    `select label, sealed from api_keys where user_id = '${owner.userId}'`,
  )
  expect(rows).toHaveLength(count)
  for (const { label, sealed } of rows) {
    expect(await vault.open(sealed, bindingOf(owner, label))).toBe(`sk-${CANARY}-${label}`)
  }
}

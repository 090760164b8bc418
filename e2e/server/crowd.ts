import { randomUUID } from 'node:crypto'
import type { SimulatedProvider, Simulator } from '@rollcall/simulator'
import { hashOf, newAccessTokenText } from '../../packages/server/src/accounts/secret-text.ts'
import { createVault } from '../../packages/server/src/keys/vault.ts'
import { askedProviders, createFingerprints } from '../../packages/server/src/models/provider-config.ts'
import { readSecrets } from '../../packages/server/src/secrets.ts'
import { readSettings } from '../../packages/server/src/settings.ts'
import { openStorage } from '../../packages/server/src/storage/open-storage.ts'
import { basesOf, type TestPlace } from '../../packages/server/src/testing/test-server.ts'

/**
 * So many users with a key for each of the providers, written past a server that is not running. Their lists are those
 * that somebody at this place has, as if they had been fetched at `fetchedAt`. Gives a token for each.
 */
export async function addCrowd(
  place: TestPlace,
  simulator: Simulator,
  options: { users: number; providers: readonly SimulatedProvider[]; fetchedAt: number },
): Promise<string[]> {
  const settings = readSettings({ ...basesOf(simulator), ...place.environment })
  const { masterKeys, tokenSecret } = readSecrets(settings, false)
  const vault = createVault(masterKeys)
  const fingerprints = createFingerprints(tokenSecret)
  const asked = askedProviders(settings.bases)
  const storage = await openStorage(settings)
  try {
    const lists = await storage.db
      .selectFrom('api_keys')
      .innerJoin('key_lists', 'key_id', 'id')
      .select(['provider', 'known', 'content'])
      .execute()
    const { password_hash } = await storage.db
      .selectFrom('users')
      .select('password_hash')
      .executeTakeFirstOrThrow()
    return await storage.db.transaction().execute(async (transaction) => {
      const tokens: string[] = []
      for (let count = 0; count < options.users; count++) {
        const id = randomUUID()
        const token = newAccessTokenText()
        tokens.push(token)
        const created_at = options.fetchedAt
        await transaction
          .insertInto('users')
          .values({ id, email: `${id}@example.com`, password_hash, role: 'user', created_at })
          .execute()
        await transaction
          .insertInto('access_tokens')
          .values({
            id: randomUUID(),
            user_id: id,
            name: 'test',
            hash: hashOf(token),
            preview: 'rc_…',
            scopes: 'models',
            created_at,
            last_used_at: created_at,
          })
          .execute()
        for (const provider of options.providers) {
          const of = asked.get(provider)
          const list = lists.find((one) => one.provider === provider)
          if (!of || !list) throw new Error(`nobody here has a list of ${provider}`)
          // one of their own, so that none of them stands for another
          const text = `${simulator.keys[provider]}-${count}`
          const credential = fingerprints.credential(text)
          const binding = { purpose: 'api_key', owner: id, provider, label: '', target: of.target } as const
          const key = await transaction
            .insertInto('api_keys')
            .values({
              user_id: id,
              provider,
              label: '',
              ...(await vault.seal(text, binding)),
              credential,
              preview: null,
              version: 1,
              created_at,
              updated_at: created_at,
            })
            .returning('id')
            .executeTakeFirstOrThrow()
          const { known, content } = list
          const moved = JSON.parse(known)
          moved.list.fetchedAt = options.fetchedAt
          await transaction
            .insertInto('key_lists')
            .values({
              key_id: key.id,
              fingerprint: fingerprints.list(id, credential, of),
              known: JSON.stringify(moved),
              content,
            })
            .execute()
        }
      }
      return tokens
    })
  } finally {
    await storage.close()
  }
}

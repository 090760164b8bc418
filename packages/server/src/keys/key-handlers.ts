import { ApiKey, type FreshnessPolicy, listStatus, whenToAsk } from '@rollcall/core'
import type { StoredKey } from '@rollcall/core/schema'
import type { Handlers } from '../http/bind.ts'
import { dropIfUnused, type KeyState, type ListStore } from '../models/list-store.ts'
import type { AskedProvider, Fingerprints } from '../models/provider-config.ts'
import type { Refresher } from '../models/refresh.ts'
import { iso } from '../moment-text.ts'
import { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import type { Vault } from './vault.ts'

const MOST_KEYS = 100
/** Of a shorter key, beginning and end together would tell too much. */
const SHORTEST_SHOWN = 20

export interface KeyPorts {
  storage: Storage
  store: ListStore
  vault: Vault
  refresher: Refresher
  providers: ReadonlyMap<string, AskedProvider>
  fingerprints: Fingerprints
  policy: FreshnessPolicy
  timeoutMs: number
  now: () => number
}

export function createKeyHandlers(ports: KeyPorts): Pick<Handlers, 'listKeys' | 'saveKey' | 'removeKey'> {
  const { storage, store, vault, refresher, providers, fingerprints, policy, timeoutMs, now } = ports
  const { db } = storage

  function show(state: KeyState): StoredKey {
    const { provider, base } = state.asked
    const view = listStatus(
      state.known,
      { provider, base, label: state.label },
      { now: now(), isJustFetched: false, timeoutMs, policy },
    )
    return {
      provider: provider.key,
      name: provider.name,
      label: state.label,
      preview: state.preview,
      created_at: iso(state.createdAt),
      updated_at: iso(state.updatedAt),
      is_refreshing: refresher.isUnderWay(state.id),
      status: view?.status ?? null,
    }
  }

  return {
    async listKeys({ who }) {
      return { api_keys: (await store.ofUser(who.userId)).map(show) }
    },

    async saveKey({ body, who }) {
      const asked = providers.get(body.provider)
      if (!asked) {
        const known = [...providers.keys()].join(', ')
        return new Refusal('invalid_request', `provider is not one of ${known}.`, { field: 'provider' })
      }
      const parsed = ApiKey.parse(body.key)
      if ('problem' in parsed)
        return new Refusal('key_text', `${parsed.problem}: copy it again.`, { field: 'key' })
      const label = body.label ?? ''
      const provider = asked.provider.key
      const { sealed, kid } = await vault.seal(body.key, {
        purpose: 'api_key',
        owner: who.userId,
        provider,
        label,
        target: asked.target,
      })
      const credential = fingerprints.credential(body.key)
      const saved = await inTransaction(db, async (transaction) => {
        const before = await transaction
          .selectFrom('api_keys')
          .leftJoin('key_lists', 'key_id', 'id')
          .select(['id', 'credential', 'content'])
          .where('user_id', '=', who.userId)
          .where('provider', '=', provider)
          .where('label', '=', label)
          .executeTakeFirst()
        if (!before && (await countKeys(transaction, who.userId)) >= MOST_KEYS) {
          return new Refusal('conflict', `You have ${MOST_KEYS} keys already: delete one first.`)
        }
        const { id, version } = await transaction
          .insertInto('api_keys')
          .values({
            user_id: who.userId,
            provider,
            label,
            sealed,
            kid,
            credential,
            preview: previewOf(body.key),
            version: 1,
            created_at: now(),
            updated_at: now(),
          })
          .onConflict((conflict) =>
            conflict.columns(['user_id', 'provider', 'label']).doUpdateSet((set) => ({
              sealed: set.ref('excluded.sealed'),
              kid: set.ref('excluded.kid'),
              credential: set.ref('excluded.credential'),
              preview: set.ref('excluded.preview'),
              updated_at: set.ref('excluded.updated_at'),
              version: set('api_keys.version', '+', 1),
            })),
          )
          .returning(['id', 'version'])
          .executeTakeFirstOrThrow()
        const isOther = before !== undefined && !Buffer.from(before.credential).equals(credential)
        // a new key inherits nothing of what the old one could use
        if (isOther) await transaction.deleteFrom('key_lists').where('key_id', '=', id).execute()
        // as it was saved, whatever becomes of it from here on
        const state = await store.ofKey(id, transaction)
        if (!state) throw new Error('a key was saved and is not there')
        return { state, version, isReplaced: before !== undefined, outdated: isOther ? before.content : null }
      })
      if (saved instanceof Refusal) return saved
      await storage.announce({
        kind: 'keys',
        userId: who.userId,
        keyId: saved.state.id,
        version: saved.version,
      })
      if (saved.outdated) await dropIfUnused(db, saved.outdated)
      if (saved.isReplaced) await storage.purge()
      await refreshProvider(who.userId, provider)
      return show(saved.state)
    },

    async removeKey({ params, query, who }) {
      const removed = await inTransaction(db, async (transaction) => {
        const key = await transaction
          .selectFrom('api_keys')
          .select('id')
          .where('user_id', '=', who.userId)
          .where('provider', '=', params.provider)
          .where('label', '=', query.label ?? '')
          // so that nobody writes down another list from here on
          .$if(storage.dialect === 'postgres', (keys) => keys.forUpdate())
          .executeTakeFirst()
        if (!key) return new Refusal('not_found', 'You have no such key.')
        const list = await transaction
          .selectFrom('key_lists')
          .select('content')
          .where('key_id', '=', key.id)
          .executeTakeFirst()
        await transaction.deleteFrom('api_keys').where('id', '=', key.id).execute()
        return { id: key.id, content: list?.content }
      })
      if (removed instanceof Refusal) return removed
      await storage.announce({ kind: 'keys', userId: who.userId, keyId: removed.id })
      if (removed.content) await dropIfUnused(db, removed.content)
      await storage.purge()
      await refreshProvider(who.userId, params.provider)
      return undefined
    },
  }

  /** Behind, every key of the provider, unless it wants to be left alone. */
  async function refreshProvider(userId: string, provider: string): Promise<void> {
    for (const state of await store.ofUser(userId)) {
      if (state.asked.provider.key !== provider) continue
      if (whenToAsk(state.known, now(), policy, true) === 'now') refresher.refreshBehind(state)
    }
  }
}

async function countKeys(db: Storage['db'], userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('api_keys')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** A prefix such as `sk-` and the last four characters; null where that would tell too much. */
function previewOf(key: string): string | null {
  if (key.length < SHORTEST_SHOWN) return null
  const prefix = /^(?:[A-Za-z]{1,5}[-_])?/.exec(key)?.[0] || key.slice(0, 3)
  return `${prefix}…${key.slice(-4)}`
}

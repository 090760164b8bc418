import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import { type KnownList, type Lesson, NOTHING_KNOWN } from '@rollcall/core'
import { LRUCache } from 'lru-cache'
import type { Database, Storage } from '../storage/database.ts'
import type { ApiKeyRow } from '../storage/tables.ts'
import { type CallHistory, NO_CALLS, readHistory, withCall, writeHistory } from './call-history.ts'
import type { AskedProvider, Fingerprints } from './provider-config.ts'

/** One stored key with what is known of its list. */
export interface KeyState {
  id: number
  userId: string
  label: string | null
  asked: AskedProvider
  version: number
  sealed: string
  fingerprint: Uint8Array
  preview: string | null
  createdAt: number
  updatedAt: number
  known: KnownList
  /** Names the models of the list in `contents`. */
  content: string | null
}

/** Lists as they came, of which answers are about to be made: what is made of them is remembered longer. */
const MEMORY_BYTES = 8 * 1024 * 1024
const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** What is known of every key's list, in the database: it survives a restart, and equal lists are kept once. */
export function createListStore(
  storage: Storage,
  providers: ReadonlyMap<string, AskedProvider>,
  fingerprints: Fingerprints,
) {
  const { db } = storage
  const isPostgres = storage.dialect === 'postgres'
  const texts = new LRUCache<string, string>({
    maxSize: MEMORY_BYTES,
    sizeCalculation: (text) => text.length + 1,
  })

  function toState(row: ApiKeyRow & ListRow): KeyState[] {
    const asked = providers.get(row.provider)
    if (!asked) return [] // of a provider that this version does not have any more
    const fingerprint = fingerprints.list(row.user_id, row.credential, asked)
    return [
      {
        id: row.id,
        userId: row.user_id,
        label: row.label || null,
        asked,
        version: row.version,
        sealed: row.sealed,
        fingerprint,
        preview: row.preview,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
        ...readKnown(row, fingerprint),
      },
    ]
  }

  /** Names a list's models, which are there for as long as the transaction lasts. */
  async function hold(transaction: Database, text: string): Promise<string> {
    const hash = nameOf(text)
    const there = await transaction
      .selectFrom('list_contents')
      .select('hash')
      .where('hash', '=', hash)
      // so that nobody drops it before it is referred to
      .$if(isPostgres, (query) => query.forKeyShare())
      .executeTakeFirst()
    if (!there) {
      await transaction
        .insertInto('list_contents')
        .values({ hash, models: await compressText(text) })
        // an update that changes nothing locks what another process has put there in this moment
        .onConflict((conflict) =>
          conflict.column('hash').doUpdateSet((set) => ({ hash: set.ref('excluded.hash') })),
        )
        .execute()
    }
    texts.set(hash, text)
    return hash
  }

  const select = (from: Database) =>
    from
      .selectFrom('api_keys')
      .leftJoin('key_lists', 'key_lists.key_id', 'api_keys.id')
      .selectAll('api_keys')
      .select(['fingerprint', 'known', 'content'])
  const order = [...providers.keys()]

  return {
    /** A user's keys of these providers, or all: providers in the order of the registry, labels by name. */
    async ofUser(userId: string, wanted?: readonly string[]): Promise<KeyState[]> {
      const rows = await select(db)
        .where('user_id', '=', userId)
        .$if(wanted !== undefined, (query) => query.where('provider', 'in', wanted ?? []))
        .execute()
      return rows
        .flatMap(toState)
        .sort(
          (a, b) =>
            order.indexOf(a.asked.provider.key) - order.indexOf(b.asked.provider.key) ||
            (a.label ?? '').localeCompare(b.label ?? '', 'en'),
        )
    },

    async ofKey(id: number, from: Database = db): Promise<KeyState | undefined> {
      const row = await select(from).where('id', '=', id).executeTakeFirst()
      return row && toState(row)[0]
    },

    /**
     * Writes down what is learnt, and gives what is known then; undefined, and nothing, where the key was replaced or
     * deleted meanwhile. Learnt is from what is known by now: another process may have heard more than `state` says.
     */
    async record(
      state: KeyState,
      call: { finishedAt: number; durationMs: number },
      learnFrom: (known: KnownList) => Lesson,
    ): Promise<KnownList | undefined> {
      const written = await storage.writeForgettable(async (transaction) => {
        const key = await transaction
          .selectFrom('api_keys')
          .select('id')
          .where('id', '=', state.id)
          .where('version', '=', state.version)
          .$if(isPostgres, (query) => query.forUpdate())
          .executeTakeFirst()
        if (!key) return undefined
        const before = await transaction
          .selectFrom('key_lists')
          .selectAll()
          .where('key_id', '=', state.id)
          .executeTakeFirst()
        const lastKnown = readKnown(before, state.fingerprint)
        const { known, models } = learnFrom(lastKnown.known)
        const kept = models === 'keep' ? lastKnown.content : null
        const content = typeof models === 'string' ? kept : await hold(transaction, JSON.stringify(models))
        const history = withCall(
          isHadWith(before, state.fingerprint) ? readHistory(before.calls) : NO_CALLS,
          known,
          call.finishedAt,
          call.durationMs,
        )
        const values = {
          fingerprint: state.fingerprint,
          known: JSON.stringify(known),
          content,
          calls: writeHistory(history),
        }
        await transaction
          .insertInto('key_lists')
          .values({ key_id: state.id, ...values })
          .onConflict((conflict) => conflict.column('key_id').doUpdateSet(values))
          .execute()
        return { known, outdated: before?.content === content ? null : before?.content }
      })
      if (written?.outdated) await dropIfUnused(db, written.outdated)
      return written?.known
    },

    /** How the last calls of each key of a user went, by its id; a key that was never asked with is not there. */
    async callsOfUser(userId: string): Promise<ReadonlyMap<number, CallHistory>> {
      const rows = await db
        .selectFrom('api_keys')
        .innerJoin('key_lists', 'key_lists.key_id', 'api_keys.id')
        .selectAll('api_keys')
        .select(['fingerprint', 'calls'])
        .where('user_id', '=', userId)
        .execute()
      return new Map(
        rows.flatMap((row) => {
          const asked = providers.get(row.provider)
          const isOurs = asked && isHadWith(row, fingerprints.list(row.user_id, row.credential, asked))
          return isOurs ? [[row.id, readHistory(row.calls)] as const] : []
        }),
      )
    },

    /** The JSON array of a list's models, as it is put into answers. Undefined where the list was replaced meanwhile. */
    async text(content: string): Promise<string | undefined> {
      const remembered = texts.get(content)
      if (remembered !== undefined) return remembered
      const row = await db
        .selectFrom('list_contents')
        .select('models')
        .where('hash', '=', content)
        .executeTakeFirst()
      if (!row) return undefined
      const text = (await decompress(row.models)).toString()
      texts.set(content, text)
      return text
    },

    /** After keys were deleted: lists that were theirs alone. */
    async dropUnused(): Promise<void> {
      const unused = await db
        .selectFrom('list_contents')
        .leftJoin('key_lists', 'key_lists.content', 'list_contents.hash')
        .select('hash')
        .where('key_id', 'is', null)
        .execute()
      for (const { hash } of unused) await dropIfUnused(db, hash)
    },
  }
}

export type ListStore = ReturnType<typeof createListStore>

interface ListRow {
  fingerprint: Uint8Array | null
  known: string | null
  content: string | null
}

/** What was had with another key or another configuration says nothing about this one. */
function readKnown(
  row: ListRow | undefined,
  fingerprint: Uint8Array,
): { known: KnownList; content: string | null } {
  if (!isHadWith(row, fingerprint) || row.known === null) return { known: NOTHING_KNOWN, content: null }
  return { known: JSON.parse(row.known) as KnownList, content: row.content }
}

function isHadWith<Row extends Pick<ListRow, 'fingerprint'>>(
  row: Row | undefined,
  fingerprint: Uint8Array,
): row is Row {
  return row?.fingerprint != null && Buffer.from(row.fingerprint).equals(fingerprint)
}

const FOREIGN_KEY_VIOLATION = '23503'

/** Lists that nobody's key refers to any more are gone. */
export async function dropIfUnused(db: Database, content: string): Promise<void> {
  try {
    await db
      .deleteFrom('list_contents')
      .where('hash', '=', content)
      .where((where) =>
        where.not(
          where.exists(where.selectFrom('key_lists').select('key_id').where('content', '=', content)),
        ),
      )
      .execute()
  } catch (error) {
    // on PostgreSQL somebody may refer to it in the very moment: then it stays
    if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error
  }
}

/** 128 bits tell lists apart; each of a user's keys refers to one, so that more would be paid for many times. */
function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

function compressText(text: string): Promise<Buffer> {
  return compress(text, { params: { [constants.ZSTD_c_compressionLevel]: 6 } })
}

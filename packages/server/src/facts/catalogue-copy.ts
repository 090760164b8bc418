import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { CATALOGUE_TTL_MS, Catalogue, type CatalogueAnswer, requestCatalogue } from '@rollcall/core'
import type { HttpGet } from '@rollcall/core/transport'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/database.ts'

/** After a failure it is asked for again no sooner. */
const TRY_AGAIN_MS = 3_600_000
const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

export interface CataloguePorts {
  storage: Storage
  log: Log
  get: HttpGet
  /** Undefined: it is turned off. */
  url: string | undefined
  now: () => number
}

export interface KeptCatalogue {
  catalogue: Catalogue | undefined
  /** Another one for every other content. */
  version: string
  etag: string | undefined
  /** Milliseconds since the epoch. */
  checkedAt: number
}
const NONE: KeptCatalogue = { catalogue: undefined, version: '', etag: undefined, checkedAt: 0 }

/**
 * The catalogue as it is kept in the database, of whatever day. It is asked for once a day while anybody uses it, and
 * never waited for: whoever reads it has the copy of before until the new one is announced.
 */
export function createCatalogueCopy({ storage, log, get, url, now }: CataloguePorts) {
  const { db } = storage
  const closing = new AbortController()
  let known: Promise<KeptCatalogue> | undefined
  let underWay: Promise<void> | undefined
  let triedAt = Number.NEGATIVE_INFINITY

  const stopListening = storage.onChange(({ kind }) => {
    if (kind === 'catalogue' || kind === 'everything') known = undefined
  })

  async function read(): Promise<KeptCatalogue> {
    if (url === undefined) return NONE
    const row = await db.selectFrom('catalogue').selectAll().where('url', '=', url).executeTakeFirst()
    if (!row) return NONE
    const text = (await decompress(row.content)).toString()
    const { data: catalogue } = Catalogue.safeParse(JSON.parse(text))
    // another version of the program has kept it in its own way
    if (!catalogue) return NONE
    const version = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    return { catalogue, version, etag: row.etag ?? undefined, checkedAt: row.checked_at }
  }

  function current(): Promise<KeptCatalogue> {
    if (known) return known
    const reading = read()
    known = reading
    // what could not be read is read again
    reading.catch(() => {
      if (known === reading) known = undefined
    })
    return reading
  }

  const isDue = ({ checkedAt }: KeptCatalogue) => Math.abs(now() - checkedAt) >= CATALOGUE_TTL_MS

  /** Of processes on one database one asks; the others hear that there is another one now. */
  async function refresh(address: string): Promise<void> {
    const release = await storage.claim?.('catalogue')
    if (storage.claim && !release) return
    try {
      const kept = await read()
      if (!isDue(kept)) return
      const { etag } = kept
      const answer = await requestCatalogue({ get, url: address, etag, now, signal: closing.signal })
      const next = toKeep(kept, answer)
      if (next) await keep(address, next.catalogue, next.etag)
    } finally {
      release?.()
    }
  }

  function toKeep(
    kept: KeptCatalogue,
    answer: CatalogueAnswer,
  ): { catalogue: Catalogue; etag: string | undefined } | undefined {
    if (answer === 'unchanged') {
      const { catalogue, etag } = kept
      if (!catalogue) return undefined
      // it was found to be true today
      const date = new Date(now()).toISOString().slice(0, 10)
      return { catalogue: { ...catalogue, source: { ...catalogue.source, date } }, etag }
    }
    if (!('failure' in answer)) return answer
    const { code, httpStatus } = answer.failure
    if (!closing.signal.aborted) log.info({ event: 'catalogue_failed', code, http_status: httpStatus })
    return undefined
  }

  async function keep(address: string, catalogue: Catalogue, etag: string | undefined): Promise<void> {
    const content = await compress(JSON.stringify(catalogue))
    const values = { content, etag: etag ?? null, checked_at: now() }
    await storage.writeForgettable(async (transaction) => {
      await transaction.deleteFrom('catalogue').where('url', '!=', address).execute()
      await transaction
        .insertInto('catalogue')
        .values({ url: address, ...values })
        .onConflict((conflict) => conflict.column('url').doUpdateSet(values))
        .execute()
    })
    log.debug({ event: 'catalogue_ok' })
    await storage.announce({ kind: 'catalogue' })
  }

  async function refreshIfDue(): Promise<void> {
    if (url === undefined || Math.abs(now() - triedAt) < TRY_AGAIN_MS || !isDue(await current())) return
    triedAt = now()
    await refresh(url)
  }

  /** Asks for it where it is of another day; nobody waits. */
  function refreshBehind(): void {
    if (underWay || closing.signal.aborted) return
    underWay = refreshIfDue()
      .catch((error) => log.bug(error, { event: 'catalogue_failed' }))
      .finally(() => {
        underWay = undefined
      })
  }

  return {
    refreshBehind,

    /** What is known by now. */
    current(): Promise<KeptCatalogue> {
      refreshBehind()
      return current()
    },

    /** Ends what is under way. */
    async close(): Promise<void> {
      closing.abort()
      stopListening()
      await underWay
    },
  }
}

export type CatalogueCopy = ReturnType<typeof createCatalogueCopy>

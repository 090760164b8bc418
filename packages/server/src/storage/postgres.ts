import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import pg from 'pg'
import { StartError } from '../start-error.ts'
import { createClaims } from './claims.ts'
import type { Storage } from './database.ts'
import { migrate } from './migrate.ts'
import { NEWS_TIMES, type NewsTimes, openNews } from './news.ts'
import { isStorageTrouble } from './storage-trouble.ts'
import type { Tables } from './tables.ts'

const MOST_CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000
/** Whoever waits longer is told that the database does not answer. */
const QUERY_TIMEOUT_MS = 5_000
/** PostgreSQL's code for a right that is wanting. */
const MAY_NOT = '42501'
/** What we have given up on must not hold a lock there, or be done behind our back long after. */
const SESSION = `set statement_timeout = ${QUERY_TIMEOUT_MS}; set idle_in_transaction_session_timeout = ${2 * QUERY_TIMEOUT_MS}`

export interface PostgresTimes extends NewsTimes {
  connectMs: number
  queryMs: number
}
const TIMES: PostgresTimes = { connectMs: CONNECT_TIMEOUT_MS, queryMs: QUERY_TIMEOUT_MS, ...NEWS_TIMES }

/** A PostgreSQL that several processes may share; they tell each other what has changed. */
export async function openPostgres(
  url: string,
  { connectMs, queryMs, ...newsTimes }: PostgresTimes = TIMES,
): Promise<Storage> {
  const connection = { ...connectionTo(url, connectMs), query_timeout: queryMs }
  const pool = createPool({
    ...connection,
    max: MOST_CONNECTIONS,
    onConnect: async (client) => {
      await client.query(SESSION)
    },
  })
  const claims = createClaims(connection)
  let news: Awaited<ReturnType<typeof openNews>>
  try {
    news = await openNews(connection, pool, newsTimes)
  } catch (error) {
    await pool.end()
    throw isStorageTrouble(error) ? unreachable(error) : error
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withoutBroken(pool) }) })
  return {
    db,
    dialect: 'postgres',
    pool,
    announce: news.announce,
    onChange: news.onChange,
    claim: claims.claim,
    writeForgettable: (work) =>
      db.transaction().execute(async (transaction) => {
        await sql`set local synchronous_commit = off`.execute(transaction)
        return work(transaction)
      }),
    // what becomes of deleted rows is between the operator and VACUUM
    purge: async () => {},
    async close() {
      news.close()
      claims.close()
      await pool.end()
    },
  }
}

/** By a connection of its own, that waits as long as it takes: for another process that migrates, or for a large table. */
export async function migratePostgres(url: string): Promise<void> {
  const pool = createPool({ ...connectionTo(url, CONNECT_TIMEOUT_MS), max: 1 })
  try {
    const first = await pool.connect().catch((error) => {
      throw unreachable(error)
    })
    first.release()
    await migrate(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), 'postgres')
  } catch (error) {
    if ((error as { code?: string }).code === MAY_NOT) {
      throw new StartError(
        'The user that DATABASE_URL names may not create tables in that database: grant it that right.',
      )
    }
    throw isStorageTrouble(error) ? unreachable(error) : error
  } finally {
    await pool.end()
  }
}

/** The code alone: messages may quote the address with its password. */
function unreachable(error: unknown): StartError {
  const { code } = error as { code?: string }
  return new StartError(
    `The database that DATABASE_URL names could not be reached (${code ?? 'no answer'}): check the address, name and password, and that it runs.`,
  )
}

function connectionTo(url: string, connectMs: number): pg.ClientConfig & pg.PoolConfig {
  return { connectionString: url, connectionTimeoutMillis: connectMs, types: { getTypeParser } }
}

/** A connection that breaks is told to whoever asks it next; with nobody to hear it otherwise, it would end the process. */
function createPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A connection that did not answer is not given to the next one: its answer may still come, or never. */
function withoutBroken(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      let trouble: unknown
      const query = async (text: string, values: unknown[]) => {
        // not even to take a transaction back: that is done where the connection ends
        if (trouble !== undefined) throw trouble
        try {
          return await client.query(text, values)
        } catch (error) {
          if (isStorageTrouble(error)) trouble = error
          throw error
        }
      }
      // Kysely wants no cursors of us, which `query` would take as well
      return { query, release: () => client.release(trouble !== undefined) } as unknown as ReturnType<
        PostgresPool['connect']
      >
    },
  }
}

/** Moments are bigint columns, and far below 2⁵³. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')
}

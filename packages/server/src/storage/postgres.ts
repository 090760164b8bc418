import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { StartError } from '../start-error.ts'
import type { Change, Storage } from './database.ts'
import { createListeners } from './listeners.ts'
import type { Tables } from './tables.ts'

const CHANNEL = 'rollcall_changes'
const MOST_CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000
const RELISTEN_MS = 1_000

/** A PostgreSQL that several processes may share; they tell each other what has changed. */
export async function openPostgres(url: string): Promise<Storage> {
  const types = { getTypeParser }
  const connection = { connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, types }
  const pool = new pg.Pool({ ...connection, max: MOST_CONNECTIONS })
  // an idle connection that breaks is replaced by the pool; without a listener it would end the process
  pool.on('error', () => {})
  const listeners = createListeners()
  const name = randomUUID()
  let closing = false
  let listening: pg.Client | undefined

  async function listen(): Promise<void> {
    const client = new pg.Client({ ...connection, keepAlive: true })
    client.on('notification', ({ payload }) => {
      const news = JSON.parse(payload ?? '{}') as { from: string; change: Change }
      // what was said here was heard here at once
      if (news.from !== name) listeners.tell(news.change)
    })
    client.on('error', () => {}) // 'end' follows
    client.on('end', () => {
      listeners.tell({ kind: 'everything' })
      if (!closing && listening === client) setTimeout(relisten, RELISTEN_MS).unref()
    })
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
    listening = client
    // what was said meanwhile was not heard
    listeners.tell({ kind: 'everything' })
  }
  function relisten(): void {
    if (closing) return
    listen().catch(() => setTimeout(relisten, RELISTEN_MS).unref())
  }

  try {
    await listen()
  } catch (error) {
    await pool.end()
    const { code } = error as { code?: string }
    throw new StartError(
      `The database that DATABASE_URL names could not be reached (${code ?? 'no answer'}): check the address, name and password, and that it runs.`,
    )
  }

  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    dialect: 'postgres',
    pool,
    async announce(change) {
      listeners.tell(change)
      // what it follows is committed already; a process that cannot hear also cannot serve from this database
      await pool
        .query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify({ from: name, change })])
        .catch(() => {})
    },
    onChange: listeners.add,
    // what becomes of deleted rows is between the operator and VACUUM
    purge: async () => {},
    async close() {
      closing = true
      await Promise.all([pool.end(), listening?.end()])
    },
  }
}

/** Moments are bigint columns, and far below 2⁵³. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')
}

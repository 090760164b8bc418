import pg from 'pg'
import { createTurns } from '../turns.ts'

/** Lets go of a claim. */
export type Release = () => void

/**
 * What one process on a PostgreSQL does and no other meanwhile: locks of a session of its own, which end with it,
 * however that ends. Where that session is in trouble, everybody does as if they were alone.
 */
export function createClaims(connection: pg.ClientConfig) {
  // a session takes one question at a time
  const turns = createTurns(1)
  let session: Promise<pg.Client> | undefined
  let isClosed = false

  function open(): Promise<pg.Client> {
    const client = new pg.Client({ ...connection, keepAlive: true })
    const opening = client.connect().then(() => client)
    client.on('error', () => {}) // 'end' follows
    client.once('end', () => forget(opening))
    return opening
  }

  /** One that did not answer may take a lock yet, and is ended for that. */
  function forget(old: Promise<pg.Client> | undefined): void {
    if (session === old) session = undefined
    old?.then((client) => client.end()).catch(() => {}) // it was never open
  }

  function ask(text: string, name: string): Promise<boolean> {
    return turns.take('session', async () => {
      if (isClosed) return false
      const current = session ?? open()
      session = current
      try {
        const client = await current
        const { rows } = await client.query(`select ${text}(hashtextextended($1, 0)) as yes`, [name])
        return rows[0].yes
      } catch (error) {
        forget(current)
        throw error
      }
    })
  }

  return {
    /** Undefined where another process has claimed this name. */
    async claim(name: string): Promise<Release | undefined> {
      if (isClosed) return () => {}
      try {
        const isOurs = await ask('pg_try_advisory_lock', name)
        // without the session it has ended already
        return isOurs ? () => void ask('pg_advisory_unlock', name).catch(() => {}) : undefined
      } catch {
        return () => {} // whatever the trouble is, to ask twice is better than not at all
      }
    },
    close(): void {
      isClosed = true
      forget(session)
    },
  }
}

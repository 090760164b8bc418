import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Change } from './database.ts'
import { createListeners } from './listeners.ts'

const CHANNEL = 'rollcall_changes'

export interface NewsTimes {
  /** Between two attempts to listen again, or to tell what could not be told. */
  againMs: number
  /** How often the line is tried: one that is dead at the other end may look open for hours. */
  heartbeatMs: number
  /** Whoever has heard nothing for so long no longer goes by what was known before. */
  deafMs: number
}
export const NEWS_TIMES: NewsTimes = { againMs: 1_000, heartbeatMs: 15_000, deafMs: 5 * 60_000 }

/** What processes on one PostgreSQL tell each other. Whatever may have been missed is told as `everything`. */
export async function openNews(connection: pg.ClientConfig, pool: pg.Pool, times: NewsTimes) {
  const listeners = createListeners()
  const name = randomUUID()
  const timers = new Set<NodeJS.Timeout>()
  let isClosing = false
  let isOwed = false
  let line: pg.Client | undefined

  function after(ms: number, work: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms).unref()
    timers.add(timer)
    return timer
  }

  async function listen(): Promise<void> {
    const client = new pg.Client({ ...connection, keepAlive: true })
    client.on('error', () => {}) // 'end' follows
    client.on('notification', ({ payload }) => {
      const news = readNews(payload)
      // what was said here was heard here at once
      if (news.from !== name) listeners.tell(news.change)
    })
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
    } catch (error) {
      hangUp(client)
      throw error
    }
    if (isClosing) return hangUp(client)
    line = client
    const heartbeat = setInterval(() => {
      client.query('select 1').catch(() => hangUp(client))
    }, times.heartbeatMs).unref()
    client.once('end', () => {
      clearInterval(heartbeat)
      line = undefined
      if (isClosing) return
      // a database that is down changes nothing: what is known holds until it can be asked again, but not for long
      const deaf = after(times.deafMs, () => listeners.tell({ kind: 'everything' }))
      listenAgain(() => {
        clearTimeout(deaf)
        timers.delete(deaf)
      })
    })
  }

  function listenAgain(done: () => void): void {
    if (isClosing) return
    listen().then(
      () => {
        done()
        // what was said meanwhile was not heard
        if (!isClosing) listeners.tell({ kind: 'everything' })
      },
      () => after(times.againMs, () => listenAgain(done)),
    )
  }

  async function tellOthers(change: Change): Promise<void> {
    try {
      await pool.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify({ from: name, change })])
    } catch {
      // what it follows is committed, so the others must hear of it, as soon as that can be
      if (isOwed || isClosing) return
      isOwed = true
      after(times.againMs, () => {
        isOwed = false
        void tellOthers({ kind: 'everything' })
      })
    }
  }

  await listen()
  return {
    onChange: listeners.add,
    async announce(change: Change): Promise<void> {
      listeners.tell(change)
      await tellOthers(change)
    },
    close(): void {
      isClosing = true
      for (const timer of timers) clearTimeout(timer)
      if (line) hangUp(line)
    },
  }
}

function hangUp(client: pg.Client): void {
  // one that is broken cannot say goodbye, and need not
  client.end().catch(() => {})
}

const KINDS: readonly Change['kind'][] = [
  'access',
  'keys',
  'lists',
  'marks',
  'facts',
  'runs',
  'stopped_run',
  'catalogue',
  'everything',
]

/** What a newer version says, or a stranger, may be anything. */
function readNews(payload: string | undefined): { from: string | undefined; change: Change } {
  try {
    const { from, change } = JSON.parse(payload ?? '') as { from: string; change: Change }
    if (KINDS.includes(change.kind)) return { from, change }
  } catch {
    // then it is as if something was missed
  }
  return { from: undefined, change: { kind: 'everything' } }
}

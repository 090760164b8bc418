import { randomBytes, randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PROVIDERS } from '@rollcall/core'
import { signUp } from './cached-answer.ts'
import { printTable } from './figures.ts'
import { startRollcall } from './server-process.ts'
import { startSimulator } from './simulator-process.ts'

const USERS = 10_000

/**
 * What 10,000 users cost who hold keys for nine providers and whose lists somebody else has too: bytes in the database
 * beyond their keys, and memory of the server while none of them asks.
 */
export async function benchIdleUsers(): Promise<void> {
  const simulator = await startSimulator({})
  const first = await startRollcall(simulator.target)
  const token = await signUp(first.address, simulator.target.keys)
  await ask(first.address, token)
  const alone = await first.usage()
  await first.stopOnly()

  const file = join(first.dataDir, 'rollcall.db')
  const database = new DatabaseSync(file)
  const sizes = [sizeOf(database, file)]
  insertUsersWithKeys(database)
  sizes.push(sizeOf(database, file))
  insertKnownLists(database)
  sizes.push(sizeOf(database, file))
  const lists = count(database, 'list_contents')
  database.close()

  const again = await startRollcall(simulator.target, first.dataDir)
  await ask(again.address, token)
  const crowded = await again.usage()
  await again.stop()
  await simulator.stop()

  const [empty = 0, withKeys = 0, withLists = 0] = sizes
  printTable(
    `${USERS.toLocaleString('en')} idle users with ${PROVIDERS.length} keys each; ${lists} lists stored for all of them`,
    ['', 'kB a user'],
    [
      ['database: account and keys', ((withKeys - empty) / USERS / 1000).toFixed(2)],
      ['database: what is known of their lists', ((withLists - withKeys) / USERS / 1000).toFixed(2)],
      ['memory of the server', (((crowded.rssMiB - alone.rssMiB) * 1024 * 1.024) / USERS).toFixed(2)],
    ],
  )
}

async function ask(address: string, token: string): Promise<void> {
  await (
    await fetch(`${address}/api/available-models`, { headers: { authorization: `Bearer ${token}` } })
  ).arrayBuffer()
}

function sizeOf(database: DatabaseSync, file: string): number {
  database.exec('pragma wal_checkpoint(truncate)')
  return statSync(file).size
}

function count(database: DatabaseSync, table: string): number {
  return Number(database.prepare(`select count(*) as count from ${table}`).get()?.count)
}

/** As real ones: only the ciphertext is always the same, which nobody here opens. */
function insertUsersWithKeys(database: DatabaseSync): void {
  const sealed = String(database.prepare('select sealed from api_keys limit 1').get()?.sealed)
  const hash = String(database.prepare('select password_hash from users limit 1').get()?.password_hash)
  const kid = String(database.prepare('select kid from api_keys limit 1').get()?.kid)
  const addUser = database.prepare(
    "insert into users (id, email, password_hash, role, created_at) values (?, ?, ?, 'user', ?)",
  )
  const addKey = database.prepare(
    "insert into api_keys (user_id, provider, label, sealed, kid, credential, preview, version, created_at, updated_at) values (?, ?, '', ?, ?, ?, 'sk-…0001', 1, ?, ?)",
  )
  database.exec('begin')
  for (let index = 0; index < USERS; index++) {
    const id = randomUUID()
    addUser.run(id, `${id}@example.com`, hash, Date.now())
    for (const { key } of PROVIDERS) addKey.run(id, key, sealed, kid, randomBytes(16), Date.now(), Date.now())
  }
  database.exec('commit')
}

/** The same lists as the first user's. */
function insertKnownLists(database: DatabaseSync): void {
  database.exec(`
    insert into key_lists (key_id, fingerprint, known, content)
    select other.id, randomblob(16), known, content
    from api_keys as other
    join api_keys as own on own.provider = other.provider
    join key_lists on key_lists.key_id = own.id
    where other.id not in (select key_id from key_lists)
  `)
}

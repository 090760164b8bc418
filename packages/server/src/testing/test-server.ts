import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import type { SimulatedProvider, Simulator } from '@rollcall/simulator'
import { inject } from 'vitest'
import { readSettings } from '../settings.ts'
import { type RunningServer, type StartPorts, startServer } from '../start.ts'
import type { DialectName } from '../storage/database.ts'
import { type Call, createCall } from './call.ts'
import { recordEvidence, recordFiles } from './evidence.ts'
import type {} from './postgres-setup.ts'
import { readTables } from './read-tables.ts'
import { recordResponses } from './record-responses.ts'
import { databaseAt, MIGRATED, runOnPostgres } from './run-on-postgres.ts'

export type { CallOptions, Reply } from './call.ts'

export const DIALECTS: readonly DialectName[] = ['sqlite', 'postgres']

export interface TestServerOptions {
  /** Default: the embedded one. */
  dialect?: DialectName
  /** Its providers stand in for the real ones. */
  simulator?: Simulator
  environment?: Record<string, string>
  /** A clock that the test sets. */
  now?: () => number
  random?: () => number
  /** Shorter ones than the real. */
  limits?: StartPorts['limits']
  /** The folder of a built web app. */
  web?: string
  /** A folder of an earlier server, to start it again. */
  place?: TestPlace
}

/** Where a server keeps what it keeps. */
export interface TestPlace {
  environment: Record<string, string>
  remove(): Promise<void>
}

export interface TestServer extends RunningServer {
  place: TestPlace
  /** Every log line so far. */
  logLines(): string[]
  call: Call
  /** A new account; the first one is an admin. */
  register(
    email?: string,
    password?: string,
  ): Promise<{ token: string; userId: string; email: string; password: string; cookie: string }>
  /** Stores the simulator's keys, or the ones given. */
  saveKeys(
    token: string,
    providers?: readonly SimulatedProvider[],
    keyOf?: (provider: SimulatedProvider) => string,
  ): Promise<void>
  /** Closes it and removes all that it kept. */
  remove(): Promise<void>
}

/** A real server in this process, on a free port, with a database of its own. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { dialect = 'sqlite', simulator, now, random, limits, web } = options
  const place = options.place ?? (await createPlace(dialect, `template ${MIGRATED} strategy file_copy`))
  const lines: string[] = []
  const settings = readSettings({
    PORT: '0',
    ROLLCALL_LOG_LEVEL: 'trace',
    // nothing reaches out unless a test says to whom
    ROLLCALL_CATALOGUE_URL: '',
    ...(simulator ? basesOf(simulator) : {}),
    ...place.environment,
    ...options.environment,
  })
  const ports: StartPorts = {
    ...(now ? { now } : {}),
    ...(random ? { random } : {}),
    ...(limits ? { limits } : {}),
    ...(web === undefined ? {} : { web }),
    logTo: {
      write(line) {
        lines.push(line)
        recordEvidence('log', line)
      },
    },
  }
  const server = await startServer(settings, ports)

  const stopRecording = recordResponses(server.address)
  const call = createCall(server.address)

  const close = async () => {
    await server.close()
    stopRecording()
  }

  return {
    ...server,
    close,
    place,
    call,
    logLines: () => lines,
    async register(email = `${randomUUID()}@example.com`, password = 'a long enough password') {
      const { status, json, headers, text } = await call('POST', '/api/auth/register', {
        body: { email, password },
      })
      if (status !== 201) throw new Error(`register answered ${status}: ${text}`)
      const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
      return { token: json.access_token, userId: json.user.id, email, password, cookie }
    },
    async saveKeys(token, providers = PROVIDERS.map(({ key }) => key as SimulatedProvider), keyOf) {
      for (const provider of providers) {
        const key = keyOf?.(provider) ?? simulator?.keys[provider] ?? ''
        const { status, text } = await call('POST', '/api/api-keys', { token, body: { provider, key } })
        if (status !== 201) throw new Error(`saving a key answered ${status}: ${text}`)
      }
    },
    async remove() {
      recordFiles(settings.dataDir)
      await close()
      await recordPlace(place)
      await place.remove()
    },
  }
}

export function basesOf(simulator: Simulator): Record<string, string> {
  return Object.fromEntries(
    PROVIDERS.map(({ key }) => [baseUrlVariable(key), simulator.bases[key as SimulatedProvider]]),
  )
}

/** What is left where a server kept what it kept, for the search for keys. */
export async function recordPlace(place: TestPlace): Promise<void> {
  const { DATABASE_URL, ROLLCALL_DATA_DIR = '' } = place.environment
  recordFiles(ROLLCALL_DATA_DIR)
  const isThere = DATABASE_URL !== undefined || existsSync(join(ROLLCALL_DATA_DIR, 'rollcall.db'))
  if (isThere) recordEvidence('rows', JSON.stringify(await readTables(place), bytesAsText))
}

/** JSON would show bytes as a list of numbers, and compressed ones hide what is in them. */
function bytesAsText(_name: string, value: unknown): unknown {
  const { type, data } = Object(value) as { type?: unknown; data?: number[] }
  if (!(value instanceof Uint8Array) && type !== 'Buffer') return value
  const bytes = Buffer.from(value instanceof Uint8Array ? value : (data ?? []))
  const isCompressed = bytes.length > 4 && bytes.readUInt32LE() === ZSTD
  return (isCompressed ? zstdDecompressSync(bytes) : bytes).toString('latin1')
}
const ZSTD = 0xfd2fb528

/** A data folder, and with PostgreSQL a database, of which nothing is left after `remove`. `like` is how it is made. */
export async function createPlace(dialect: DialectName, like = ''): Promise<TestPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-server-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  if (dialect === 'sqlite') {
    return { environment: { ROLLCALL_DATA_DIR: folder }, remove: async () => removeFolder() }
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = inject('postgresUrl')
  await runOnPostgres(url, `create database ${name} ${like}`)
  return {
    environment: { ROLLCALL_DATA_DIR: folder, DATABASE_URL: databaseAt(url, name) },
    async remove() {
      removeFolder()
      await runOnPostgres(url, `drop database ${name} with (force)`)
    },
  }
}

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import type { SimulatedProvider, Simulator } from '@rollcall/simulator'
import pg from 'pg'
import { inject } from 'vitest'
import { readSettings } from '../settings.ts'
import { type RunningServer, type StartPorts, startServer } from '../start.ts'
import type { DialectName } from '../storage/database.ts'
import { recordEvidence, recordFiles } from './evidence.ts'

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
  /** A folder of an earlier server, to start it again. */
  place?: TestPlace
}

/** Where a server keeps what it keeps. */
export interface TestPlace {
  environment: Record<string, string>
  remove(): Promise<void>
}

export interface CallOptions {
  token?: string | undefined
  body?: unknown
  headers?: Record<string, string>
}

export interface Reply {
  status: number
  headers: Headers
  text: string
  /** Undefined where the text is none. */
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it, the test says
  json: any
}

export interface TestServer extends RunningServer {
  place: TestPlace
  /** Every log line so far. */
  logLines(): string[]
  call(method: string, path: string, options?: CallOptions): Promise<Reply>
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
  const { dialect = 'sqlite', simulator, now, random } = options
  const place = options.place ?? (await createPlace(dialect))
  const lines: string[] = []
  const settings = readSettings({
    PORT: '0',
    ROLLCALL_LOG_LEVEL: 'trace',
    ...(simulator ? basesOf(simulator) : {}),
    ...place.environment,
    ...options.environment,
  })
  const ports: StartPorts = {
    ...(now ? { now } : {}),
    ...(random ? { random } : {}),
    logTo: {
      write(line) {
        lines.push(line)
        recordEvidence('log', line)
      },
    },
  }
  const server = await startServer(settings, ports)

  const call = async (
    method: string,
    path: string,
    { token, body, headers }: CallOptions = {},
  ): Promise<Reply> => {
    const response = await fetch(`${server.address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    recordEvidence('response', `${method} ${path}\n${[...response.headers].join('\n')}\n${text}`)
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      json = undefined // not every answer is JSON
    }
    return { status: response.status, headers: response.headers, text, json }
  }

  return {
    ...server,
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
      await server.close()
      recordFiles(settings.dataDir)
      await place.remove()
    },
  }
}

export function basesOf(simulator: Simulator): Record<string, string> {
  return Object.fromEntries(
    PROVIDERS.map(({ key }) => [baseUrlVariable(key), simulator.bases[key as SimulatedProvider]]),
  )
}

/** A data folder, and with PostgreSQL a database, of which nothing is left after `remove`. */
export async function createPlace(dialect: DialectName): Promise<TestPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-server-'))
  const removeFolder = () => rmSync(folder, { recursive: true, force: true })
  if (dialect === 'sqlite') {
    return { environment: { ROLLCALL_DATA_DIR: folder }, remove: async () => removeFolder() }
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = inject('postgresUrl')
  await query(url, `create database ${name}`)
  return {
    environment: { ROLLCALL_DATA_DIR: folder, DATABASE_URL: url.replace(/\/postgres$/, `/${name}`) },
    async remove() {
      removeFolder()
      await query(url, `drop database ${name} with (force)`)
    },
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

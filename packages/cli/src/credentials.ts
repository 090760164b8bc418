import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { CommandError } from './command-error.ts'
import type { Environment } from './environment.ts'
import { UsageError } from './usage-error.ts'

/** A personal access token for one server. */
interface Credential {
  token: string
  /** `rollcall login` has made it for itself, so that nobody else misses it. */
  isOwn: boolean
}

/** Tokens by server, in a file of the user's own. */
export interface Credentials {
  file: string
  get(server: string): Credential | undefined
  set(server: string, credential: Credential): void
  /** Forgets it. */
  remove(server: string): void
}

export function isAccessToken(text: string): boolean {
  return /^rc_[0-9A-Za-z]{38}$/.test(text)
}

/** Reads the file, once it is sure that nobody else can. Where there is none, it is made with the first token. */
export function openCredentials(environment: Environment): Credentials {
  const file = join(configFolder(environment), 'rollcall', 'credentials.json')
  const servers = readServers(file)
  return {
    file,
    get: (server) => servers.get(server),
    set(server, credential) {
      servers.set(server, credential)
      writeServers(file, servers)
    },
    remove(server) {
      if (servers.delete(server)) writeServers(file, servers)
    },
  }
}

function configFolder({ XDG_CONFIG_HOME, APPDATA, HOME }: Environment): string {
  if (process.platform === 'win32' && APPDATA) return APPDATA
  // a relative one does not count, says the XDG specification
  if (XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME)) return XDG_CONFIG_HOME
  return join(HOME || homedir(), '.config')
}

function readServers(file: string): Map<string, Credential> {
  if (!existsSync(file)) return new Map()
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new UsageError(`Others can read ${file}: make it yours alone with: chmod 600 ${file}`)
  }
  const text = inFile(file, 'read', () => readFileSync(file, 'utf8'))
  try {
    const { servers } = JSON.parse(text) as { servers: Record<string, { token: string; is_own: boolean }> }
    return new Map(
      Object.entries(servers).flatMap(([server, { token, is_own }]) =>
        isAccessToken(token) ? [[server, { token, isOwn: is_own }]] : [],
      ),
    )
  } catch {
    // what it threw may quote the file
    throw new UsageError(`${file} is damaged: delete it, and sign in again with: rollcall login`)
  }
}

function writeServers(file: string, servers: ReadonlyMap<string, Credential>): void {
  const content = {
    servers: Object.fromEntries(
      [...servers].map(([server, { token, isOwn }]) => [server, { token, is_own: isOwn }]),
    ),
  }
  const temporary = `${file}.${randomUUID().slice(0, 8)}.new`
  inFile(file, 'written', () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    try {
      writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, {
        mode: 0o600,
        flag: 'wx',
        flush: true,
      })
      renameSync(temporary, file)
    } finally {
      rmSync(temporary, { force: true })
    }
  })
}

function inFile<T>(file: string, act: 'read' | 'written', work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new CommandError(`${file} could not be ${act} (${(error as NodeJS.ErrnoException).code}).`)
  }
}

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import { readSettings, startServer } from '@rollcall/server'
import type { SimulatedProvider } from '@rollcall/simulator'
import { LRUCache } from 'lru-cache'
import type { Target } from './contenders.ts'

/** What the bare server sends, and to whom. */
export interface BareContent {
  token: string
  etag: string
  plain: Buffer
  br: Buffer
}
type Role =
  | { role: 'rollcall'; environment: Record<string, string>; web: string | undefined }
  | { role: 'bare'; content: BareContent }

export interface ServerProcess {
  address: string
  /** Processor time so far, and memory held now after a collection. */
  usage(): Promise<{ cpuMs: number; rssMiB: number }>
  stop(): Promise<void>
}

/** Our server in a process of its own, asking a simulator; in a data folder of an earlier one, or in a new one. */
export async function startRollcall(
  target: Target,
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-bench-')),
  /** The folder of the web app, where it is wanted. */
  web?: string,
  settings: Record<string, string> = {},
): Promise<ServerProcess & { dataDir: string; stopOnly(): Promise<void> }> {
  const bases = PROVIDERS.map(({ key }) => [baseUrlVariable(key), target.bases[key as SimulatedProvider]])
  const environment = {
    PORT: '0',
    ROLLCALL_DATA_DIR: dataDir,
    ROLLCALL_CATALOGUE_URL: '',
    ...Object.fromEntries(bases),
    ...settings,
  }
  const server = await start({ role: 'rollcall', environment, web })
  return {
    ...server,
    dataDir,
    stopOnly: server.stop,
    async stop() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The least anybody can do: `node:http` that sends the same bytes after the same look at the token. */
export const startBare = (content: BareContent): Promise<ServerProcess> => start({ role: 'bare', content })

async function start(role: Role): Promise<ServerProcess> {
  const child = fork(fileURLToPath(import.meta.url), [], {
    execArgv: ['--expose-gc'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.send(role)
  const [address] = (await once(child, 'message')) as [string]
  return {
    address,
    async usage() {
      child.send('usage')
      const [usage] = (await once(child, 'message')) as [{ cpuMs: number; rssMiB: number }]
      return usage
    },
    stop: () => stop(child),
  }
}

async function stop(child: ChildProcess): Promise<void> {
  child.disconnect()
  await once(child, 'exit')
}

function listenBare({ token, etag, plain, br }: BareContent): Promise<string> {
  const known = new LRUCache<string, { expiresAt: number }>({ max: 20_000 })
  known.set(token, { expiresAt: Date.now() + 3_600_000 })
  const server = createServer((request, response) => {
    const bearer = /^Bearer +([\w.~+/-]{1,4096}=*)$/i.exec(request.headers.authorization ?? '')?.[1]
    const who = bearer === undefined ? undefined : known.get(bearer)
    if (!who || Date.now() >= who.expiresAt) {
      response.writeHead(401).end()
    } else if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end()
    } else if (request.headers['accept-encoding']?.includes('br')) {
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'br',
          'content-length': br.length,
          etag,
        })
        .end(br)
    } else {
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': plain.length, etag })
        .end(plain)
    }
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const [role] = (await once(process, 'message')) as [Role]
  let close = async (): Promise<void> => {}
  let address: string
  if (role.role === 'bare') address = await listenBare(role.content)
  else {
    const server = await startServer(
      readSettings(role.environment),
      role.web === undefined ? {} : { web: role.web },
    )
    address = server.address
    close = server.close
  }
  process.on('message', () => {
    globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMs: (user + system) / 1000, rssMiB: process.memoryUsage.rss() / 1024 / 1024 })
  })
  process.on('disconnect', async () => {
    await close()
    process.exit()
  })
  process.send(address)
}

import { randomInt } from 'node:crypto'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { BlackHole } from './black-hole.ts'
import { createBlackHole } from './black-hole.ts'
import type { CertificateKind, Certificates } from './certificates.ts'
import type { Connection } from './connection.ts'
import { createConnection } from './connection.ts'

/** What happens to whoever connects. */
export type Door =
  | { kind: 'open'; certificate?: CertificateKind }
  | { kind: 'old-tls' }
  | { kind: 'plain-http' }
  | { kind: 'silent' }
  | { kind: 'reset' }
  | { kind: 'closed' }
  | { kind: 'black-hole' }

export interface ProviderListener {
  port: number
  /** Resolves when it is in force for the next connection; those before it are cut. */
  setDoor(door: Door, connections?: number): Promise<void>
  isDoorOpen(): boolean
  cutConnections(): Promise<void>
  openConnections(): number
  close(): Promise<void>
}

export interface ListenerOptions {
  host: string
  /** 0 finds a free one. */
  port: number
  certificates: Certificates | undefined
  serve(connection: Connection, stream: Socket): void
}

const WELL: Door = { kind: 'open' }

/** A port whose behaviour towards new connections can be switched while its address stays. */
export async function createProviderListener(options: ListenerOptions): Promise<ProviderListener> {
  const { host, certificates, serve } = options
  const open = new Map<Socket, Connection>()
  const tlsServers = new Map<string, Server>()
  let door: Door = WELL
  let connectionsLeft = Number.POSITIVE_INFINITY
  let blackHole: BlackHole | undefined

  const server = createServer({ noDelay: true }, (socket) => {
    const connection = createConnection(socket)
    open.set(socket, connection)
    socket.once('close', () => open.delete(socket))
    const met = connectionsLeft > 0 ? door : WELL
    connectionsLeft -= 1
    if (met.kind === 'reset') socket.resetAndDestroy()
    else if (met.kind === 'silent') socket.resume()
    else if (!certificates || met.kind === 'plain-http') serve(connection, socket)
    else tlsServer(met, certificates).emit('connection', socket)
  })
  await listen(server, host, options.port)
  const { port } = server.address() as AddressInfo

  function tlsServer(met: Door, { identities }: Certificates): Server {
    const name = met.kind === 'open' ? (met.certificate ?? 'good') : met.kind
    const known = tlsServers.get(name)
    if (known) return known
    const identity = identities[met.kind === 'open' ? (met.certificate ?? 'good') : 'good']
    const made = createTlsServer({
      ...identity,
      ...(met.kind === 'old-tls' ? oldTls : {}),
      ALPNProtocols: ['http/1.1'],
    })
    made.on('secureConnection', (stream: TLSSocket) => {
      const connection = connectionFrom(stream.remotePort)
      if (connection) serve(connection, stream)
      else stream.destroy()
    })
    // A client that turns a bad certificate down ends here, and is right to.
    made.on('tlsClientError', (_error: Error, stream: TLSSocket) => stream.destroy())
    tlsServers.set(name, made)
    return made
  }

  function connectionFrom(remotePort: number | undefined): Connection | undefined {
    for (const [socket, connection] of open) if (socket.remotePort === remotePort) return connection
    return undefined
  }

  async function cutConnections(): Promise<void> {
    if (open.size === 0) return
    for (const socket of open.keys()) socket.destroy()
    // A client in this process must have seen the end before it is told that the change is in force.
    for (let turns = 0; turns < 3; turns++) await turn()
  }

  async function stopListening(): Promise<void> {
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    await cutConnections()
    await closed
  }

  return {
    port,
    async setDoor(next, connections = Number.POSITIVE_INFINITY) {
      const wasWell = door === WELL
      door = next.kind === 'open' && next.certificate === undefined ? WELL : next
      connectionsLeft = connections
      if (wasWell && door === WELL) return
      await blackHole?.close()
      blackHole = undefined
      if (next.kind === 'closed' || next.kind === 'black-hole') await stopListening()
      if (next.kind === 'black-hole') blackHole = await createBlackHole(host, port)
      else if (next.kind !== 'closed' && !server.listening) await listenAgain(server, host, port)
      await cutConnections()
    },
    isDoorOpen: () => door === WELL,
    cutConnections,
    openConnections: () => open.size,
    async close() {
      await blackHole?.close()
      blackHole = undefined
      await stopListening()
    },
  }
}

/** OpenSSL only speaks TLS 1.1 at its lowest security level. */
const oldTls: SecureContextOptions = {
  minVersion: 'TLSv1.1',
  maxVersion: 'TLSv1.1',
  ciphers: 'DEFAULT@SECLEVEL=0',
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function tryListen(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      resolve(undefined)
    })
  })
}

/** Below every system's range for outgoing connections, which could otherwise take a port we closed. */
const FIRST_PORT = 18_000
const LAST_PORT = 32_000
const ATTEMPTS = 50

export async function listen(server: Server, host: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const failure = await tryListen(server, host, port === 0 ? randomInt(FIRST_PORT, LAST_PORT) : port)
    if (failure === undefined) return
    if (port !== 0 || failure !== 'EADDRINUSE')
      throw new Error(`Cannot listen on ${host}:${port}: ${failure}`)
  }
  const failure = await tryListen(server, host, 0)
  if (failure !== undefined) throw new Error(`Cannot listen on ${host}: ${failure}`)
}

/** The kernel may hold the port for an instant after a black hole. */
async function listenAgain(server: Server, host: string, port: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const failure = await tryListen(server, host, port)
    if (failure === undefined) return
    if (attempt === ATTEMPTS) throw new Error(`Cannot listen on ${host}:${port} again: ${failure}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

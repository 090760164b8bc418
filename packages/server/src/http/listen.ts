import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { StartError } from '../start-error.ts'

const LIMITS: ListenLimits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 2_000,
  // longer than what proxies keep, so that the proxy closes first
  keepAliveTimeout: 75_000,
}
const MOST_CONNECTIONS = 4_096

export type ListenLimits = Required<
  Pick<
    ServerOptions,
    'maxHeaderSize' | 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval' | 'keepAliveTimeout'
  >
>

/** Connections without a request so far, as browsers open them ahead; Node does not count them as idle. */
const unused = new WeakMap<Server, Set<Socket>>()

/** Listens with every limit of its own: safe without a proxy before it. */
export async function listen(
  host: string,
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  limits: Partial<ListenLimits> = {},
): Promise<{ server: Server; address: string }> {
  const server = createServer({ ...LIMITS, ...limits }, handle)
  server.maxConnections = MOST_CONNECTIONS
  const withoutRequest = new Set<Socket>()
  unused.set(server, withoutRequest)
  server.on('connection', (socket) => {
    withoutRequest.add(socket)
    socket.once('close', () => withoutRequest.delete(socket))
  })
  server.on('request', ({ socket }) => withoutRequest.delete(socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toStartError(error, host, port)))
    server.listen(port, host, resolve)
  })
  const bound = server.address() as AddressInfo
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return { server, address: `http://${name}:${bound.port}` }
}

/** Takes no new connections, lets what is under way finish, and ends what does not within `patienceMs`. */
export async function drain(server: Server, patienceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const closeIdle = () => {
    server.closeIdleConnections()
    for (const socket of unused.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy()
  }
  closeIdle()
  // a connection that has just answered would be kept
  const sweep = setInterval(closeIdle, 50)
  const impatience = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(impatience)
}

function toStartError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`PORT ${port} is taken by another program: stop it or choose another PORT.`)
    case 'EACCES':
      return new StartError(`PORT ${port} may not be used by this user: choose one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`HOST ${host} is no address of this machine.`)
    default:
      return error
  }
}

import type { Socket } from 'node:net'
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import type { Proxies } from './proxies.ts'
import { createLookup } from './resolve-host.ts'
import { markAsProxyError } from './transport-failure.ts'

export interface NetworkOptions {
  proxies?: Proxies
  /** For TCP and TLS together. */
  connectTimeoutMs?: number
  lookupTimeoutMs?: number
  /** Name servers as `address:port`; the system's where absent. */
  nameServers?: readonly string[]
}

const HEADER_BYTES = 16 * 1024
/** Shorter than what servers keep, so that few kept connections turn out to be dead. */
const KEEP_ALIVE_MS = 30_000
/** What one of several addresses gets before the next is tried: also a satellite link answers within. */
const ATTEMPT_MS = 600

type Connector = ReturnType<typeof buildConnector>

/** The connections, direct or through a proxy, with all that is to be known about them. */
export function createAgent({
  proxies,
  connectTimeoutMs = 3_000,
  lookupTimeoutMs = 2_000,
  nameServers,
}: NetworkOptions) {
  const connecting = {
    timeout: connectTimeoutMs,
    allowH2: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: Math.min(ATTEMPT_MS, connectTimeoutMs),
    lookup: createLookup({ timeoutMs: lookupTimeoutMs, ...(nameServers ? { servers: nameServers } : {}) }),
  }
  const settings = {
    maxHeaderSize: HEADER_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // one deadline for all is the caller's signal: these would begin anew at every byte
    headersTimeout: 0,
    bodyTimeout: 0,
  }
  const opened = new Map<string, number>()
  const pending = new Map<string, Set<Socket>>()
  const plainConnect = buildConnector(connecting)

  const connect: Connector = (target, callback) => {
    const origin = `${target.protocol}//${target.host}`
    opened.set(origin, (opened.get(origin) ?? 0) + 1)
    const sockets = pending.get(origin) ?? new Set()
    pending.set(origin, sockets)
    // undici's connectors give their socket back, which its types do not say
    const socket = plainConnect(target, (error, connected) => {
      sockets.delete(socket)
      if (error) callback(error, null)
      else callback(null, connected as Socket)
    }) as unknown as Socket
    sockets.add(socket)
    return socket
  }

  const direct = new Agent({ ...settings, connect })
  const proxied: Dispatcher = proxies?.httpsProxy
    ? new EnvHttpProxyAgent({
        ...settings,
        ...proxies,
        httpProxy: '',
        connect,
        requestTls: connecting,
        proxyTls: connecting,
        // the proxy's own troubles are told as such, and it has as long to open a tunnel as a host to connect
        clientFactory: (origin, options) =>
          new Pool(origin, {
            ...options,
            headersTimeout: connectTimeoutMs,
            connect: markAsProxyError((options as { connect: Connector }).connect),
          }),
      })
    : direct

  return {
    /** Plain http is only spoken with this machine: no proxy has anything to do with it. */
    for: (origin: string): Dispatcher => (origin.startsWith('http:') ? direct : proxied),
    /** How many direct connections were begun. */
    openedFor: (origin: string): number => opened.get(origin) ?? 0,
    dropConnecting(origin: string): void {
      // with an error, so that the client learns of it
      for (const socket of pending.get(origin) ?? []) socket.destroy(new Error('nobody waits any more'))
      pending.delete(origin)
    },
    destroy: async (): Promise<void> => {
      await Promise.all([direct.destroy(), proxied.destroy()])
    },
  }
}

import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Behaviour } from './behaviour.ts'
import { certificates } from './certificates.ts'
import type { Connection } from './connection.ts'
import { answerControl } from './control.ts'
import { faultOf } from './faults/index.ts'
import { modelsOf, paddingFor } from './model-source.ts'
import type { ProviderListener } from './provider-listener.ts'
import { createProviderListener, listen } from './provider-listener.ts'
import { standIns } from './providers/index.ts'
import type { ProviderState } from './serve.ts'
import { serve } from './serve.ts'
import type { SimulatedProvider } from './simulated-provider.ts'
import { perProvider, SIMULATED_PROVIDERS } from './simulated-provider.ts'
import type { ListSize } from './stand-in.ts'

export interface SimulatorOptions {
  /** Default 127.0.0.1. */
  host?: string
  /** 0 (default) puts every listener on a free port; N puts control on N, the providers on N+1 to N+9. */
  port?: number
  /** Providers speak https, with a certificate for localhost, 127.0.0.1 and *.simulated.test from an authority made at start. */
  tls?: boolean
  /** Lists as long as the real ones (default), or 4 to 8 models each with every oddity. */
  size?: ListSize
  /** Pads the lists with generated models until all together hold about this many. */
  modelCount?: number
  /** Providers that page never give more than this per page, whatever is asked. */
  pageSizeCap?: number
  /** Time before the first byte of every answer. */
  latencyMs?: number | Partial<Record<SimulatedProvider, number>>
  /** Time from the head of a streamed answer to its first token. Default 0. */
  firstTokenMs?: number
  /** Time between two tokens. Default 0. */
  tokenMs?: number
  /** Default true: gzip where the request accepts it. */
  compress?: boolean
}

/** A request as the simulator saw it. Header values are never kept: one of them is a key. */
export interface SeenRequest {
  provider: SimulatedProvider
  method: string
  /** With its query. */
  path: string
  headerNames: string[]
  /** performance.now() */
  at: number
  connectionId: number
  /** What was posted, where that was a short JSON object. */
  body?: Record<string, unknown>
}

export interface Simulator {
  controlUrl: string
  /** What a client takes as each provider's base address. */
  bases: Record<SimulatedProvider, string>
  /** A key each provider accepts. */
  keys: Record<SimulatedProvider, string>
  catalogueUrl: string
  /** Only with tls. */
  caCertificatePem?: string
  /** Replaces a provider's behaviour; resolves when it is in force. */
  set(provider: SimulatedProvider, behaviour: Behaviour): Promise<void>
  behaviours(): Record<SimulatedProvider, Behaviour>
  /** All providers are well again, and the request log is empty. */
  reset(): Promise<void>
  requests: SeenRequest[]
  /** Sockets open right now. */
  openConnections(provider?: SimulatedProvider): number
  /** Frees every socket, timer and worker. */
  close(): Promise<void>
}

const KEEP_ALIVE_MS = 60_000
const MOST_REQUESTS_KEPT = 50_000
const REQUESTS_DROPPED_AT_ONCE = 10_000
const MOST_BODY_CHARS_KEPT = 4_000

interface Running {
  state: ProviderState
  listener: ProviderListener
  /** The change of behaviour under way, if any. */
  settled: Promise<void>
}

export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, tls = false } = options
  const secured = tls ? await certificates() : undefined
  const requests: SeenRequest[] = []
  const origins = new WeakMap<Socket, { provider: SimulatedProvider; connection: Connection }>()
  const states = createStates(options)

  // It never listens itself: the providers' listeners hand their sockets to it.
  const httpServer = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 },
    (request, response) => {
      const origin = origins.get(request.socket)
      if (!origin) {
        request.socket.destroy()
        return
      }
      const { provider, connection } = origin
      if (requests.length >= MOST_REQUESTS_KEPT) requests.splice(0, REQUESTS_DROPPED_AT_ONCE)
      const seen: SeenRequest = {
        provider,
        method: request.method ?? '',
        path: request.url ?? '',
        headerNames: Object.keys(request.headers),
        at: performance.now(),
        connectionId: connection.id,
      }
      requests.push(seen)
      const keepBody = (body: SeenRequest['body']) => {
        if (body && JSON.stringify(body).length <= MOST_BODY_CHARS_KEPT) seen.body = body
      }
      serve(states[provider], connection, request, response, keepBody).catch((error: unknown) =>
        response.destroy(error as Error),
      )
    },
  )

  const control = createServer((request, response) => answerControl(simulator, request, response))
  const started: Running[] = []
  const running = {} as Record<SimulatedProvider, Running>
  try {
    await listen(control, host, port)
    await Promise.all(
      SIMULATED_PROVIDERS.map(async (provider, position) => {
        const listener = await createProviderListener({
          host,
          port: port === 0 ? 0 : port + 1 + position,
          certificates: secured,
          serve(connection, stream) {
            origins.set(stream, { provider, connection })
            httpServer.emit('connection', stream)
          },
        })
        running[provider] = { state: states[provider], listener, settled: Promise.resolve() }
        started.push(running[provider])
      }),
    )
  } catch (error) {
    await closeAll(control, started)
    throw error
  }

  const name = host.includes(':') ? `[${host}]` : host
  const controlUrl = `http://${name}:${(control.address() as AddressInfo).port}`
  const origin = tls ? 'https://localhost' : `http://${name}`

  const simulator: Simulator = {
    controlUrl,
    bases: perProvider(
      (provider) => `${origin}:${running[provider].listener.port}${standIns[provider].basePath}`,
    ),
    keys: perProvider((provider) => standIns[provider].key),
    catalogueUrl: `${controlUrl}/models.dev/api.json`,
    ...(secured ? { caCertificatePem: secured.caPem } : {}),
    requests,
    set: (provider, behaviour) => behave(running[provider], behaviour),
    behaviours: () => perProvider((provider) => states[provider].behaviour),
    async reset() {
      await Promise.all(SIMULATED_PROVIDERS.map((provider) => behave(running[provider], {})))
      requests.length = 0
    },
    openConnections: (provider) =>
      started
        .filter(({ state }) => provider === undefined || state.standIn.id === provider)
        .reduce((sum, { listener }) => sum + listener.openConnections(), 0),
    close: () => closeAll(control, started),
  }
  return simulator
}

function createStates(options: SimulatorOptions): Record<SimulatedProvider, ProviderState> {
  const {
    size = 'realistic',
    latencyMs = 0,
    pageSizeCap = Number.POSITIVE_INFINITY,
    compress = true,
    firstTokenMs = 0,
    tokenMs = 0,
  } = options
  const padding = paddingFor(size, options.modelCount)
  return perProvider((provider) => ({
    standIn: standIns[provider],
    models: modelsOf(provider, size, padding[provider]),
    listName: `${provider} ${size} ${padding[provider]}`,
    pageSizeCap,
    latencyMs: typeof latencyMs === 'number' ? latencyMs : (latencyMs[provider] ?? 0),
    pace: { firstTokenMs, tokenMs },
    compress,
    behaviour: {},
    occurrences: 0,
  }))
}

/** Changes of one provider follow each other, however they are called. */
function behave(running: Running, behaviour: Behaviour): Promise<void> {
  const changed = running.settled.then(() => change(running, behaviour))
  // Whoever asked for this change hears of its failure; the next one starts afresh.
  running.settled = changed.catch(() => {})
  return changed
}

async function change({ state, listener }: Running, behaviour: Behaviour): Promise<void> {
  const previous = state.behaviour.fault
  state.behaviour = behaviour
  state.occurrences = 0
  const fault = behaviour.fault ? faultOf(behaviour.fault) : undefined
  await listener.setDoor(fault && 'door' in fault ? fault.door : { kind: 'open' }, behaviour.times)
  // A fault may have left sockets half answered; none of them may meet the new behaviour.
  if (previous !== undefined) await listener.cutConnections()
}

async function closeAll(control: Server, started: Running[]): Promise<void> {
  const controlClosed = new Promise((resolve) => control.close(resolve))
  control.closeAllConnections()
  await Promise.all([controlClosed, ...started.map(({ listener }) => listener.close())])
}

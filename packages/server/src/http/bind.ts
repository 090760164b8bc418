import type { HttpBindings } from '@hono/node-server'
import {
  type Access,
  ENDPOINTS,
  type Endpoint,
  type EndpointName,
  type Endpoints,
} from '@rollcall/core/schema'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import type { z } from 'zod'
import type { Log } from '../log.ts'
import { Refusal } from '../refusal.ts'
import { isOwnerGone, isStorageTrouble } from '../storage/storage-trouble.ts'
import { bearerOf } from './bearer.ts'
import type { ClientAddress, ReadClientAddress } from './client-address.ts'
import { answerElsewhere, isReading } from './elsewhere.ts'
import { readRequest } from './read-request.ts'
import { securityHeaders } from './security-headers.ts'
import { toErrorResponse, toJsonResponse } from './to-response.ts'
import type { AnswerWithWebFile } from './web-files.ts'
import { refuseAccess, type Who } from './who.ts'

type Output<E, K extends 'params' | 'query' | 'body'> = E extends { [key in K]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined
type Answered<E> = E extends { answer: infer A extends z.ZodType } ? z.input<A> : undefined

/** A request that was let in, read and found well formed. */
export interface Request<N extends EndpointName> {
  params: Output<Endpoints[N], 'params'>
  query: Output<Endpoints[N], 'query'>
  body: Output<Endpoints[N], 'body'>
  /** Undefined only at public endpoints. */
  who: Endpoints[N]['access'] extends 'public' ? undefined : Who
  client: ClientAddress
  /** Aborted when the caller goes away. */
  signal: AbortSignal
  /** For cookies and headers. */
  context: AppContext
}

interface AppEnvironment {
  Bindings: HttpBindings
  Variables: { requestId: string; client: ClientAddress; route: string; who: Who | undefined }
}
export type AppContext = Context<AppEnvironment>
export type HttpApp = Hono<AppEnvironment>
/** The answer's JSON, undefined for 204, a refusal, or a whole response where it is not JSON. */
type Handler<N extends EndpointName> = (
  request: Request<N>,
) => Promise<Answered<Endpoints[N]> | Refusal | Response> | Answered<Endpoints[N]> | Refusal | Response
export type Handlers = { [N in EndpointName]: Handler<N> }

export interface HttpPorts {
  log: Log
  clientAddress: ReadClientAddress
  nextRequestId: () => string
  authenticate(token: string): Promise<Who | Refusal>
  /** Undefined where this call is within the limits. */
  /** The web app, where this server has it. */
  webFile?: AnswerWithWebFile | undefined
  limit(name: EndpointName, client: ClientAddress, who: Who | undefined): Promise<Refusal | undefined>
}

/** Every row of the table as a route: one way in for all. */
export function createHttpApp(handlers: Handlers, ports: HttpPorts): HttpApp {
  const app: HttpApp = new Hono()
  app.use(async (context, next) => {
    const startedAt = performance.now()
    context.set('requestId', ports.nextRequestId())
    context.set('client', ports.clientAddress(context.env.incoming))
    context.set('route', 'none')
    await next()
    // a 304 shows nothing: what it confirms came with them
    const guards = context.res.status === 304 ? [] : securityHeaders(context.get('client'))
    for (const [name, value] of guards) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value)
    }
    context.res.headers.set('x-request-id', context.get('requestId'))
    ports.log[context.res.status >= 400 ? 'info' : 'debug']({
      event: 'request',
      request_id: context.get('requestId'),
      method: context.req.method,
      route: context.get('route'),
      status: context.res.status,
      ms: Math.round(performance.now() - startedAt),
      ip: context.get('client').ip,
      user_id: context.get('who')?.userId,
    })
  })
  app.use(compress({ threshold: 1024 }))
  app.onError((error, context) => {
    if (isOwnerGone(error)) {
      return toErrorResponse(
        context,
        new Refusal('conflict', 'What this would belong to was deleted in the same moment.'),
      )
    }
    const isTrouble = isStorageTrouble(error)
    ports.log.bug(error, {
      event: isTrouble ? 'storage_trouble' : 'bug',
      request_id: context.get('requestId'),
    })
    return toErrorResponse(
      context,
      isTrouble
        ? new Refusal(
            'unavailable',
            'The database does not answer right now: try again shortly, and look first whether it was done.',
            { retryAfterSeconds: 5 },
          )
        : Refusal.ofBug(context.get('requestId')),
    )
  })
  for (const name of Object.keys(ENDPOINTS) as EndpointName[]) {
    const endpoint: Endpoint = ENDPOINTS[name]
    const handle = (context: AppContext) =>
      answer(context, name, handlers[name] as Handler<EndpointName>, ports)
    for (const path of [endpoint.path, endpoint.alsoAt]) {
      if (path) app.on(endpoint.method, path.replace(/\{(\w+)\}/g, ':$1'), handle)
    }
  }
  app.notFound((context) => answerElsewhere(app, context, ports.webFile))
  return app
}

async function answer(
  context: AppContext,
  name: EndpointName,
  handler: Handler<EndpointName>,
  ports: HttpPorts,
): Promise<Response> {
  const endpoint: Endpoint = ENDPOINTS[name]
  const client = context.get('client')
  context.set('route', endpoint.path)
  const foreign = refuseCrossSite(context, client)
  if (foreign) return toErrorResponse(context, foreign)
  const who = await identify(context, endpoint.access, ports)
  if (who instanceof Refusal) return toErrorResponse(context, who)
  context.set('who', who)
  const limited = await ports.limit(name, client, who)
  if (limited) return toErrorResponse(context, limited)
  const read = await readRequest(context, endpoint)
  if (read instanceof Refusal) return toErrorResponse(context, read)
  // there is no reader to tell anything to
  if (context.req.method === 'HEAD' && endpoint.media)
    return context.body(null, 200, { 'content-type': endpoint.media, 'cache-control': 'no-store' })
  const result = await handler({
    ...read,
    who,
    client,
    signal: context.req.raw.signal,
    context,
  } as Request<EndpointName>)
  if (result instanceof Refusal) return toErrorResponse(context, result)
  if (result instanceof Response) return result
  return result === undefined
    ? context.body(null, 204, { 'cache-control': 'no-store' })
    : toJsonResponse(context, result, endpoint.status as 200)
}

async function identify(
  context: AppContext,
  access: Access,
  { authenticate }: HttpPorts,
): Promise<Who | Refusal | undefined> {
  if (access === 'public') return undefined
  const token = bearerOf(context.req.header('authorization'))
  if (token === undefined) {
    return new Refusal('unauthenticated', 'Sign in first: this wants an "Authorization: Bearer" header.')
  }
  const who = await authenticate(token)
  if (who instanceof Refusal) return who
  return refuseAccess(who, access) ?? who
}

/** A page of another site may not change anything here, whatever the browser sends along. */
function refuseCrossSite(context: AppContext, client: ClientAddress): Refusal | undefined {
  if (isReading(context)) return undefined
  const origin = context.req.header('origin')
  const site = context.req.header('sec-fetch-site')
  const isForeign = (origin !== undefined && origin !== client.origin) || site === 'cross-site'
  return isForeign
    ? new Refusal(
        'cross_site',
        'This comes from a page of another site. Behind a reverse proxy, set ROLLCALL_PUBLIC_URL to the address people type.',
      )
    : undefined
}

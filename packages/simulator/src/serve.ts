import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Behaviour } from './behaviour.ts'
import type { Connection } from './connection.ts'
import type { Exchange } from './exchange.ts'
import { type Pace, sendWell } from './exchange.ts'
import { faultOf } from './faults/index.ts'
import { readBody } from './read-body.ts'
import type { Entry, RequestView, StandIn } from './stand-in.ts'
import type { WellAnswer } from './well-answer.ts'
import { wellAnswer } from './well-answer.ts'

/** One provider of one simulator: its lists, and how it behaves right now. */
export interface ProviderState {
  standIn: StandIn
  models: Entry[]
  /** Tells lists of different sizes apart in the cache of bodies. */
  listName: string
  pageSizeCap: number
  latencyMs: number
  pace: Pace
  compress: boolean
  behaviour: Behaviour
  /** How many requests the behaviour has met. */
  occurrences: number
}

/** Answers one request as the provider now behaves. */
export async function serve(
  state: ProviderState,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
  keepBody: (body: Record<string, unknown> | undefined) => void,
): Promise<void> {
  connection.requestCount += 1
  const body = request.method === 'POST' ? await readBody(request) : undefined
  keepBody(body)
  const view = viewOf(request, body)
  const { standIn, models, pageSizeCap, behaviour } = state
  const answerTo = (asked: RequestView) => wellAnswer(standIn, models, asked, pageSizeCap, behaviour.tokens)
  const well = answerTo(view)
  const isMet = isBehaviourMet(state, view, well)
  if (isMet) state.occurrences += 1
  const exchange: Exchange = {
    standIn,
    view,
    request,
    response,
    connection,
    behaviour,
    occurrence: state.occurrences,
    well,
    answerTo,
    bodyName: bodyName(state, view, well),
    compress: state.compress,
    pace: isMet ? { ...state.pace, ...paceOf(behaviour) } : state.pace,
  }
  const latencyMs = isMet ? (behaviour.latencyMs ?? state.latencyMs) : state.latencyMs
  if (latencyMs > 0) await new Promise<void>((resolve) => connection.after(latencyMs, resolve))
  const fault = isMet && behaviour.fault ? faultOf(behaviour.fault) : undefined
  if (fault?.level === 'http') await fault.play(exchange)
  else await sendWell(exchange)
}

function paceOf({ firstTokenMs, tokenMs }: Behaviour): Partial<Pace> {
  return {
    ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
    ...(tokenMs === undefined ? {} : { tokenMs }),
  }
}

function viewOf(request: IncomingMessage, body: Record<string, unknown> | undefined): RequestView {
  const scheme = 'encrypted' in request.socket ? 'https' : 'http'
  const origin = `${scheme}://${request.headers.host ?? 'localhost'}`
  const target = request.url ?? '/'
  const mark = target.indexOf('?')
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark)),
    headers: request.headers,
    origin,
    now: Math.floor(Date.now() / 1000),
    body,
  }
}

function isBehaviourMet(
  { behaviour, occurrences }: ProviderState,
  view: RequestView,
  well: WellAnswer,
): boolean {
  if (occurrences >= (behaviour.times ?? Number.POSITIVE_INFINITY)) return false
  if (behaviour.path !== undefined && !view.path.endsWith(behaviour.path)) return false
  if (behaviour.page === undefined) return true
  return well.kind === 'list' && Math.floor(well.start / well.size) + 1 === behaviour.page
}

function bodyName(state: ProviderState, view: RequestView, well: WellAnswer): string | undefined {
  if (well.kind !== 'list') return undefined
  const { route, page } = well
  const origin = page.next && route.paging?.render ? view.origin : ''
  const second = route.changesEverySecond ? view.now : ''
  return [state.listName, route.path, view.query, state.pageSizeCap, origin, second].join(' ')
}

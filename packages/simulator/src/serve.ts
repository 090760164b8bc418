import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Behaviour } from './behaviour.ts'
import type { Connection } from './connection.ts'
import type { Exchange } from './exchange.ts'
import { sendWell } from './exchange.ts'
import { FAULTS } from './faults/index.ts'
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
): Promise<void> {
  connection.requestCount += 1
  const view = viewOf(request)
  const { standIn, models, pageSizeCap, behaviour } = state
  const answerTo = (asked: RequestView) => wellAnswer(standIn, models, asked, pageSizeCap)
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
  }
  const latencyMs = isMet ? (behaviour.latencyMs ?? state.latencyMs) : state.latencyMs
  if (latencyMs > 0) await new Promise<void>((resolve) => connection.after(latencyMs, resolve))
  const fault = isMet && behaviour.fault ? FAULTS[behaviour.fault] : undefined
  if (fault?.level === 'http') await fault.play(exchange)
  else await sendWell(exchange)
}

function viewOf(request: IncomingMessage): RequestView {
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

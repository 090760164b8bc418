import { type ChatAnswer, type ChatQuestion, makeAnswer } from './chat/chat-answer.ts'
import type { ChatApi } from './chat/chat-api.ts'
import type { Entry, FixedAnswer, ListRoute, Page, Paging, RequestView, StandIn } from './stand-in.ts'

/** A good list answer, still in parts, so that a fault can spoil exactly one of them. */
export interface ListAnswer {
  kind: 'list'
  route: ListRoute
  page: Page
  /** The entries of all pages. */
  all: Entry[]
  /** Where this page starts in them. */
  start: number
  /** How many entries a page may hold. */
  size: number
  headers: Record<string, string>
}

/** A model's answer, still no bytes, so that a fault can spoil what it says and how it is sent. */
export interface ModelAnswer {
  kind: 'chat'
  api: ChatApi
  question: ChatQuestion
  answer: ChatAnswer
  headers: Record<string, string>
}

export type WellAnswer = ListAnswer | ModelAnswer | ({ kind: 'fixed' } & FixedAnswer)

/** What the provider answers on a good day: a list, a model's answer, or its own complaint about the request. */
export function wellAnswer(
  standIn: StandIn,
  models: Entry[],
  request: RequestView,
  pageSizeCap: number,
  /** Of tokens; undefined where it depends on the question. */
  answerLength?: number,
): WellAnswer {
  const chat = standIn.chats.find((candidate) => candidate.matches(request.path))
  if (chat) return modelAnswer(standIn, chat, models, request, answerLength)
  const route = standIn.routes.find((candidate) => candidate.path === request.path)
  if (!route) return shaped(standIn, 404, `No resource at ${request.path}`)
  if (request.method !== 'GET') return shaped(standIn, 405, 'Method not allowed')
  const refusal = standIn.refuse?.(request)
  if (refusal) return { kind: 'fixed', ...refusal }
  const isPublic = route.kind === 'list' && route.isPublic === true
  const complaint = isPublic ? undefined : keyComplaint(standIn, request)
  if (complaint) {
    const status = (route.kind === 'list' && route.badKeyStatus) || complaint.status
    return { kind: 'fixed', ...complaint, status }
  }
  if (route.kind === 'fixed') return { kind: 'fixed', status: 200, body: route.body }
  return listAnswer(standIn, route, models, request, pageSizeCap)
}

function modelAnswer(
  standIn: StandIn,
  api: ChatApi,
  models: Entry[],
  request: RequestView,
  answerLength: number | undefined,
): WellAnswer {
  if (request.method !== 'POST') return shaped(standIn, 405, 'Method not allowed')
  const refusal = standIn.refuse?.(request) ?? keyComplaint(standIn, request, api)
  if (refusal) return { kind: 'fixed', ...refusal }
  const question = request.body && api.read(request.body, request)
  if (!question) return shaped(standIn, 400, 'The request lacks something that is required')
  if (!isListed(standIn, models, question.model)) {
    return { kind: 'fixed', ...api.unknownModel(question.model) }
  }
  const headers = question.isStreamed ? { 'content-type': api.streamType } : {}
  return { kind: 'chat', api, question, answer: makeAnswer(question, answerLength), headers }
}

/** The ids of every list that was asked about: thousands, and the same ones each time. */
const knownIds = new WeakMap<Entry[], Set<unknown>>()

function isListed({ routes }: StandIn, models: Entry[], model: string): boolean {
  const list = routes.find((route) => route.kind === 'list')
  if (!list) return false
  const known = knownIds.get(models) ?? new Set(models.map((entry) => entry[list.idField]))
  knownIds.set(models, known)
  return known.has(model) || known.has(`${list.idPrefix ?? ''}${model}`)
}

function shaped(standIn: StandIn, status: number, message: string): WellAnswer {
  return { kind: 'fixed', status, body: standIn.errors.shape(status, message) }
}

function keyComplaint(standIn: StandIn, request: RequestView, api?: ChatApi): FixedAnswer | undefined {
  const key = standIn.readKey(request.headers)
  if (key === undefined) return standIn.errors.missingKey()
  return /bad|invalid/i.test(key) ? (api?.badKey?.() ?? standIn.errors.badKey(key)) : undefined
}

function listAnswer(
  standIn: StandIn,
  route: ListRoute,
  models: Entry[],
  request: RequestView,
  pageSizeCap: number,
): WellAnswer {
  const all = route.select(models, request)
  const headers = route.headers ?? {}
  if (!route.paging) {
    const page = { entries: all, total: all.length }
    return { kind: 'list', route, page, all, start: 0, size: all.length, headers }
  }
  const size = pageSize(route.paging, request, pageSizeCap)
  if (size === undefined) return shaped(standIn, 400, `${route.paging.sizeParameter} is out of range`)
  const start = pageStart(route, all, request)
  if (start === undefined) return shaped(standIn, 400, `${route.paging.cursorParameter} is not valid`)
  return { kind: 'list', route, page: pageAt(route, all, start, size, request), all, start, size, headers }
}

/** The page of `entries` that starts at `start`, with what leads to the one after it. */
export function pageAt(
  route: ListRoute,
  entries: Entry[],
  start: number,
  size: number,
  request: RequestView,
): Page {
  const shown = entries.slice(start, start + size)
  const page: Page = { entries: shown, total: entries.length }
  if (!route.paging || start + size >= entries.length) return page
  return { ...page, next: nextOf(route, start + size, String(shown.at(-1)?.[route.idField]), request) }
}

export function nextOf(route: ListRoute, offset: number, idBefore: string, request: RequestView): string {
  const cursor = route.paging?.cursorFor(offset, idBefore) ?? ''
  return rendered(route, cursor, request)
}

export function rendered(route: ListRoute, cursor: string, request: RequestView): string {
  return route.paging?.render?.(cursor, request) ?? cursor
}

function pageSize(paging: Paging, request: RequestView, cap: number): number | undefined {
  const asked = request.query.get(paging.sizeParameter)
  // A page is asked for by either parameter; the other then takes its default.
  const isWhole = paging.defaultSize === Number.POSITIVE_INFINITY && request.query.has(paging.cursorParameter)
  const standard = isWhole ? 500 : paging.defaultSize
  if (asked === null || asked === '') return Math.min(standard, cap)
  const size = Number(asked)
  if (!Number.isInteger(size) || size < 1) return undefined
  if (size > paging.maxSize && paging.refusesLargerSize) return undefined
  return Math.min(size, paging.maxSize, cap)
}

function pageStart(route: ListRoute, all: Entry[], request: RequestView): number | undefined {
  const cursor = request.query.get(route.paging?.cursorParameter ?? '')
  if (!cursor || !route.paging) return 0
  // An injected tail (fault H4-injection) still leads on, so that a careful client gets every page.
  const [clean = ''] = cursor.split('&')
  return route.paging.offsetOf(clean, (id) => all.findIndex((entry) => entry[route.idField] === id))
}

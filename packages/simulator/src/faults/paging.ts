import type { Exchange } from '../exchange.ts'
import { hostileUrl, sendFixed, sendPage, sendText } from '../exchange.ts'
import type { Entry } from '../stand-in.ts'
import type { ListAnswer } from '../well-answer.ts'
import { nextOf, pageAt, rendered } from '../well-answer.ts'
import type { HttpFault } from './fault.ts'
import { onList } from './list-fault.ts'

const ENDLESS_PAGE = 20
const OVERLAP = 2
const LONG_CURSOR_BYTES = 1024 * 1024
const HEAVY_PAGE = 9
const HEAVY_CHARS = 1.5 * 1024 * 1024

type Play = (exchange: Exchange, list: ListAnswer) => void

/** A fault of page links. Providers without pages answer well, with links that mean nothing to them. */
export function paged(row: string, title: string, play: Play): HttpFault {
  return onList(row, title, (exchange, list) => (list.route.paging ? play : meaninglessLinks)(exchange, list))
}

function meaninglessLinks(exchange: Exchange, { route, page }: ListAnswer): void {
  const next = hostileUrl(exchange)
  const links = { has_more: true, next_page_token: 'more', nextPageToken: 'more', links: { next } }
  const body = route.envelope(page)
  const linked = route.listField ? { ...(body as object), ...links } : body
  sendText(exchange, JSON.stringify(linked), { link: `<${next}>; rel="next"` })
}

/** Small enough pages that there are at least this many, however short the list is. */
function sizeFor({ all, size }: ListAnswer, pages: number): number {
  return Math.max(1, Math.min(size, Math.ceil(all.length / pages)))
}

function endless(exchange: Exchange, list: ListAnswer, pageSize = ENDLESS_PAGE, more: Entry = {}): void {
  const { route, all, start } = list
  const size = Math.min(list.size, pageSize)
  const entries = Array.from({ length: size }, (_, position) => {
    const index = start + position
    return { ...(all[index] ?? exchange.standIn.filler(index)), ...more }
  })
  const lastId = String(entries.at(-1)?.[route.idField])
  sendPage(exchange, list, {
    entries,
    total: start + size * 2,
    next: nextOf(route, start + size, lastId, exchange.view),
  })
}

/** Each page is short, and yet large. */
function endlessAndHeavy(exchange: Exchange, list: ListAnswer): void {
  endless(exchange, list, HEAVY_PAGE, { description: 'x'.repeat(HEAVY_CHARS) })
}

function linkTo(exchange: Exchange, { route, all }: ListAnswer, offset: number): string {
  return nextOf(route, offset, String(all[offset - 1]?.[route.idField]), exchange.view)
}

/** Page one leads to page two, and page two to itself. */
function repeating(exchange: Exchange, list: ListAnswer): void {
  const size = sizeFor(list, 2)
  const page = pageAt(list.route, list.all, list.start, size, exchange.view)
  sendPage(exchange, list, { ...page, next: linkTo(exchange, list, size) })
}

/** Page two leads to page three, and page three back to page two. */
function cycling(exchange: Exchange, list: ListAnswer): void {
  const size = sizeFor(list, 3)
  const page = pageAt(list.route, list.all, list.start, size, exchange.view)
  const isThird = list.start >= size * 2
  sendPage(exchange, list, { ...page, next: linkTo(exchange, list, isThird ? size : list.start + size) })
}

/** Half the list, with a link that is not what it should be; after it the rest. */
function strangeLink(link: (good: string, exchange: Exchange) => string): Play {
  return (exchange, list) => {
    const size = sizeFor(list, 2)
    const page = pageAt(list.route, list.all, list.start, size, exchange.view)
    if (list.start > 0 || page.next === undefined) return sendPage(exchange, list, page)
    sendPage(exchange, list, { ...page, next: link(page.next, exchange) })
  }
}

function failingSecondPage(exchange: Exchange, list: ListAnswer): void {
  if (list.start === 0) {
    sendPage(exchange, list, pageAt(list.route, list.all, 0, sizeFor(list, 2), exchange.view))
    return
  }
  const body = exchange.standIn.errors.shape(500, 'The next page could not be read.')
  sendFixed(exchange, { status: 500, body })
}

function overlapping(exchange: Exchange, list: ListAnswer): void {
  const { route, all, start } = list
  const page = pageAt(route, all, start, sizeFor(list, 2), exchange.view)
  const again = all.slice(Math.max(0, start - OVERLAP), start)
  sendPage(exchange, list, { ...page, entries: [...again, ...page.entries] })
}

/** A link whose cursor is something else altogether. */
export function cursorInstead(cursor: (exchange: Exchange) => string): Play {
  return (exchange, list) => {
    const link = rendered(list.route, cursor(exchange), exchange.view)
    strangeLink(() => link)(exchange, list)
  }
}

/** H: pages that do not end, or lead astray. */
export const pagingFaults = {
  H1: paged('H1', 'there is always one more page', (exchange, list) => endless(exchange, list)),
  'H1-heavy': paged('H1', 'there is always one more page, of 14 MB', endlessAndHeavy),
  'H2-repeat': paged('H2', 'a page that leads to itself', repeating),
  'H2-cycle': paged('H2', 'two pages that lead to each other', cycling),
  H3: paged(
    'H3',
    'the next page is on another host',
    strangeLink((_good, exchange) => hostileUrl(exchange)),
  ),
  'H4-long': paged(
    'H4',
    'a cursor of one megabyte',
    strangeLink((good) => `${good}&${'A'.repeat(LONG_CURSOR_BYTES)}`),
  ),
  'H4-injection': paged(
    'H4',
    'a cursor with a parameter and a line break in it',
    strangeLink((good) => `${good}&key=1\r\nX-Injected: yes`),
  ),
  H5: paged('H5', 'page two answers 500', failingSecondPage),
  H6: paged('H6', 'pages that overlap', overlapping),
} satisfies Record<string, HttpFault>

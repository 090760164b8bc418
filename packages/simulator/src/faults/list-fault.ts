import type { Exchange } from '../exchange.ts'
import { sendPage, sendText, sendWell } from '../exchange.ts'
import type { Entry, ListRoute } from '../stand-in.ts'
import type { ListAnswer } from '../well-answer.ts'
import type { HttpFault } from './fault.ts'
import { http } from './fault.ts'

/** A fault that only lists can show; anything else is answered well. */
export function onList(
  row: string,
  title: string,
  play: (exchange: Exchange, list: ListAnswer) => void | Promise<void>,
): HttpFault {
  return http(row, title, (exchange) =>
    exchange.well.kind === 'list' ? play(exchange, exchange.well) : sendWell(exchange),
  )
}

/** A list with other entries than it should have; they may be anything. */
export function entries(
  row: string,
  title: string,
  change: (entries: Entry[], route: ListRoute, exchange: Exchange) => unknown[],
): HttpFault {
  return onList(row, title, (exchange, list) => {
    const { page, route } = list
    sendPage(exchange, list, { ...page, entries: change(page.entries, route, exchange) as Entry[] })
  })
}

/** A list whose JSON text is changed where objects could not hold the change. */
export function listText(
  row: string,
  title: string,
  change: (list: ListAnswer) => string | Buffer,
  headers: Record<string, string> = {},
): HttpFault {
  return onList(row, title, (exchange, list) => sendText(exchange, change(list), headers))
}

/** Extra entries that carry these texts as their names, or as their ids where entries have no names. */
export function named(entries: Entry[], route: ListRoute, texts: string[]): Entry[] {
  const { idField, nameField, idPrefix = '' } = route
  return texts.map((text, position) => ({
    ...entries[position % entries.length],
    [idField]: `${idPrefix}${nameField ? `simulated-oddity-${position + 1}` : text}`,
    ...(nameField ? { [nameField]: text } : {}),
  }))
}

/** Extra entries with these ids. */
export function identified(entries: Entry[], { idField, idPrefix = '' }: ListRoute, ids: string[]): Entry[] {
  return ids.map((id, position) => ({ ...entries[position % entries.length], [idField]: `${idPrefix}${id}` }))
}

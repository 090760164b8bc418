/** SQLite's: not ready, out of memory or room, cannot read or write. */
const SQLITE_TROUBLE = new Set([5, 6, 7, 8, 10, 13, 14])
/** PostgreSQL's classes: connection, taken back for another's sake, resources, operator intervention, system. */
const POSTGRES_TROUBLE = /^(08|40|53|57|58)/
const NETWORK_TROUBLE = /^(ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOTFOUND|EAI_AGAIN)/
/** pg has no code for these. */
const PG_TROUBLE =
  /^(timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection terminated|Client was closed|Client has encountered a connection error)/

/** Whether the database itself is the trouble, and not what was asked of it. */
export function isStorageTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return SQLITE_TROUBLE.has(errcode & 0xff)
  if (typeof code === 'string') return POSTGRES_TROUBLE.test(code) || NETWORK_TROUBLE.test(code)
  return PG_TROUBLE.test(error.message)
}

const SQLITE_FOREIGN_KEY = 787
const POSTGRES_FOREIGN_KEY = '23503'

/** Whether a row was to be written for an account, or whatever it belongs to, that was deleted meanwhile. */
export function isOwnerGone(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return errcode === SQLITE_FOREIGN_KEY || code === POSTGRES_FOREIGN_KEY
}

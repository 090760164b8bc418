/** SQLite's: not ready, out of memory or room, cannot read or write. */
const SQLITE_TROUBLE = new Set([5, 6, 7, 8, 10, 13, 14])
/** PostgreSQL's classes: connection, resources, operator intervention, system. */
const POSTGRES_TROUBLE = /^(08|53|57|58)/
const NETWORK_TROUBLE = /^(ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOTFOUND)/

/** Whether the database itself is the trouble, and not what was asked of it. */
export function isStorageTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return SQLITE_TROUBLE.has(errcode & 0xff)
  if (typeof code === 'string') return POSTGRES_TROUBLE.test(code) || NETWORK_TROUBLE.test(code)
  // pg has no code for these
  return /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
}

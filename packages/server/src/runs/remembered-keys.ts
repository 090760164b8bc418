import { LRUCache } from 'lru-cache'
import type { KeyState } from '../models/list-store.ts'
import type { Storage } from '../storage/database.ts'

const MOST_REMEMBERED_USERS = 1_000

export type ReadKeys = (userId: string) => Promise<readonly KeyState[]>

/**
 * A user's keys, remembered until anything about them changes, since every run asks for them. Only where this process
 * alone writes to the database: of what another one has deleted, news may come late or never.
 */
export function rememberKeys(
  { dialect, onChange }: Pick<Storage, 'dialect' | 'onChange'>,
  read: ReadKeys,
): ReadKeys {
  if (dialect !== 'sqlite') return read
  const remembered = new LRUCache<string, Promise<readonly KeyState[]>>({ max: MOST_REMEMBERED_USERS })
  onChange((change) => {
    if (change.kind === 'everything') remembered.clear()
    else if (change.kind === 'keys' || change.kind === 'lists') remembered.delete(change.userId)
  })
  return (userId) => {
    const before = remembered.get(userId)
    if (before) return before
    const reading = read(userId)
    remembered.set(userId, reading)
    reading.catch(() => {
      if (remembered.peek(userId) === reading) remembered.delete(userId)
    })
    return reading
  }
}

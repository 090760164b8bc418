import { randomUUID } from 'node:crypto'

/** A UUID (version 7) that begins with a moment in milliseconds: ids in order are runs in order. */
export function newRunId(moment: number): string {
  const time = moment.toString(16).padStart(12, '0')
  // the rest as in version 4, whose random bytes come from a supply
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

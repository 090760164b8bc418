import type { Handlers, Request } from '../http/bind.ts'
import { Refusal } from '../refusal.ts'
import type { Database } from '../storage/database.ts'
import { tallyUsage } from './tally-usage.ts'
import { toUsage, toUsageCsv } from './told-usage.ts'
import { dayText, readRange } from './usage-range.ts'

/** What somebody's runs took and cost. It outlives the runs, and goes with the account. */
export function createUsageHandlers(
  db: Database,
  now: () => number,
): Pick<Handlers, 'showUsage' | 'exportUsage'> {
  return {
    async showUsage({ query, who }) {
      const wanted = toWanted(query, now())
      if (wanted instanceof Refusal) return wanted
      return toUsage(wanted, await tallyUsage(db, who.userId, wanted))
    },

    async exportUsage({ query, who }) {
      const wanted = toWanted(query, now())
      if (wanted instanceof Refusal) return wanted
      const name = `rollcall-usage-${dayText(wanted.from)}-to-${dayText(wanted.to)}.csv`
      return new Response(await toUsageCsv(await tallyUsage(db, who.userId, wanted)), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        },
      })
    },
  }
}

function toWanted(query: Request<'showUsage'>['query'], now: number) {
  const range = readRange(query, now)
  return range instanceof Refusal ? range : { ...range, provider: query.provider, model: query.model }
}

import type { Database } from '../storage/database.ts'
import type { AnswerUsageRow } from '../storage/tables.ts'
import { count, newTally, type Tally } from './tally.ts'
import { beginOf, dayOf, type UsageRange } from './usage-range.ts'

/** Few enough that nobody else waits long for the database, or for the processor. */
const ROWS_AT_ONCE = 2_000

export interface UsageWanted extends UsageRange {
  provider?: string | undefined
  model?: string | undefined
}

/** Answers counted in each way in which they are told. */
export interface UsageTallies {
  totals: Tally
  /** Every one of the range, in order. */
  days: Map<number, Tally>
  providers: Map<string, Tally & { provider: string }>
  models: Map<string, Tally & { provider: string; model: string }>
  /** Each model on each day on which it was used. */
  rows: Map<string, Tally & { day: number; provider: string; model: string }>
}

/** Counts somebody's answers that ended on these days. */
export async function tallyUsage(db: Database, userId: string, wanted: UsageWanted): Promise<UsageTallies> {
  const tallies: UsageTallies = {
    totals: newTally(),
    days: new Map(),
    providers: new Map(),
    models: new Map(),
    rows: new Map(),
  }
  for (let day = wanted.from; day <= wanted.to; day++) tallies.days.set(day, newTally())
  for await (const slice of endedAnswers(db, userId, wanted)) {
    for (const answer of slice) {
      const { provider, model } = answer
      const day = dayOf(answer.ended_at)
      count(tallies.totals, answer)
      count(tallyIn(tallies.days, day, newTally), answer)
      count(
        tallyIn(tallies.providers, provider, () => ({ ...newTally(), provider })),
        answer,
      )
      count(
        tallyIn(tallies.models, model, () => ({ ...newTally(), provider, model })),
        answer,
      )
      count(
        tallyIn(tallies.rows, `${day} ${model}`, () => ({ ...newTally(), day, provider, model })),
        answer,
      )
    }
  }
  return tallies
}

/** Slice by slice in the order in which they ended, so that a sum is the same on every database. */
async function* endedAnswers(db: Database, userId: string, wanted: UsageWanted) {
  let last: Pick<AnswerUsageRow, 'ended_at' | 'id'> | undefined
  do {
    const after = last
    const rows = await db
      .selectFrom('answer_usage')
      .select(['id', 'ended_at', 'provider', 'model', 'status', 'code'])
      .select(['input_tokens', 'output_tokens', 'cached_input_tokens', 'reasoning_tokens'])
      .select(['cost', 'first_token_ms', 'duration_ms'])
      .where('user_id', '=', userId)
      // where it goes on, so that it is not looked for from the beginning
      .where('ended_at', '>=', after?.ended_at ?? beginOf(wanted.from))
      .where('ended_at', '<', beginOf(wanted.to + 1))
      .$if(wanted.provider !== undefined, (some) => some.where('provider', '=', wanted.provider ?? ''))
      .$if(wanted.model !== undefined, (some) => some.where('model', '=', wanted.model ?? ''))
      .$if(after !== undefined, (some) =>
        some.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('ended_at', 'id'), '>', tuple(after?.ended_at ?? 0, after?.id ?? '')),
        ),
      )
      .orderBy('ended_at')
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute()
    yield rows
    last = rows.length === ROWS_AT_ONCE ? rows.at(-1) : undefined
    if (last) await new Promise((resolve) => setImmediate(resolve))
  } while (last)
}

function tallyIn<Key, T extends Tally>(tallies: Map<Key, T>, key: Key, make: () => T): T {
  const known = tallies.get(key)
  if (known) return known
  const tally = make()
  tallies.set(key, tally)
  return tally
}

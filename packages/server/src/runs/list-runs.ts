import { RUN_SUMMARY_CHARS, type RunSummary } from '@rollcall/core/schema'
import { type RawBuilder, sql } from 'kysely'
import type { Request } from '../http/bind.ts'
import type { Storage } from '../storage/database.ts'
import type { Tables } from '../storage/tables.ts'
import { toRunFacts } from './shown-run.ts'

const USUAL_PAGE = 50
/** Where a text stands in another one, from 1, as it is written: no pattern, so that nothing is to be escaped. */
const POSITION = { sqlite: sql.raw('instr'), postgres: sql.raw('strpos') }

/** A page of somebody's runs, the newest first. A run that is deleted meanwhile shifts nothing. */
export async function listRuns(
  { db, dialect }: Pick<Storage, 'db' | 'dialect'>,
  userId: string,
  query: Request<'listRuns'>['query'],
): Promise<{ runs: RunSummary[]; next: string | null }> {
  const { after, limit = USUAL_PAGE, search = '', provider, model, status } = query
  const holds = (column: keyof Tables['runs'], text: string): RawBuilder<boolean> =>
    sql`${POSITION[dialect]}(${sql.ref(column)}, ${text}) > 0`
  const conditions = [
    ...search
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => holds('searched', word)),
    ...(provider === undefined ? [] : [holds('models', ` ${provider}/`)]),
    ...(model === undefined ? [] : [holds('models', ` ${model} `)]),
  ]
  const rows = await db
    .selectFrom('runs')
    .select(['id', 'created_at', 'models', 'parameters', 'status'])
    .select([
      // a list does not carry what only one of its entries is opened for
      sql<string>`substr(prompt, 1, ${sql.lit(RUN_SUMMARY_CHARS)})`.as('beginning'),
      sql<number>`length(prompt)`.as('length'),
    ])
    .where('user_id', '=', userId)
    .where(({ and }) => and(conditions))
    .$if(status !== undefined, (runs) => runs.where('status', '=', status ?? 'not_started'))
    .$if(after !== undefined, (runs) => runs.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return {
    runs: page.map((row) => ({
      ...toRunFacts(row),
      prompt: row.beginning,
      prompt_length: Number(row.length),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

import { RUN_SUMMARY_CHARS, type RunAnswerFacts, type RunSummary } from '@rollcall/core/schema'
import { type RawBuilder, sql } from 'kysely'
import type { Request } from '../http/bind.ts'
import type { Storage } from '../storage/database.ts'
import type { Tables } from '../storage/tables.ts'
import { toRunFacts } from './shown-run.ts'

const USUAL_PAGE = 50
/** Where a text stands in another one, from 1, as it is written: no pattern, so that nothing is to be escaped. */
const POSITION = { sqlite: sql.raw('instr'), postgres: sql.raw('strpos') }

export type RunsWanted = Request<'exportRuns'>['query']

/** Which of somebody's runs are wanted. */
export function wantedRuns(
  { db, dialect }: Pick<Storage, 'db' | 'dialect'>,
  userId: string,
  { search = '', provider, model, status }: RunsWanted,
) {
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
  return db
    .selectFrom('runs')
    .where('user_id', '=', userId)
    .where(({ and }) => and(conditions))
    .$if(status !== undefined, (runs) => runs.where('status', '=', status ?? 'not_started'))
}

/** A page of somebody's runs, the newest first. A run that is deleted meanwhile shifts nothing. */
export async function listRuns(
  storage: Pick<Storage, 'db' | 'dialect'>,
  userId: string,
  { after, limit = USUAL_PAGE, ...wanted }: Request<'listRuns'>['query'],
): Promise<{ runs: RunSummary[]; next: string | null }> {
  const rows = await wantedRuns(storage, userId, wanted)
    .select(['id', 'created_at', 'models', 'parameters', 'status', 'finished_at'])
    .select([
      // a list does not carry what only one of its entries is opened for
      sql<string>`substr(prompt, 1, ${sql.lit(RUN_SUMMARY_CHARS)})`.as('beginning'),
      sql<number>`length(prompt)`.as('length'),
    ])
    .$if(after !== undefined, (runs) => runs.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const answers = await answersOf(
    storage.db,
    page.map(({ id }) => id),
  )
  return {
    runs: page.map((row) => ({
      ...toRunFacts(row),
      answers: answers.get(row.id) ?? [],
      prompt: row.beginning,
      prompt_length: Number(row.length),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** Without their words. */
async function answersOf(
  db: Storage['db'],
  runIds: readonly string[],
): Promise<Map<string, RunAnswerFacts[]>> {
  const answers = new Map<string, RunAnswerFacts[]>()
  if (runIds.length === 0) return answers
  const rows = await db
    .selectFrom('run_answers')
    .select(['run_id', 'facts'])
    .where('run_id', 'in', runIds)
    .orderBy('position')
    .execute()
  for (const { run_id, facts } of rows) {
    const ofRun = answers.get(run_id) ?? []
    answers.set(run_id, ofRun)
    ofRun.push(JSON.parse(facts) as RunAnswerFacts)
  }
  return answers
}

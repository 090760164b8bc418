import { randomUUID } from 'node:crypto'
import type { AnswerUsageRow } from '../storage/tables.ts'
import { runSql } from './run-sql.ts'
import type { TestPlace } from './test-server.ts'

const ROWS_AT_ONCE = 500
const USUAL: Omit<AnswerUsageRow, 'id' | 'user_id' | 'ended_at'> = {
  provider: 'openai',
  model: 'openai/gpt-4o',
  status: 'finished',
  code: null,
  input_tokens: 100,
  output_tokens: 200,
  cached_input_tokens: null,
  reasoning_tokens: null,
  cost: 0.01,
  first_token_ms: 300,
  duration_ms: 2_000,
}
export type EndedAnswer = Partial<AnswerUsageRow> & Pick<AnswerUsageRow, 'user_id' | 'ended_at'>

/** Answers that have ended, past the program, as many as a year may bring; gives them whole. */
export async function insertUsage(
  place: TestPlace,
  answers: readonly EndedAnswer[],
): Promise<AnswerUsageRow[]> {
  const rows = answers.map((answer) => ({ id: `${randomUUID()}.0`, ...USUAL, ...answer }))
  const columns = Object.keys({ id: '', ...USUAL, user_id: '', ended_at: 0 }) as (keyof AnswerUsageRow)[]
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const values = rows
      .slice(start, start + ROWS_AT_ONCE)
      .map((row) => `(${columns.map((column) => literal(row[column])).join(', ')})`)
    await runSql(place, `insert into answer_usage (${columns.join(', ')}) values ${values.join(', ')}`)
  }
  return rows
}

function literal(value: string | number | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : `${value}`
}

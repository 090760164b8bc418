import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { TestPlace } from './test-server.ts'

export type TableRows = Record<string, Record<string, unknown>[]>

/** Every row of every table there is, past the program: what it knows nothing of is found too. */
export async function readTables({ environment }: TestPlace): Promise<TableRows> {
  const { DATABASE_URL: url, ROLLCALL_DATA_DIR: folder = '' } = environment
  return url === undefined ? readSqlite(join(folder, 'rollcall.db')) : readPostgres(url)
}

/** In which tables any of the texts stands in a row. */
export function tablesHolding(tables: TableRows, texts: readonly string[]): string[] {
  return Object.entries(tables)
    .filter(([, rows]) =>
      rows.some((row) => {
        const text = JSON.stringify(row)
        return texts.some((wanted) => text.includes(wanted))
      }),
    )
    .map(([table]) => table)
}

function readSqlite(file: string): TableRows {
  const database = new DatabaseSync(file, { readOnly: true })
  const names = database
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .all()
  const tables = Object.fromEntries(
    names.map(({ name }) => [`${name}`, database.prepare(`select * from ${name}`).all()]),
  )
  database.close()
  return tables
}

async function readPostgres(url: string): Promise<TableRows> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows: names } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  )
  const tables: TableRows = {}
  for (const { name } of names) tables[name] = (await client.query(`select * from ${name}`)).rows
  await client.end()
  return tables
}

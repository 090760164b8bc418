import pg from 'pg'

/** The database that has all migrations and nothing else: to copy it is quicker than to migrate another one. */
export const MIGRATED = 'migrated'

/** The address of another database of that server. */
export function databaseAt(postgresUrl: string, name: string): string {
  return postgresUrl.replace(/\/postgres$/, `/${name}`)
}

/** One statement, by a connection of its own. */
export async function runOnPostgres(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

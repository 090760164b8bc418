import { StartError } from './start-error.ts'

/** Why something could not be done: one sentence of ours. */
export interface Problem {
  problem: string
}

/** What can go wrong with files and databases becomes a value; bugs still throw. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | Problem> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StartError) return { problem: error.message }
    const { code, errcode, path, syscall } = error as NodeJS.ErrnoException & { errcode?: number }
    if (errcode !== undefined)
      return { problem: `The database could not be read or written (SQLite ${errcode}).` }
    if (syscall !== undefined)
      return { problem: `${path ?? 'A file'} could not be read or written (${code}).` }
    throw error
  }
}

import { randomUUID } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { StartError } from './start-error.ts'
import { APPLICATION_ID } from './storage/sqlite.ts'
import { syncFile, syncFolder } from './sync-to-disk.ts'

/** All pages in one step: one moment of the database, and nobody who writes meanwhile can make it begin again. */
export const ALL_PAGES = 2 ** 31 - 1

const SQLITE_CORRUPT = 11
const SQLITE_NOT_A_DATABASE = 26

/**
 * Copies a database to a file of its own while others read and write it. The file is there whole or not at all, and
 * only its owner can read it.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const temporary = `${to}.${randomUUID().slice(0, 8)}.new`
  closeSync(openSync(temporary, 'wx', 0o600))
  try {
    const source = new DatabaseSync(from, { readOnly: true })
    try {
      await backup(source, temporary, { rate: ALL_PAGES })
    } finally {
      source.close()
    }
    const copy = new DatabaseSync(temporary)
    try {
      checkDatabase(copy, from)
      // one file and no log beside it: it can be read where nothing can be written, and no part of it gets lost
      copy.exec('pragma journal_mode = delete')
    } finally {
      copy.close()
    }
    syncFile(temporary)
    renameSync(temporary, to)
    syncFolder(dirname(to))
  } catch (error) {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${temporary}${ending}`, { force: true })
    throw explained(error, from)
  }
}

/** Throws a StartError that names the file where it is no database of ours, or not whole. */
export function checkDatabase(database: DatabaseSync, file: string): void {
  const read = (text: string) => Object.values(database.prepare(text).get() ?? {})[0]
  try {
    if (read('pragma application_id') !== APPLICATION_ID) {
      throw new StartError(`${file} is not a database of Rollcall.`)
    }
    // says 'ok', or what is wrong line by line
    if (read('pragma integrity_check') !== 'ok') throw new StartError(`${file} is damaged.`)
  } catch (error) {
    throw explained(error, file)
  }
}

function explained(error: unknown, file: string): unknown {
  const { errcode } = error as { errcode?: number }
  return errcode === SQLITE_CORRUPT || errcode === SQLITE_NOT_A_DATABASE
    ? new StartError(`${file} is not a database of Rollcall, or it is damaged.`)
    : error
}

import { closeSync, fsyncSync, openSync } from 'node:fs'

/** What was written to a file is there after a power cut too. */
export function syncFile(path: string): void {
  sync(path, 'r+')
}

/** So are the names in a folder. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return // has no such thing
  sync(path, 'r')
}

function sync(path: string, flags: string): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

import { createHash, randomUUID } from 'node:crypto'
import { appendFileSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const recorded = new Set<string>()

/**
 * Everything that servers under test say, for the search for keys after the run (see canary-setup.ts). The folder is
 * named by the run; without it nothing is kept.
 */
export function recordEvidence(kind: 'log' | 'response' | 'output' | 'rows', text: string): void {
  const folder = process.env.ROLLCALL_EVIDENCE_DIR
  if (!folder) return
  const hash = createHash('sha1').update(text).digest('base64')
  // one answer may be given a thousand times
  if (recorded.has(hash)) return
  recorded.add(hash)
  appendFileSync(join(folder, `${kind}-${process.pid}.txt`), `${text}\n`)
}

/** The files of a data folder as they are now: the database and its log. */
export function recordFiles(dataDir: string): void {
  const folder = process.env.ROLLCALL_EVIDENCE_DIR
  if (!folder) return
  for (const entry of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
    // to open and close a locked file ends this process's lock on it; there is nothing in them
    if (!entry.isFile() || /\.(lock|db-shm)$/.test(entry.name)) continue
    copyFileSync(join(entry.parentPath, entry.name), join(folder, `${randomUUID()}-${entry.name}`))
  }
}

/** A folder of which all is evidence. */
export function evidenceFolder(name: string): string {
  const folder = join(process.env.ROLLCALL_EVIDENCE_DIR ?? tmpdir(), name)
  mkdirSync(folder, { recursive: true })
  return folder
}

import { randomUUID } from 'node:crypto'
import { appendFileSync, copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Everything that servers under test say, for the search for keys after the run (see canary-setup.ts). The folder is
 * named by the run; without it nothing is kept.
 */
export function recordEvidence(kind: 'log' | 'response' | 'output', text: string): void {
  const folder = process.env.ROLLCALL_EVIDENCE_DIR
  if (folder) appendFileSync(join(folder, `${kind}-${process.pid}.txt`), `${text}\n`)
}

/** The files of a data folder as they are now: the database, its log, the secrets. */
export function recordFiles(dataDir: string): void {
  const folder = process.env.ROLLCALL_EVIDENCE_DIR
  if (!folder) return
  for (const entry of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
    if (entry.isFile())
      copyFileSync(join(entry.parentPath, entry.name), join(folder, `${randomUUID()}-${entry.name}`))
  }
}

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findKeys } from './find-keys.ts'

/**
 * Every server test runs with distinctive keys, and all that it sends and logs is kept, with what its database holds
 * when it ends; after the last test everything is searched for them. One hit fails the run.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-evidence-'))
  process.env.ROLLCALL_EVIDENCE_DIR = folder
  return () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    const hits = files.flatMap((entry) => {
      // a file's name may hold one too
      const bytes = Buffer.concat([Buffer.from(entry.name), readFileSync(join(entry.parentPath, entry.name))])
      return findKeys(bytes).map((hit) => `${hit} in ${entry.name}`)
    })
    rmSync(folder, { recursive: true, force: true })
    if (hits.length > 0) throw new Error(`Keys were found in what servers said:\n${hits.join('\n')}`)
  }
}
